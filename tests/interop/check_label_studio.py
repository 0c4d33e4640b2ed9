"""Exports the sample project as label-studio, reads it with Label Studio's own library and compares it with the jsonl export.

- the labelling configuration: parsed and validated by the library, every label and choice of the schema is there;
- every region and relation validated by the library against the configuration;
- what the library's converter makes of the tasks: spans, surfaces and fields, one by one;
- the export imported again.

python tests/interop/check_label_studio.py --postil BIN
"""

import json
from collections import Counter

from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface

from support import Check

check = Check("label-studio")
records = check.records()
folder = check.export("label-studio", "ls")
config = (folder / "config.xml").read_text("utf-8")
tasks = json.loads((folder / "tasks.json").read_text("utf-8"))


def plain(kind, value):
    """What a control holds, as a list of what the field holds."""
    if kind == "Number":
        return [value["number"]]
    if kind == "DateTime":
        return [value["datetime"]]
    if kind == "Taxonomy":
        return [path[-1] for path in value["taxonomy"]]
    if kind == "Choices":
        return value["choices"]
    return [json.loads(text) if text.startswith(("{", "[[")) else text for text in value["text"]]


def as_list(value):
    """A field's value in the same way."""
    is_stretch = isinstance(value, list) and value and isinstance(value[0], list)
    items = value if isinstance(value, list) and not is_stretch else [value]
    return [("yes" if item else "no") if isinstance(item, bool) else item for item in items]


interface = LabelInterface(config)
interface.validate()
converter = Converter(config=config, project_dir=str(folder))
controls = converter._schema
labels = {span["label"] for record in records.values() for span in record["spans"]}
check.true("every label is in the configuration", labels <= set(controls["label"]["labels"]))
check.equal("the text", {"text"}, set(converter._data_keys))
spans = fields = relations = regions = 0

annotations = {}
for task in tasks:
    check.true(f"task {task['id']} fits the configuration", interface.validate_task({"data": task["data"]}))
    for annotation in task["annotations"]:
        key = (task["data"]["article"], annotation["annotator"])
        annotations[key] = annotation
        result = annotation["result"]
        of_text = [item for item in result if item["type"] != "relation"]
        for number, item in enumerate(of_text):
            faults = interface.validate_region(item, return_errors=True, region_index=number)
            check.equal(f"{key}: region {item.get('id')} of {item['from_name']}", [], faults)
            regions += 1
        for number, item in enumerate(item for item in result if item["type"] == "relation"):
            faults = interface.validate_relation(item, of_text, return_errors=True, relation_index=number)
            check.equal(f"{key}: relation {item['meta']['id']}", [], faults)
check.equal("the annotations", set(records), set(annotations))

numbers = {annotation["id"]: key for key, annotation in annotations.items()}
for item in converter.iter_from_json_file(str(folder / "tasks.json")):
    key = numbers.pop(item["annotation_id"])
    record, annotation = records[key], annotations[key]
    check.equal(f"{key}: the text", record["text"], item["input"]["text"])
    # The converter knows no ids: places, words and labels are compared, each with how often it is there.
    expected, got = Counter(), Counter()
    for span in record["spans"]:
        spans += 1
        for start, end in span["parts"]:
            expected[(start, end, record["text"][start:end], span["label"])] += 1
    for value in item["output"].get("label", []):
        got[(value["start"], value["end"], value["text"], value["labels"][0])] += 1
    check.equal(f"{key}: the spans", expected, got)
    # Fields that have no control stand in the region's `meta`, which the converter does not hand on.
    rest = {region["id"]: region.get("meta", {}).get("fields", {}) for region in annotation["result"] if region["type"] == "labels"}
    expected = {}
    for span in record["spans"]:
        place = tuple(span["parts"][0])
        for name, value in span["fields"].items():
            fields += 1
            if name in rest.get(span["id"], {}):
                check.equal(f"{key} {span['id']}.{name}", value, rest[span["id"]][name])
                continue
            expected.setdefault(f"{span['label']}.{name}", []).append((place, json.dumps(as_list(value), ensure_ascii=False, sort_keys=True)))
    for control, told in item["output"].items():
        if control == "label" or control.startswith("article."):
            continue
        got = [((value["start"], value["end"]), json.dumps(plain(value["type"], value), ensure_ascii=False, sort_keys=True)) for value in told]
        check.equal(f"{key}: {control}", sorted(expected.pop(control, [])), sorted(got))
    check.equal(f"{key}: fields that the converter does not see", {}, expected)
    linked = sorted((r["from"], r["to"], r["label"]) for r in record["relations"])
    there = [item for item in annotation["result"] if item["type"] == "relation"]
    relations += len(there)
    check.equal(f"{key}: the relations", linked, sorted((r["from_id"], r["to_id"], r["labels"][0]) for r in there))
check.equal("annotations that the converter does not see", {}, numbers)

# Its exports run through: one table of tokens, one list of tasks.
for out in ("CONLL2003", "JSON_MIN", "CSV"):
    converter.convert(str(folder / "tasks.json"), str(check.folder / out), out, is_dir=False)
tagged = (check.folder / "CONLL2003" / "result.conll").read_text("utf-8")
check.true("its table of tokens has tags", " B-" in tagged)

back = check.round_trip("label-studio", folder)
check.equal("round trip: the records", set(records), set(back))
for key, record in records.items():
    check.equal(f"round trip: {key}", record, back.get(key))
check.fact(f"{len(annotations)} annotations, {spans} spans in {regions} regions, {fields} fields, {relations} relations, configuration of {len(controls)} controls")
check.end()
