#!/usr/bin/env python3
"""Real annotated data through every format and back: how many spans come back as they were.

  check_real_data.py --postil PATH [--corpora FOLDER] [--formats brat,xmi,…] [--table]

Each data set is imported by its own format into a project of its own. From there it goes out in each format and into an empty project
again; both projects are then exported as `jsonl` and compared, a record (article and annotator) at a time. A span is *there* if one with the
same parts, label and text came back, *equal* if its fields and note did too. It fails if a span is missing, or differs, that the loss report did not
count before anything was written. `--table` prints a table in Markdown instead of one line: spans that are there, and of these equal, if not all.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
BESIDE = REPOSITORY.parent / "shared" / "corpora"

# Name, format, where it lies, further options.
SETS = [
    ("brat's tutorial", "brat", "brat-tutorial-news", []),
    ("LitBank entities", "brat", "litbank/entities", []),
    ("LitBank coreference", "brat", "litbank/coref", []),
    ("RusDraCor, 180 kB", "brat", "rusdracor-tei/long", []),
    ("FactRuEval 2016", "doccano", "factrueval-2016/derived/doccano.jsonl", []),
    ("GUM news", "webanno-tsv", "gum-news/webanno-tsv", []),
    ("UNER Russian PUD", "conll", "uner-russian-pud/ru_pud.iob2", []),
    ("DaN+ nested", "conll", "danplus-nested-conll/da_news_test.tsv", []),
    ("Wojood, Arabic", "conll", "wojood-sample-rtl/train.txt", []),
    ("UA-GEC, two annotators", "label-studio", "ua-gec/derived/label-studio.two-annotators.json", []),
    ("Prodigy headlines", "prodigy", "prodigy-headlines/headlines.jsonl", []),
    ("REFI-QDA, Russian", "refi-qda", "refi-qda/made/russian.qdpx", []),
    ("REFI-QDA, emoji and CR-LF", "refi-qda", "refi-qda/made/emoji-crlf.qdpx", []),
]
FILES = {
    "jsonl": "out.jsonl", "doccano": "out.jsonl", "prodigy": "out.jsonl", "conll": "out.conll", "spacy": "out.spacy",
    "refi-qda": "out.qdpx", "web-annotation": "out.jsonld",
}
FORMATS = ["jsonl", "brat", "conll", "webanno-tsv", "xmi", "cas-json", "label-studio", "doccano", "prodigy", "spacy", "parquet", "csv", "web-annotation", "refi-qda", "tei"]

# A line of the loss report on spans themselves, not on their ids; and one on what they hold.
OF_SPANS = re.compile(r"^\s*([\d,]+) spans? (?!ids?\b)", re.MULTILINE)
OF_CONTENT = re.compile(r"^\s*[\d,]+ (?:values? of|notes?\b|links?\b|records?\b)", re.MULTILINE)


def run(postil, *arguments, codes=(0,)):
    done = subprocess.run([postil, *map(str, arguments)], capture_output=True, text=True)
    if done.returncode not in codes:
        sys.exit(f"postil {' '.join(map(str, arguments))} ended with {done.returncode}:\n{done.stderr}")
    return done


def records(postil, project, out):
    run(postil, "export", "jsonl", "--all", "--out", out, "--project", project, "--overwrite")
    with open(out, encoding="utf-8") as lines:
        return {(r["article"], r["annotator"]): r for r in map(json.loads, lines)}


def spans(record, whole):
    """The spans as a multiset: a place and its label, with what stands in the fields if they are compared whole."""
    # An id is a format's own affair where it has none; links are compared by the place they lead to.
    places = {s["id"]: [s["label"], s["parts"]] for s in record["spans"]}

    def freed(value):
        if isinstance(value, dict):
            return {key: freed(one) for key, one in value.items()}
        if isinstance(value, list):
            return [freed(one) for one in value]
        return places.get(value, value) if isinstance(value, str) else value

    keys = []
    for s in record["spans"]:
        key = [s["parts"], s["label"], s["text"]]
        if whole:
            key += [freed(s["fields"]), s["note"]]
        keys.append(json.dumps(key, sort_keys=True, ensure_ascii=False))
    return Counter(keys)


def compare(before, after):
    """All, there, equal."""
    total = there = equal = 0
    for key, record in before.items():
        total += len(record["spans"])
        back = after.get(key)
        if back is None or back["text"] != record["text"]:
            continue
        there += (spans(record, False) & spans(back, False)).total()
        equal += (spans(record, True) & spans(back, True)).total()
    return total, there, equal


def silent(result, said):
    """What is missing without having been told, or nothing."""
    total, there, equal = result
    told = sum(int(n.replace(",", "")) for n in OF_SPANS.findall(said))
    if total - there > told:
        return f"{total - there} spans are missing, {told} were told"
    if there > equal and not OF_CONTENT.search(said):
        return f"the fields of {there - equal} spans differ, which was not told"
    return None


def through(postil, project, before, target, folder):
    """Out in a format, into an empty project: what came back, and what was told of losses."""
    folder.mkdir()
    out, back = folder / FILES.get(target, "folder"), folder / "project"
    said = run(postil, "export", target, "--all", "--out", out, "--project", project).stderr
    run(postil, "new", back, "--schema", "entities")
    run(postil, "import", target, out, "--project", back, codes=(0, 1))
    return compare(before, records(postil, back, folder / "after.jsonl")), said


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--postil", required=True)
    parser.add_argument("--corpora", default=os.environ.get("POSTIL_CORPORA", BESIDE))
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--table", action="store_true")
    options = parser.parse_args()
    corpora = Path(options.corpora)
    if not corpora.is_dir():
        print("real data: left out, the data sets are not there")
        return
    postil = str(Path(options.postil).resolve())
    formats = options.formats.split(",")
    table, sizes, faults = {}, {}, []
    with tempfile.TemporaryDirectory(prefix="postil-real-") as folder:
        folder = Path(folder)
        for n, (name, form, path, more) in enumerate(SETS):
            project = folder / f"set-{n}"
            run(postil, "new", project, "--schema", "entities")
            run(postil, "import", form, corpora / path, "--project", project, *more, codes=(0, 1))
            before = records(postil, project, folder / "before.jsonl")
            sizes[name] = (len(before), sum(len(r["spans"]) for r in before.values()))
            for target in formats:
                table[target, name], said = through(postil, project, before, target, folder / f"{n}-{target}")
                if fault := silent(table[target, name], said):
                    faults.append(f"{target}, {name}: {fault}")
    if options.table:
        print_table(formats, sizes, table)
    spans = sum(spans for _, spans in sizes.values())
    equal = sum(equal for _, _, equal in table.values())
    print(f"real data: {len(sizes)} sets with {spans} spans through {len(formats)} formats: {equal} of {spans * len(formats)} came back equal, {len(faults)} losses untold")
    for fault in faults:
        print(f"  {fault}")
    sys.exit(1 if faults or not spans else 0)


def print_table(formats, sizes, table):
    print("| | " + " | ".join(f"{name}: {spans} spans, {of} records" for name, (of, spans) in sizes.items()) + " |")
    print("|---" * (len(sizes) + 1) + "|")
    for target in formats:
        cells = []
        for name in sizes:
            total, there, equal = table[target, name]
            cells.append("all" if equal == total else f"{there}, {equal}" if there != equal else f"{there}")
        print(f"| `{target}` | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
