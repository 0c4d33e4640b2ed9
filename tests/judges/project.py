"""Generated projects, and what an independent program needs to know of them. Standard library only.

Everything is counted here anew from the records themselves, not taken from Postil: tokens, code points, categories, matching.
"""
import json
import os
import random
import subprocess

LABELS = ("entity", "position", "claim")
WORDS = "Киев Москва переговоры требует гарантий сегодня и вновь отклонил условия мира в четверг министр заявил".split()


def texts(rnd, words):
    return " ".join(rnd.choice(WORDS) for _ in range(words)) + "."


def base(rnd, text, count):
    starts, at = [], 0
    for word in text[:-1].split(" "):
        starts.append((at, at + len(word)))
        at += len(word) + 1
    spans = []
    for _ in range(count):
        first = rnd.randrange(len(starts))
        last = min(len(starts) - 1, first + rnd.randrange(4))
        spans.append((starts[first][0], starts[last][1], rnd.choice(LABELS)))
    return sorted(set(spans))


def noisy(rnd, text, spans):
    out = []
    for start, end, label in spans:
        dice = rnd.random()
        if dice < 0.15:
            continue
        if dice < 0.35:
            end = min(len(text), end + rnd.randrange(1, 6))
        if dice > 0.85:
            label = rnd.choice(LABELS)
        out.append((start, end, label))
    return sorted(set(out + base(rnd, text, 1)))


def fields(rnd, label):
    if label == "entity":
        return {"kind": rnd.choice(["person", "place", "organisation"])}
    if label == "claim":
        return {"kind": rnd.choice(["fact", "evaluation"])}
    issues = rnd.sample(["nato", "donbas", "guarantees"], rnd.randrange(1, 3))
    holders = rnd.sample(["russia", "ukraine", "usa"], rnd.randrange(1, 3))
    return {
        "act": rnd.choice(["demand", "reject"]),
        "confidence": rnd.randrange(1, 6),
        "holders": [{"entity": h, "how": "explicit"} for h in holders],
        "issues": [{"issue": i, "stance": rnd.choice(["for", "against"])} for i in issues],
    }


def records(seed, annotators, articles, words=60, count=10, missing=0.0):
    """One record for each article and annotator, as `postil import jsonl` reads them."""
    rnd = random.Random(seed)
    made = []
    for number in range(articles):
        text = texts(rnd, words)
        truth = base(rnd, text, count)
        for annotator in annotators:
            if rnd.random() < missing:
                continue
            spans = [
                {"id": f"s{n + 1}", "label": label, "start": start, "end": end, "text": text[start:end],
                 "fields": fields(rnd, label)}
                for n, (start, end, label) in enumerate(noisy(rnd, text, truth))
            ]
            made.append({"article": f"articles/{number:04}.txt", "annotator": annotator, "text": text, "spans": spans})
    return made


def project(postil, folder, made):
    """A project that holds these records."""
    root = os.path.join(folder, "project")
    subprocess.run([postil, "new", root], check=True, capture_output=True)
    source = os.path.join(folder, "in.jsonl")
    with open(source, "w", encoding="utf-8") as out:
        out.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in made)
    subprocess.run([postil, "import", "jsonl", source, "--project", root], check=True, capture_output=True)
    return root


def agree(postil, root, *more):
    run = subprocess.run([postil, "agree", "--project", root, "--format", "json", *more], check=True, capture_output=True)
    return json.loads(run.stdout)


def by_article(made):
    """article → annotator → record."""
    found = {}
    for record in made:
        found.setdefault(record["article"], {})[record["annotator"]] = record
    return dict(sorted(found.items()))


def tokens(text):
    """Words and single other signs; these texts hold only letters, spaces and full stops."""
    found, start = [], None
    for at, sign in enumerate(text + " "):
        if sign.isalpha():
            start = at if start is None else start
            continue
        if start is not None:
            found.append((start, at))
            start = None
        if not sign.isspace():
            found.append((at, at + 1))
    return found


def coded(record, units):
    """The set of labels of each unit."""
    return [frozenset(s["label"] for s in record["spans"] if s["start"] < end and start < s["end"]) for start, end in units]
