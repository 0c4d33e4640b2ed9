"""parquet: Hugging Face datasets, pyarrow, pandas, polars, DuckDB, mlcroissant."""

import json

import datasets
import duckdb
import mlcroissant
import pandas
import polars
import pyarrow.parquet

from support import Check, without_null

datasets.disable_progress_bars()
check = Check("parquet")
records = check.records()
folder = check.export("parquet", "all")
COLUMNS = "article fingerprint annotator language meta status text spans relations".split()


def as_jsonl(fields):
    """The fields of a row as jsonl has them."""
    fields = without_null(dict(fields))
    return {**fields, **json.loads(fields.pop("other_fields", "{}"))}


def compare(reader, rows):
    """Rows as plain Python values."""
    check.equal(f"{reader}: rows", len(records), len(rows))
    spans = 0
    for row in rows:
        record = records[row["article"], row["annotator"]]
        what = f"{reader} {row['article']} {row['annotator']}"
        for column in ("fingerprint", "language", "status", "text"):
            check.equal(f"{what} {column}", record[column], row[column])
        check.equal(f"{what} meta", record["meta"], json.loads(row["meta"]))
        check.equal(f"{what} spans", len(record["spans"]), len(row["spans"]))
        for expected, span in zip(record["spans"], row["spans"]):
            spans += 1
            for key in ("id", "label", "start", "end", "text", "note"):
                check.equal(f"{what} {expected['id']} {key}", expected[key], span[key])
            check.equal(f"{what} {expected['id']} parts", expected["parts"], [list(part) for part in span["parts"]])
            check.equal(f"{what} {expected['id']} fields", expected["fields"], as_jsonl(span["fields"]))
        for expected, relation in zip(record["relations"], row["relations"], strict=True):
            check.equal(f"{what} {expected['id']}", [expected[key] for key in ("id", "label", "from", "to")], [relation[key] for key in ("id", "label", "from", "to")])
    return spans


files = sorted((folder / "data").glob("*.parquet"))
table = pyarrow.parquet.read_table(files[0])
check.equal("columns", COLUMNS, table.column_names)
spans = compare("pyarrow", table.to_pylist())
loaded = datasets.load_dataset(str(folder), cache_dir=str(check.folder / "cache"))
check.equal("splits", ["train"], list(loaded))
compare("datasets", loaded["train"].to_list())
compare("polars", polars.read_parquet(folder / "data" / "*.parquet").to_dicts())
frame = pandas.read_parquet(folder / "data")
check.equal("pandas", sum(len(r["spans"]) for r in records.values()), int(frame["spans"].map(len).sum()))
connection = duckdb.connect()
cursor = connection.execute(f"select * from read_parquet('{folder}/data/*.parquet')")
names = [column[0] for column in cursor.description]
compare("DuckDB", [dict(zip(names, row)) for row in cursor.fetchall()])
counted = connection.execute(
    f"select s.label, count(*) from (select unnest(spans) as s from read_parquet('{folder}/data/*.parquet')) group by 1 order by 1").fetchall()
by_label = {}
for record in records.values():
    for span in record["spans"]:
        by_label[span["label"]] = by_label.get(span["label"], 0) + 1
check.equal("DuckDB by label", sorted(by_label.items()), [tuple(row) for row in counted])
described = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
issues = described.metadata.ctx.issues
check.equal("croissant", [], [str(issue) for issue in [*issues.errors, *issues.warnings]])
rows = list(described.records("train-00000-of-00001"))
check.equal("croissant rows", len(records), len(rows))
key = "train-00000-of-00001/text"
check.equal("croissant texts", sorted(r["text"] for r in records.values()),
            sorted(row[key].decode() if isinstance(row[key], bytes) else row[key] for row in rows))

back = check.round_trip("parquet", folder)
for key, record in records.items():
    check.equal(f"round trip {key}", record, back[key])
check.equal("round trip", (check.folder / "measure.jsonl").read_bytes(), (check.folder / "back-parquet.jsonl").read_bytes())
parts = check.export("parquet", "parts", "--split", "train=0.5,dev=0.25,test=0.25", "--seed", "3", whose=("--gold",))
split = datasets.load_dataset(str(parts), cache_dir=str(check.folder / "cache-parts"))
gold = [record for (_, annotator), record in records.items() if annotator == "gold"]
check.equal("parts", ["train", "dev", "test"], list(split))
check.equal("articles of the parts", sorted(r["article"] for r in gold), sorted(row["article"] for part in split.values() for row in part))
check.fact(f"{spans} spans, field by field, by pyarrow, datasets, polars and DuckDB; pandas; mlcroissant valid; jsonl the same bytes after a round trip")
check.end()
