"""prodigy: tokens as spaCy makes a Doc of them, hashes as Prodigy computes them, spans as the jsonl export has them."""

import json

import spacy
from murmurhash.mrmr import hash as murmur
from spacy.tokens import Doc

from support import Check, hull

check = Check("prodigy")
records = check.records()
path = check.export("prodigy", "out.jsonl")
lines = [json.loads(line) for line in open(path, encoding="utf-8")]
check.equal("lines", len(records), len(lines))
vocab = spacy.blank("xx").vocab
total = 0
for line in lines:
    record = records[line["article"], line["annotator"]]
    tokens = line["tokens"]
    doc = Doc(vocab, words=[t["text"] for t in tokens], spaces=[t["ws"] for t in tokens])
    check.equal(f"{line['article']} text", record["text"], doc.text)
    check.equal("tokens", [[t["start"], t["end"], t["id"]] for t in tokens], [[t.idx, t.idx + len(t), t.i] for t in doc])
    check.equal("_input_hash", murmur(("text=" + json.dumps(line["text"])).encode(), 0), line["_input_hash"])
    check.equal("_task_hash", murmur(f"{line['_input_hash']}spans=[]".encode(), 0), line["_task_hash"])
    check.equal("meta", record["meta"], line["meta"])
    spans = {span["id"]: span for span in line["spans"]}
    for span in record["spans"]:
        total += 1
        got = spans[span["id"]]
        start, end = hull(span)
        what = f"{line['article']} {line['annotator']} {span['id']}"
        check.equal(what, [span["label"], start, end, span["text"], span["fields"], span["note"], span["parts"]],
                    [got["label"], got["start"], got["end"], got["text"], got.get("fields", {}), got.get("note", ""), got.get("parts", [[got["start"], got["end"]]])])
        covering = doc.char_span(start, end, alignment_mode="expand")
        check.equal(f"{what} tokens", [covering.start, covering.end - 1], [got.get("token_start"), got.get("token_end")])
    check.equal("relations", [[r["id"], r["label"], r["from"], r["to"]] for r in record["relations"]],
                [[r["id"], r["label"], r["head_span"]["id"], r["child_span"]["id"]] for r in line["relations"]])
check.round_trip("prodigy", path)
check.equal("round trip", (check.folder / "measure.jsonl").read_bytes(), (check.folder / "back-prodigy.jsonl").read_bytes())
check.fact(f"{total} spans; jsonl the same bytes after a round trip")
if check.corpora and (check.corpora / "prodigy-headlines").exists():
    source = check.corpora / "prodigy-headlines" / "headlines.jsonl"
    project = check.folder / "headlines"
    check.run("new", project)
    check.run("import", "prodigy", source, "--project", project)
    theirs = [json.loads(line) for line in open(source, encoding="utf-8")]
    out = check.export("prodigy", "again.jsonl", project=project)
    ours = {}
    for line in map(json.loads, open(out, encoding="utf-8")):
        ours.setdefault(line["text"], []).append(line)
    for line in theirs:
        same = ours[line["text"]]
        key = lambda s: [s["start"], s["end"], s["label"]]
        check.true("a headline's spans", any(sorted(map(key, line.get("spans", []))) == sorted(map(key, other["spans"])) for other in same))
        check.equal("its _input_hash", line["_input_hash"], same[0]["_input_hash"])
    check.fact(f"{len(theirs)} real tasks, all hashes equal")
check.end()
