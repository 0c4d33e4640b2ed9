#!/usr/bin/env python3
"""Reads the CoNLL export with seqeval, spaCy and Hugging Face datasets and compares it with the jsonl export, span by span."""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

from seqeval.metrics.sequence_labeling import get_entities
from seqeval.scheme import BILOU, IOB1, IOB2, IOBES, Entities

SCHEMES = {"bio": IOB2, "iob1": IOB1, "bioes": IOBES, "bilou": BILOU}


def export(postil, project, kind, path, *more):
    command = [postil, "export", kind, "--out", str(path), "--project", str(project), "--all", *more]
    subprocess.run(command, check=True, capture_output=True)


def documents(path):
    """Documents as (article, annotator, sentences); a sentence has tokens with their offsets, and columns of tags."""
    found = []
    for block in path.read_text(encoding="utf-8").split("-DOCSTART-")[1:]:
        about, sentences, offsets, rows = None, [], [], []
        for line in block.split("\n")[1:]:
            if line.startswith("# postil = "):
                about = json.loads(line[len("# postil = "):])
            elif line.startswith("# offsets ="):
                offsets = [tuple(map(int, pair.split(":"))) for pair in line[len("# offsets ="):].split()]
            elif line.startswith("# "):
                continue
            elif line:
                rows.append(line.split("\t"))
            elif rows:
                sentences.append((offsets, rows))
                offsets, rows = [], []
        found.append((about["article"], about["annotator"], sentences))
    return found


def expected(record, tokens):
    """What the loss report leaves of the spans: label, first and last whole token that each touches."""
    spans = []
    for span in record["spans"]:
        touched = [t for t in tokens if t[0] < span["end"] and t[1] > span["start"]]
        if touched:
            spans.append((span["label"], touched[0][0], touched[-1][1]))
    return sorted(spans)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--postil", required=True)
    parser.add_argument("--project", default=str(pathlib.Path(__file__).parents[2]))
    parser.add_argument("--corpora")
    arguments = parser.parse_args()
    faults, compared = [], 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        export(arguments.postil, arguments.project, "jsonl", folder / "a.jsonl")
        lines = (folder / "a.jsonl").read_text(encoding="utf-8").splitlines()
        records = {(r["article"], r["annotator"]): r for r in map(json.loads, lines)}
        for scheme, meaning in SCHEMES.items():
            path = folder / f"{scheme}.conll"
            export(arguments.postil, arguments.project, "conll", path, "--scheme", scheme)
            read = documents(path)
            if len(read) != len(records):
                faults.append(f"{scheme}: {len(read)} documents for {len(records)} records")
            for article, annotator, sentences in read:
                record = records[article, annotator]
                found, tokens = [], []
                for offsets, rows in sentences:
                    tokens += offsets
                    if [record["text"][a:b] for a, b in offsets] != [row[0] for row in rows]:
                        faults.append(f"{scheme} {article}: tokens are not what stands at their offsets")
                    for column in range(1, len(rows[0])):
                        tags = [row[column] for row in rows]
                        # By the letter of each scheme, and by seqeval's own lenient reading, which must agree.
                        strict = Entities([tags], scheme=meaning).entities[0]
                        strict = [(e.tag, e.start, e.end) for e in strict]
                        if scheme not in ("bio", "bioes"):
                            # The lenient reading knows no other schemes.
                            lenient = strict
                        else:
                            lenient = [(label, a, b + 1) for label, a, b in get_entities(tags, suffix=False)]
                        if sorted(strict) != sorted(lenient):
                            faults.append(f"{scheme} {article}: strict and lenient reading differ")
                        found += [(label, offsets[a][0], offsets[b - 1][1]) for label, a, b in strict]
                wanted = expected(record, tokens)
                compared += len(wanted)
                if sorted(found) != wanted:
                    faults.append(f"{scheme} {article} {annotator}: {set(found) ^ set(wanted)}")
        compared += spacy_reads(folder, documents(folder / "bilou.conll"), faults)
        compared += datasets_read(folder, documents(folder / "bio.conll"), faults)
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"conll: {compared} spans and tokens compared, {len(faults)} differences")
    return 1 if faults else 0


def spacy_reads(folder, read, faults):
    """spaCy's converter knows no comments, so it gets the columns alone."""
    from spacy.training.converters import conll_ner_to_docs
    from spacy.training.iob_utils import biluo_to_iob

    count = 0
    for article, _, sentences in read:
        text = "\n\n".join(
            "\n".join(f"{row[0]} {tag}" for row, tag in zip(rows, biluo_to_iob([row[1] for row in rows])))
            for _, rows in sentences
        )
        docs = list(conll_ner_to_docs(text, n_sents=0, no_print=True))
        ents = [(e.label_, e.start, e.end) for doc in docs for e in doc.ents]
        flat = [row[1] for _, rows in sentences for row in rows]
        wanted = [(e.tag, e.start, e.end) for e in Entities([flat], scheme=BILOU).entities[0]]
        count += len(wanted)
        if ents != wanted:
            faults.append(f"spaCy reads {len(ents)} entities of {article}, not {len(wanted)}")
    return count


def datasets_read(folder, read, faults):
    """The columns as Hugging Face datasets, as scripts for CoNLL-2003 make them."""
    from datasets import Dataset

    rows = [
        {"tokens": [row[0] for row in rows], "ner_tags": [row[1] for row in rows]}
        for _, _, sentences in read
        for _, rows in sentences
    ]
    data = Dataset.from_list(rows)
    if list(data) != rows:
        faults.append("datasets gives other rows than it got")
    return len(rows)


if __name__ == "__main__":
    sys.exit(main())
