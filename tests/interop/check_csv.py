"""csv: the tables as pandas reads them; LibreOffice, where it is installed."""

import json
import shutil
import subprocess

import pandas

from support import Check

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def text(cell):
    """A cell without the apostrophe that guards it."""
    bare = cell.lstrip("'")
    return cell[1:] if cell.startswith("'") and bare.startswith(FORMULA) else cell


def table(path, **more):
    return pandas.read_csv(path, dtype=str, keep_default_na=False, **more).to_dict("records")


def cell(value):
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


check = Check("csv")
records = check.records()
folder = check.export("csv", "tables/")
spans = table(folder / "spans.csv")
by_span = {(text(row["article"]), text(row["annotator"]), text(row["id"])): row for row in spans}
simple = [name for name in spans[0] if name not in ("article", "annotator", "id", "label", "start", "end", "parts", "text")]
total = 0
stances = []
for (article, annotator), record in records.items():
    for span in record["spans"]:
        total += 1
        row = by_span.get((article, annotator, span["id"]))
        check.true(f"{article} {annotator} {span['id']} is there", row)
        if not row:
            continue
        what = f"{article} {annotator} {span['id']}"
        check.equal(what, [span["label"], span["start"], span["end"], span["parts"], span["text"]],
                    [text(row["label"]), int(row["start"]), int(row["end"]), json.loads(row["parts"]), text(row["text"])])
        for name in simple:
            check.equal(f"{what} {name}", cell(span["fields"].get(name)), text(row[name]))
        holders = span["fields"].get("holders") or ([{}] if span["fields"].get("issues") else [])
        issues = span["fields"].get("issues") or [{}]
        for holder in holders:
            for issue in issues:
                stances.append([article, annotator, span["id"], cell(holder.get("entity")), cell(holder.get("mention")),
                                cell(holder.get("how")), cell(issue.get("issue")), cell(issue.get("stance")),
                                cell(issue.get("strength")), cell(span["fields"].get("act")), record["meta"].get("date", "")])
check.equal("spans", total, len(spans))
rows = table(folder / "stances.csv")
check.equal("columns of stances", "article annotator span holder holder_mention how issue stance strength act date".split(), list(rows[0]))
check.equal("stances", sorted(stances), sorted([text(value) for value in row.values()] for row in rows))
relations = [[article, annotator, r["id"], r["label"], r["from"], r["to"]] for (article, annotator), record in records.items() for r in record["relations"]]
check.equal("relations", sorted(relations), sorted([text(value) for value in row.values()][:6] for row in table(folder / "relations.csv")))
articles = {text(row["article"]): row for row in table(folder / "articles.csv")}
check.equal("articles", {article for article, _ in records}, set(articles))
for (article, annotator), record in records.items():
    row = articles[article]
    check.equal(f"{article} text", record["text"], text(row["text"]))
    check.equal(f"{article} status", record["status"], json.loads(row["status"])[annotator])
    check.equal(f"{article} title", record["meta"].get("title", ""), text(row["title"]))
alone = check.export("csv", "alone.csv")
check.equal("one table", alone.read_bytes(), (folder / "spans.csv").read_bytes())
marked = check.export("csv", "marked.csv", "--byte-order-mark")
check.equal("byte order mark", b"\xef\xbb\xbf" + alone.read_bytes(), marked.read_bytes())
check.equal("with a mark", spans, table(marked, encoding="utf-8-sig"))
back = check.round_trip("csv", folder)
check.equal("round trip: places", places := {k: [[s["id"], s["label"], s["parts"], s["text"]] for s in r["spans"]] for k, r in records.items()},
            {k: [[s["id"], s["label"], s["parts"], s["text"]] for s in r["spans"]] for k, r in back.items()})
office = shutil.which("soffice") or shutil.which("libreoffice")
if office:
    subprocess.run([office, "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", check.folder / "office", alone],
                   check=True, capture_output=True)
    check.equal("LibreOffice", len(spans), len(table(check.folder / "office" / "alone.csv")))
check.fact(f"{total} spans, {len(stances)} stances, {len(relations)} relations by pandas; LibreOffice {'too' if office else 'is not installed'}")
check.end()
