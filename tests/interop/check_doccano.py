"""doccano: by the rules of its own importer (backend/data_import/pipeline/labels.py), and its real exports there and back."""

import json

from support import Check, hull, utf16

check = Check("doccano")
records = check.records()
path = check.export("doccano", "out.jsonl")
lines = [json.loads(line) for line in open(path, encoding="utf-8")]
check.equal("lines", len(records), len(lines))
total = related = 0
for line in lines:
    record = records[line["article"], line["annotator"]]
    check.equal("text", record["text"], line["text"])
    units = line["text"].encode("utf-16-le")
    entities = {entity["id"]: entity for entity in line["entities"]}
    check.equal("ids once", len(line["entities"]), len(entities))
    for span in record["spans"]:
        total += 1
        start, end = hull(span)
        entity = entities.get(int(span["id"][1:]))
        check.equal(f"{line['article']} {span['id']}", [span["label"], utf16(line["text"], start), utf16(line["text"], end)],
                    entity and [entity["label"], entity["start_offset"], entity["end_offset"]])
        # What doccano's window shows: a slice of UTF-16 units.
        check.equal("slice", line["text"][start:end], entity and units[2 * entity["start_offset"]:2 * entity["end_offset"]].decode("utf-16-le"))
    expected = sorted([int(r["id"][1:]), int(r["from"][1:]), int(r["to"][1:]), r["label"]] for r in record["relations"])
    related += len(expected)
    check.equal("relations", expected, sorted([r["id"], r["from_id"], r["to_id"], r["type"]] for r in line["relations"]))
back = check.round_trip("doccano", path)
for key, record in records.items():
    check.equal(f"round trip {key}", [[s["id"], s["label"], *hull(s)] for s in record["spans"]],
                [[s["id"], s["label"], s["start"], s["end"]] for s in sorted(back[key]["spans"], key=lambda s: [t["id"] for t in record["spans"]].index(s["id"]))])
    check.equal(f"round trip relations {key}", [[r["id"], r["from"], r["to"], r["label"]] for r in record["relations"]],
                [[r["id"], r["from"], r["to"], r["label"]] for r in back[key]["relations"]])
check.fact(f"{total} spans and {related} relations of the sample")
if check.corpora and (check.corpora / "novels-doccano").exists():
    novels = check.corpora / "novels-doccano" / "doccano"
    project = check.folder / "novels"
    check.run("new", project)
    check.run("import", "doccano", novels, "--project", project)
    read = check.records(project=project, name="novels.jsonl")
    theirs = {}
    for file in sorted(novels.glob("*.jsonl")):
        for line in map(json.loads, open(file, encoding="utf-8")):
            for a in line["annotations"]:
                theirs.setdefault((line["text"], str(a["user"])), []).append((a["start_offset"], a["end_offset"], str(a["label"])))
    ours = {}
    for record in read.values():
        ours[record["text"], record["annotator"]] = sorted((utf16(record["text"], s["start"]), utf16(record["text"], s["end"]), s["label"]) for s in record["spans"])
    check.equal("novels", {key: sorted(value) for key, value in theirs.items()}, ours)
    check.fact(f"{sum(map(len, ours.values()))} spans of novels")
check.end()
