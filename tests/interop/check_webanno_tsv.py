#!/usr/bin/env python3
"""Reads the WebAnno TSV export by the rules of the manual's appendix and compares it with the jsonl export, span by span.

No library of today reads this format (dkpro-cassis does not), so the columns are read here: layers from the head, stacked values by
their numbers, spans from the rows that share a number, slots and relations by the rows and numbers they point to.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile


def unescape(value):
    signs = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b"}
    return re.sub(r"\\(.)", lambda m: signs.get(m[1], m[1]), value)


def split(cell, at):
    return re.findall(rf"(?:^|{re.escape(at)})((?:\\.|[^\\{re.escape(at)}])*)", cell)


def item(cell):
    match = re.fullmatch(r"((?:\\.|[^\\\[])*)(?:\[([^\]]*)\])?", cell)
    value = None if match[1] in ("_", "*") else unescape(match[1])
    return value, match[2]


def layers(head):
    found = []
    for line in head:
        kind, rest = line[:5], line[5:]
        if kind not in ("#T_SP", "#T_RL"):
            continue
        name, *words = rest[1:].split("|")
        columns, words = [], iter(words)
        for word in words:
            if word.startswith("ROLE_"):
                columns.append(("slots", word.split(":", 1)[1].split("_")[0]))
                next(words)
            elif not word.startswith("BT_"):
                columns.append(("plain", word))
        found.append((kind, name.removeprefix("webanno.custom."), columns))
    return found


def read(text):
    """Spans by number: label, parts, fields; relations; and what the head says."""
    lines = text.split("\n")
    assert lines[0] == "#FORMAT=WebAnno TSV 3.3", lines[0]
    extra = json.loads(next(line for line in lines if line.startswith("#Postil="))[8:])
    known = layers(lines)
    shared = {name.removeprefix("webanno.custom.") for name in extra["shared"]} if "shared" in extra else set()
    spans, relations = {}, []
    for line in lines:
        if line.startswith("#") or not line:
            continue
        row, place, _, *cells = line.split("\t")
        start, end = map(int, place.split("-"))
        at = 0
        for kind, name, columns in known:
            width = sum(2 if c[0] == "slots" else 1 for c in columns) + (kind == "#T_RL")
            own, at = cells[at : at + width], at + width
            if all(cell == "_" for cell in own):
                continue
            if kind == "#T_RL":
                for place_, pointer in enumerate(split(own[-1], "|")):
                    target, ends = item(pointer)
                    features = {c[1]: item(split(cell, "|")[place_])[0] for c, cell in zip(columns, own)}
                    label = features.pop("label") if name in shared else name
                    relations.append((label, *ends.split("_"), features))
                continue
            column = 0
            for what, feature in columns:
                for place_, piece in enumerate(split(own[column], "|")):
                    value, number = item(split(piece, ";")[-1])
                    span = spans.setdefault(number, {"layer": name, "start": start, "end": end, "features": {}, "slots": {}})
                    span["start"], span["end"] = min(span["start"], start), max(span["end"], end)
                    if what == "plain":
                        span["features"][feature] = value
                    else:
                        links = split(split(own[column + 1], "|")[place_], ";")
                        span["slots"][feature] = [item(link)[1] for link in links if link != "*"]
                column += 2 if what == "slots" else 1
    return spans, relations, extra, shared


def compare(record, text, where, faults):
    spans, relations, extra, shared = read(text)
    whole = record["text"]
    units = whole.encode("utf-16-le")
    code_point = lambda unit: len(units[: unit * 2].decode("utf-16-le"))
    numbers = {tuple(pair) for pair in extra.get("numbers", [])}
    flags = {tuple(pair) for pair in extra.get("flags", [])}
    ids, ours = {}, {}
    for number, span in spans.items():
        span["rest"] = json.loads(span["features"].pop("postil") or "{}")
        ids[number] = span["rest"].get("id", f"s{number}")
    for number, span in spans.items():
        label = span["features"].pop("label") if span["layer"] in shared else span["layer"]
        fields = dict(span["rest"].get("fields", {}))
        for name, value in span["features"].items():
            if value is not None:
                pair = (label, name)
                fields[name] = int(value) if pair in numbers else value == "true" if pair in flags else value
        for name, links in span["slots"].items():
            links = [ids[link] for link in links]
            if links:
                fields[name] = links if name in span["rest"].get("lists", []) else links[0]
        parts = span["rest"].get("parts") or [[code_point(span["start"]), code_point(span["end"])]]
        ours[ids[number]] = (label, parts, fields)
    theirs = {span["id"]: (span["label"], span["parts"], span["fields"]) for span in record["spans"]}
    for key in ours.keys() | theirs.keys():
        if ours.get(key) != theirs.get(key):
            faults.append(f"{where} {key}: {ours.get(key)} is not {theirs.get(key)}")
    found = sorted((label, ids[a], ids[b]) for label, a, b, _ in relations)
    wanted = sorted((r["label"], r["from"], r["to"]) for r in record["relations"])
    if found != wanted:
        faults.append(f"{where}: relations {found} are not {wanted}")
    return len(ours) + len(found)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--postil", required=True)
    parser.add_argument("--project", default=str(pathlib.Path(__file__).parents[2]))
    parser.add_argument("--corpora")
    arguments = parser.parse_args()
    faults, compared = [], 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)

        def export(kind, out):
            command = [arguments.postil, "export", kind, "--out", str(out), "--project", arguments.project, "--all"]
            subprocess.run(command, check=True, capture_output=True)

        export("jsonl", folder / "a.jsonl")
        export("webanno-tsv", folder / "tsv")
        lines = (folder / "a.jsonl").read_text(encoding="utf-8").splitlines()
        records = {(r["article"], r["annotator"]): r for r in map(json.loads, lines)}
        for path in sorted((folder / "tsv").rglob("*.tsv")):
            text = path.read_text(encoding="utf-8")
            about = json.loads(re.search(r"^#Postil=(.*)$", text, re.M)[1])["about"]
            record = records.pop((about["article"], about["annotator"]))
            compared += compare(record, text, str(path.relative_to(folder)), faults)
        for key in records:
            faults.append(f"{key} was not exported")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"webanno-tsv: {compared} spans and relations compared, {len(faults)} differences")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
