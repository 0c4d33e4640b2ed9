"""Exports the sample project as xmi and cas-json, reads both with dkpro-cassis and compares them with the jsonl export.

python tests/interop/check_cas.py --postil BIN
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import cassis

parser = argparse.ArgumentParser()
parser.add_argument("--postil", required=True)
parser.add_argument("--corpora")
options = parser.parse_args()
root = pathlib.Path(__file__).resolve().parents[2]
wrong = []
spans_seen = features_seen = relations_seen = documents = 0


def export(folder, name, out):
    command = [options.postil, "export", name, "--all", "--out", str(folder / out), "--project", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr}")


def compare(cas, line, where):
    global spans_seen, features_seen, relations_seen
    if cas.sofa_string != line["text"]:
        wrong.append(f"{where}: another text")
    by_id = {}
    for annotation in cas.select_all():
        if annotation.type.name.startswith(("postil.span.", "postil.relation.")):
            by_id[(annotation.type.name.split(".")[1], json.loads(annotation.postil)["id"])] = annotation
    for span in line["spans"]:
        there = by_id.pop(("span", span["id"]), None)
        if there is None:
            wrong.append(f"{where}: span {span['id']} is missing")
            continue
        spans_seen += 1
        # dkpro-cassis turns UTF-16 offsets into code points when it reads.
        if (there.begin, there.end) != (span["start"], span["end"]):
            wrong.append(f"{where}: {span['id']} at {there.begin}-{there.end}, not {span['start']}-{span['end']}")
        if len(span["parts"]) == 1 and there.get_covered_text() != span["text"]:
            wrong.append(f"{where}: {span['id']} covers {there.get_covered_text()!r}, not {span['text']!r}")
        rest = json.loads(there.postil)
        for name, value in span["fields"].items():
            features_seen += 1
            if name in rest.get("fields", {}):
                if not isinstance(value, list) and rest["fields"][name] != value:
                    wrong.append(f"{where}: {span['id']}.{name} is {rest['fields'][name]!r}, not {value!r}")
                continue
            got = getattr(there, name, None)
            if hasattr(got, "postil"):
                got = json.loads(got.postil)["id"]
            if got != value:
                wrong.append(f"{where}: {span['id']}.{name} is {got!r}, not {value!r}")
    for relation in line["relations"]:
        there = by_id.pop(("relation", relation["id"]), None)
        if there is None:
            wrong.append(f"{where}: relation {relation['id']} is missing")
            continue
        relations_seen += 1
        ends = (json.loads(there.Governor.postil)["id"], json.loads(there.Dependent.postil)["id"])
        if ends != (relation["from"], relation["to"]):
            wrong.append(f"{where}: relation {relation['id']} goes {ends}")
    wrong.extend(f"{where}: {key} is nowhere in the jsonl export" for key in by_id)


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    export(folder, "jsonl", "all.jsonl")
    lines = {}
    for line in (folder / "all.jsonl").read_text("utf-8").splitlines():
        line = json.loads(line)
        lines[(line["article"], line["annotator"])] = line
    for name, ending in [("xmi", ".xmi"), ("cas-json", ".json")]:
        export(folder, name, name)
        left = dict(lines)
        types = None
        if name == "xmi":
            with open(folder / name / "TypeSystem.xml", "rb") as file:
                types = cassis.load_typesystem(file)
        for path in sorted((folder / name).rglob("*" + ending)):
            with open(path, "rb") as file:
                cas = cassis.load_cas_from_xmi(file, typesystem=types) if types else cassis.load_cas_from_json(file)
            documents += 1
            # dkpro-cassis 0.12 fails on arrays of structures that are not there; an empty one says the same.
            empty = cas.typesystem.get_type("uima.cas.FSArray")
            for annotation in cas.select_all():
                for feature in annotation.type.all_features:
                    if feature.rangeType.name == "uima.cas.FSArray" and annotation[feature.name] is None:
                        annotation[feature.name] = empty(elements=[])
            faults = cas.typecheck()
            if faults:
                wrong.append(f"{path.name}: {faults[:3]}")
            (about,) = cas.select("postil.About")
            about = json.loads(about.json)
            compare(cas, left.pop((about["article"], about["annotator"])), f"{name} {about['article']} {about['annotator']}")
        wrong.extend(f"{name}: {key} was not exported" for key in left)

for what in wrong[:20]:
    print(what, file=sys.stderr)
print(f"cas: {documents} documents, {spans_seen} spans, {features_seen} fields, {relations_seen} relations, {len(wrong)} differences")
sys.exit(bool(wrong))
