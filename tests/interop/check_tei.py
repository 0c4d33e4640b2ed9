#!/usr/bin/env python3
"""Reads the TEI export with lxml, checks it against the TEI schema, and compares it with the jsonl export, field by field.

The schema is `tei_all.rng` of the TEI Consortium: named by --schema, else fetched from tei-c.org; without it everything else is still
checked, and that it was left out is said.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.request

from lxml import etree

TEI = "{http://www.tei-c.org/ns/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
SCHEMA = "https://tei-c.org/release/xml/tei/custom/schema/relaxng/tei_all.rng"


def decode(name):
    return "" if name == "_U_" else re.sub(r"_U([0-9A-F]{4,6})_", lambda m: chr(int(m[1], 16)), name)


def value(node):
    kind = node.tag.removeprefix(TEI)
    said = node.get("value")
    if kind == "binary":
        return said == "true"
    if kind == "numeric":
        return float(said) if re.search(r"[.eE]", said) else int(said)
    if kind == "symbol":
        return said
    if kind == "string":
        return "".join(node.itertext())
    if kind == "vColl":
        return [value(child) for child in node]
    if node.get("type") == "postil.list":
        return fields(node)["postil.list"]
    return fields(node)


def fields(fs):
    return {decode(f.get("name")): value(f[0]) for f in fs}


def schema(path, folder):
    if path is None:
        path = folder / "tei_all.rng"
        try:
            with urllib.request.urlopen(SCHEMA, timeout=20) as answer:
                path.write_bytes(answer.read())
        except OSError as error:
            print(f"left out: the TEI schema cannot be had ({error})")
            return None
    return etree.RelaxNG(etree.parse(str(path)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--postil", required=True)
    parser.add_argument("--project", default=str(pathlib.Path(__file__).parents[2]))
    parser.add_argument("--corpora")
    parser.add_argument("--schema")
    arguments = parser.parse_args()
    faults, compared, valid = [], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)

        def export(kind, out):
            command = [arguments.postil, "export", kind, "--out", str(out), "--project", arguments.project, "--all"]
            subprocess.run(command, check=True, capture_output=True)

        export("jsonl", folder / "a.jsonl")
        export("tei", folder / "tei")
        rules = schema(arguments.schema, folder)
        lines = (folder / "a.jsonl").read_text(encoding="utf-8").splitlines()
        records = {(r["article"], r["annotator"]): r for r in map(json.loads, lines)}
        for path in sorted((folder / "tei").rglob("*.xml")):
            where = str(path.relative_to(folder))
            tree = etree.parse(str(path), etree.XMLParser(resolve_entities=False, no_network=True))
            if rules is not None:
                valid += 1
                if not rules.validate(tree):
                    faults.append(f"{where}: {rules.error_log[0]}")
            root = tree.getroot()
            ids = {node.get(f"{XML}id"): node for node in root.iter() if node.get(f"{XML}id")}
            text = "".join(ids["text"].itertext())
            about = fields(root.find(f".//{TEI}fs[@type='postil.record']"))
            record = records.pop((about["article"], about["annotator"]))
            if text != record["text"]:
                faults.append(f"{where}: another text")
            wanted = {span["id"]: span for span in record["spans"]}
            spans = list(root.iter(f"{TEI}span"))
            for span in spans:
                structure = span.get("ana")
                told = fields(ids[structure[1:]]) if structure else {}
                rest = told.pop("postil.rest", {})
                key = rest.get("id", span.get(f"{XML}id"))
                parts = []
                for pointer in span.get("target").split():
                    start, length = re.fullmatch(r"#string-range\(text,(\d+),(\d+)\)", pointer).groups()
                    parts.append([int(start), int(start) + int(length)])
                ours = (decode(span.get("type")), parts, told, "".join(span.itertext()))
                one = wanted.get(key, {})
                theirs = (one.get("label"), one.get("parts"), one.get("fields"), one.get("note"))
                surface = " ".join(text[a:b] for a, b in parts)
                if ours != theirs or surface != one.get("text"):
                    faults.append(f"{where} {key}: {ours} is not {theirs}")
            if len(spans) != len(wanted):
                faults.append(f"{where}: {len(spans)} spans, not {len(wanted)}")
            links = sorted((decode(l.get("type")), *l.get("target").split()) for l in root.iter(f"{TEI}link"))
            theirs = sorted((r["label"], f"#{r['from']}", f"#{r['to']}") for r in record["relations"])
            if links != theirs:
                faults.append(f"{where}: relations {links} are not {theirs}")
            compared += len(spans) + len(links)
        for key in records:
            faults.append(f"{key} was not exported")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"tei: {compared} spans and relations compared, {valid} files valid against the schema, {len(faults)} differences")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
