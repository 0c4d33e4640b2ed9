"""spacy: DocBin as spaCy loads it; `spacy debug data`; a few steps of training for entities and for span groups."""

import os
import subprocess
import sys
import warnings
import zlib

import spacy
import srsly
from spacy.tokens import DocBin

from support import Check, hull

warnings.filterwarnings("ignore")
check = Check("spacy")
records = check.records()
path = check.export("spacy", "all.spacy")
vocab = spacy.blank("xx").vocab
docs = list(DocBin().from_disk(path).get_docs(vocab))
check.equal("docs", len(records), len(docs))
total = entities = 0
for doc in docs:
    own = doc.user_data["postil"]
    record = records[own["article"], own["annotator"]]
    check.equal(f"{own['article']} text", record["text"], doc.text)
    group = sorted((s.id_, s.label_, s.start_char, s.end_char) for s in doc.spans["sc"])
    expected = []
    for span in record["spans"]:
        covering = doc.char_span(*hull(span), alignment_mode="expand")
        expected.append((span["id"], span["label"], covering.start_char, covering.end_char))
    check.equal(f"{own['article']} {own['annotator']} spans", sorted(expected), group)
    total += len(group)
    for entity in doc.ents:
        entities += 1
        check.true(f"{entity.text!r} is a span", (entity.id_, entity.label_, entity.start_char, entity.end_char) in group)
        by_id = {s["id"]: s for s in record["spans"]}
        check.equal("kb_id", by_id[entity.id_]["fields"].get("entity", ""), entity.kb_id_)
    check.true("sentences", len(list(doc.sents)) > 1)
    exact = {s["id"]: s for s in own["spans"]}
    for span in record["spans"]:
        got = exact[span["id"]]
        check.equal(f"{own['article']} {span['id']} exact", [span["label"], span["text"], span["fields"], span["note"]],
                    [got["label"], got["text"], srsly.json_loads(srsly.json_dumps(got.get("fields", {}))), got.get("note", "")])
    check.equal("relations", [[r["id"], r["label"], r["from"], r["to"]] for r in record["relations"]],
                [[r["id"], r["label"], r["from"], r["to"]] for r in own["relations"]])

# What spaCy itself writes of these docs: the same file, but for strings that only its lexemes want.
theirs = DocBin(attrs=["ORTH", "ENT_IOB", "ENT_TYPE", "SENT_START", "ENT_KB_ID", "ENT_ID"], store_user_data=True, docs=docs)
ours, theirs = (srsly.msgpack_loads(zlib.decompress(data)) for data in (path.read_bytes(), theirs.to_bytes()))
check.equal("keys", list(theirs), list(ours))
for key in theirs:
    if key == "strings":
        check.true("strings in order", ours[key] == sorted(ours[key]))
        check.true("strings", set(ours[key]) <= set(theirs[key]) | {""})
    elif key != "user_data":
        check.equal(f"bytes of {key}", theirs[key], ours[key])
check.round_trip("spacy", path)
check.equal("round trip", (check.folder / "measure.jsonl").read_bytes(), (check.folder / "back-spacy.jsonl").read_bytes())

# As spaCy's training sees it.
parts = check.export("spacy", "parts", "--split", "train=0.6,dev=0.2,test=0.2", "--stratify", whose=("--gold",))
environment = {**os.environ, "PYTHONWARNINGS": "ignore"}


def command(*arguments):
    done = subprocess.run([sys.executable, "-m", "spacy", *map(str, arguments)], capture_output=True, text=True, env=environment, cwd=check.folder)
    return done.returncode, done.stdout + done.stderr


data = ["--paths.train", parts / "train.spacy", "--paths.dev", parts / "dev.spacy"]
for pipe in ("ner", "spancat"):
    config = check.folder / f"{pipe}.cfg"
    code, said = command("init", "config", config, "--lang", "xx", "--pipeline", pipe)
    check.equal(f"init config {pipe}: {said[-300:]}", 0, code)
    code, said = command("debug", "data", config, *data)
    check.true(f"debug data {pipe}: {said[-400:]}", code == 0 or "fail" not in said.lower().replace("0 failed", ""))
    code, said = command("train", config, *data, "--training.max_steps", 8, "--training.eval_frequency", 4, "--output", check.folder / f"model-{pipe}")
    check.equal(f"train {pipe}: {said[-400:]}", 0, code)
    check.true(f"a model of {pipe}", (check.folder / f"model-{pipe}" / "model-last").exists())
check.fact(f"{total} spans, {entities} entities; ner and spancat trained 8 steps; jsonl the same bytes after a round trip")
if check.corpora and (check.corpora / "prodigy-headlines" / "demo.spacy").exists():
    source = check.corpora / "prodigy-headlines" / "demo.spacy"
    project = check.folder / "demo"
    check.run("new", project)
    check.run("import", "spacy", source, "--project", project)
    read = list(check.records(project=project, name="demo.jsonl").values())
    real = list(DocBin().from_disk(source).get_docs(spacy.blank("en").vocab))
    check.equal("a real DocBin", [[doc.text, [[e.start_char, e.end_char, e.label_] for e in doc.ents]] for doc in real],
                [[r["text"], [[s["start"], s["end"], s["label"]] for s in r["spans"]]] for r in read])
    check.fact("a real DocBin equal")
check.end()
