"""Times every export and import of a release build, and beside each, in the same run, the library that the format is for.

    python tests/interop/speed.py POSTIL RECORDS.jsonl [--bench PROGRAM] [--formats xmi,spacy,…] [--articles N] [--runs N] [--keep DIR]
        [--label-studio-python PYTHON] [--table]

`RECORDS.jsonl` is any corpus in `jsonl`: one line an article and annotator. Two of Postil's times stand beside a library's. "export" and
"import" are of the whole command: start of the program, reading the project's RON files, counting losses, writing; or reading, and
writing articles and annotations into a new project. "write" and "read" (with `--bench`, the program that `cargo bench --bench formats
--no-run` names) are of the writer and the reader alone, from memory to memory. A library's times are of the same export: from the disk
into its own objects ("read"), and of writing those objects again ("write"), into memory where it can. So "write" and "read" compare like
with like, and the commands do more than the library.

`cpu` is the processor time of all threads in seconds, of the run that had least, so that other programs on the machine count less; speeds
are by it. `seconds` are by the clock on the wall, which Postil's work on several cores makes shorter; a library has one thread mostly. MB
are those of the articles' texts in UTF-8. Peak memory is the process's own. One line of JSON a measurement, and with `--table` a table at
the end.

With `--label-studio-python`, Label Studio's library is timed by that Python, since it does not go together with the others.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

TARGETS = {
    "jsonl": "all.jsonl", "doccano": "all.doccano.jsonl", "prodigy": "all.prodigy.jsonl", "label-studio": "ls", "brat": "brat", "conll": "all.conll",
    "webanno-tsv": "tsv", "xmi": "xmi", "cas-json": "cas", "spacy": "all.spacy", "parquet": "parquet", "csv": "tables/", "web-annotation": "all.jsonld",
    "refi-qda": "all.qdpx", "tei": "tei", "dna": "dna.csv",
}


def measured(command, runs=1, before=lambda: None):
    """Seconds by the clock and of processor time and peak memory in MB of a command that must go well, its cheapest run. The peak is asked of the system while
    the command runs (Linux): what it says afterwards counts this process before it became the command."""
    best, peak = None, 0
    for _ in range(runs):
        before()
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        with tempfile.TemporaryFile() as said:
            begun = time.perf_counter()
            child = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=said)
            status = Path(f"/proc/{child.pid}/status")
            while child.poll() is None:
                try:
                    lines = status.read_text().splitlines()
                    peak = max([peak, *(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))])
                except OSError:
                    pass
                time.sleep(0.005)
            took = time.perf_counter() - begun
            if child.returncode not in (0, 1):
                said.seek(0)
                sys.exit(f"{' '.join(map(str, command))} ended with {child.returncode}:\n{said.read()[-2000:].decode('utf-8', 'replace')}")
        now = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
        if best is None or spent < best[1]:
            best = (took, spent)
    return (*best, peak / 1024)


def own_peak():
    """This process's peak memory in MB (Linux); not what `getrusage` says, which begins with that of whoever started it."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


# What the libraries do: in a process of its own each, so that its memory is its own.


def cas(path, ending, load, dump, limit):
    files = sorted(Path(path).rglob("*" + ending))[:limit]
    begun = time.process_time()
    read = [load(file) for file in files]
    loaded = time.process_time()
    for one in read:
        dump(one)
    return len(files), loaded - begun, time.process_time() - loaded


def reference(name, path, limit):
    """How many articles a library took, and its seconds of reading and of writing; the latter may be missing."""
    if name in ("xmi", "cas-json"):
        import cassis

        if name == "xmi":
            with open(Path(path) / "TypeSystem.xml", "rb") as file:
                types = cassis.load_typesystem(file)
            load = lambda file: cassis.load_cas_from_xmi(open(file, "rb"), typesystem=types)
            return cas(path, ".xmi", load, lambda one: one.to_xmi(), limit)
        return cas(path, ".json", lambda file: cassis.load_cas_from_json(open(file, "rb")), lambda one: one.to_json(), limit)
    if name == "spacy":
        import spacy
        from spacy.tokens import DocBin

        vocab = spacy.blank("xx").vocab
        begun = time.process_time()
        docs = list(DocBin().from_disk(path).get_docs(vocab))
        loaded = time.process_time()
        DocBin(store_user_data=True, docs=docs).to_bytes()
        return len(docs), loaded - begun, time.process_time() - loaded
    if name == "parquet":
        import pyarrow.parquet

        begun = time.process_time()
        rows = [row for file in sorted(Path(path).rglob("*.parquet")) for row in pyarrow.parquet.read_table(file).to_pylist()]
        loaded = time.process_time()
        with tempfile.NamedTemporaryFile() as file:
            pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), file.name)
        return len(rows), loaded - begun, time.process_time() - loaded
    if name == "csv":
        import pandas

        begun = time.process_time()
        tables = {file.name: pandas.read_csv(file, keep_default_na=False) for file in sorted(Path(path).glob("*.csv"))}
        loaded = time.process_time()
        for table in tables.values():
            table.to_csv(index=False)
        return len(tables["articles.csv"]), loaded - begun, time.process_time() - loaded
    if name in ("jsonl", "doccano", "prodigy"):
        begun = time.process_time()
        with open(path, encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        loaded = time.process_time()
        for row in rows:
            json.dumps(row, ensure_ascii=False)
        return len(rows), loaded - begun, time.process_time() - loaded
    if name == "tei":
        from lxml import etree

        files = sorted(Path(path).rglob("*.xml"))[:limit]
        begun = time.process_time()
        trees = [etree.parse(str(file)) for file in files]
        loaded = time.process_time()
        for tree in trees:
            etree.tostring(tree, encoding="utf-8")
        return len(files), loaded - begun, time.process_time() - loaded
    if name == "label-studio":
        from label_studio_sdk.converter import Converter

        begun = time.process_time()
        converter = Converter(config=(Path(path) / "config.xml").read_text("utf-8"), project_dir=str(path))
        with tempfile.TemporaryDirectory() as out:
            converter.convert(str(Path(path) / "tasks.json"), out, "JSON_MIN", is_dir=False)
        count = sum(1 for line in open(Path(path) / "tasks.json", encoding="utf-8") if line.startswith('{"id"'))
        return count, time.process_time() - begun, None
    if name == "web-annotation":
        from pyld import jsonld

        with open(path, encoding="utf-8") as file:
            page = json.load(file)
        vocabulary = {"@context": {"@vocab": "http://www.w3.org/ns/oa#", "id": "@id", "type": "@type"}}
        articles = [item for item in page["items"] if item["motivation"] == "describing"][: limit // 10]
        last = {item["target"] for item in articles}
        items = []
        for item in page["items"]:
            target = item["target"] if isinstance(item["target"], str) else item["target"][0]["source"]
            if target in last:
                items.append({**vocabulary, **item})
        begun = time.process_time()
        expanded = [jsonld.expand(item) for item in items]
        loaded = time.process_time()
        for item in expanded:
            jsonld.compact(item, vocabulary)
        return len(articles), loaded - begun, time.process_time() - loaded
    return None


LIBRARIES = {
    "xmi": "dkpro-cassis", "cas-json": "dkpro-cassis", "spacy": "spaCy DocBin", "parquet": "pyarrow", "csv": "pandas", "jsonl": "Python json",
    "doccano": "Python json", "prodigy": "Python json", "tei": "lxml", "label-studio": "label-studio-sdk", "web-annotation": "PyLD",
}


def main():
    if sys.argv[1:2] == ["--reference"]:
        name, path, limit = sys.argv[2:5]
        took = reference(name, path, int(limit))
        memory = own_peak()
        print(json.dumps({"took": took, "memory": memory}))
        return
    parser = argparse.ArgumentParser()
    parser.add_argument("postil")
    parser.add_argument("records")
    parser.add_argument("--formats", default=",".join(TARGETS))
    parser.add_argument("--articles", type=int, default=0, help="only the first so many lines")
    parser.add_argument("--library-articles", type=int, default=500, help="how many files a library of one file an article is given")
    parser.add_argument("--bench", help="the program that times readers and writers alone")
    parser.add_argument("--runs", type=int, default=3, help="how often each command is run")
    parser.add_argument("--table", action="store_true", help="a table for docs/speed.md at the end")
    parser.add_argument("--keep", help="a folder for project and exports, which stay; else they do not")
    parser.add_argument("--label-studio-python")
    arguments = parser.parse_args()
    postil = str(Path(arguments.postil).resolve())
    keep = Path(arguments.keep) if arguments.keep else Path(tempfile.mkdtemp(prefix="postil-speed-"))
    keep.mkdir(parents=True, exist_ok=True)

    lines, size = [], 0
    with open(arguments.records, encoding="utf-8") as file:
        for line in file:
            lines.append(line)
            size += len(json.loads(line)["text"].encode("utf-8"))
            if len(lines) == arguments.articles:
                break
    source = keep / "records.jsonl"
    source.write_text("".join(lines), "utf-8")
    articles, megabytes = len(lines), size / 1e6

    rows = {}

    def tell(what, name, seconds, spent, memory, count=articles, library=None):
        speed = megabytes * count / articles / spent
        row = {"what": what, "format": name, "by": library or "postil", "articles": count, "seconds": seconds and round(seconds, 3), "cpu": round(spent, 3),
               "mb_per_s": round(speed, 2), "articles_per_s": round(count / spent), "peak_mb": memory and round(memory)}
        rows[name, what, "library" if library else "postil"] = row
        print(json.dumps(row, ensure_ascii=False), flush=True)

    project = keep / "project"
    if not project.exists():
        subprocess.run([postil, "new", project], check=True, capture_output=True)
        subprocess.run([postil, "import", "jsonl", source, "--project", project], check=True, capture_output=True)
    for name in arguments.formats.split(","):
        out = keep / TARGETS[name].rstrip("/")
        target = str(out) + ("/" if TARGETS[name].endswith("/") else "")
        tell("export", name, *measured([postil, "export", name, "--out", target, "--project", project, "--all", "--overwrite"], arguments.runs))
        if name != "dna":
            back = keep / f"back-{name}"

            def empty():
                shutil.rmtree(back, ignore_errors=True)
                subprocess.run([postil, "new", back], check=True, capture_output=True)

            tell("import", name, *measured([postil, "import", name, out, "--project", back], arguments.runs, empty))
            shutil.rmtree(back, ignore_errors=True)
        if arguments.bench:
            environment = {**os.environ, "POSTIL_BENCH_RECORDS": str(source), "POSTIL_BENCH_FORMATS": name}
            done = subprocess.run([arguments.bench, "--bench"], env=environment, check=True, capture_output=True, text=True)
            for line in filter(lambda line: line.startswith("{"), done.stdout.splitlines()):
                row = json.loads(line)
                tell(row["what"].split()[0], name, row["seconds"], row["cpu_seconds"], None)
        python = arguments.label_studio_python if name == "label-studio" else sys.executable
        if name not in LIBRARIES:
            python = None
        if python:
            done = subprocess.run(
                [python, __file__, "--reference", name, str(out), str(arguments.library_articles)], capture_output=True, text=True
            )
            if done.returncode != 0:
                print(f"{LIBRARIES[name]} left out: {done.stderr.strip().splitlines()[-1:]}", file=sys.stderr)
            else:
                answer = json.loads(done.stdout.splitlines()[-1])
                if answer["took"]:
                    count, reading, writing = answer["took"]
                    tell("read", name, None, reading, answer["memory"], count, LIBRARIES[name])
                    if writing:
                        tell("write", name, None, writing, answer["memory"], count, LIBRARIES[name])
        if not arguments.keep:
            shutil.rmtree(out) if out.is_dir() else out.unlink()
    if not arguments.keep:
        shutil.rmtree(keep)
    if arguments.table:
        table(rows, arguments.formats.split(","))


def table(rows, names):
    def number(value):
        return "–" if value is None else f"{value:.0f}" if value >= 20 else f"{value:.1f}" if value >= 1 else f"{value:.2f}"

    for way, whole, alone in (("writing", "export", "write"), ("reading", "import", "read")):
        print(f"\n| {way} | alone MB/s | command MB/s | articles/s | peak MB | beside | its MB/s | its peak MB | alone is | the command is |")
        print("|---|---|---|---|---|---|---|---|---|---|")
        for name in names:
            command, own = rows.get((name, whole, "postil")), rows.get((name, alone, "postil"))
            its = rows.get((name, alone, "library"))
            if not command:
                continue

            def times(row):
                return f"{number(row['mb_per_s'] / its['mb_per_s'])} ×" if its and row else "–"

            cells = [f"`{name}`", number(own and own["mb_per_s"]), number(command["mb_per_s"]), f"{command['articles_per_s']:,}", command["peak_mb"],
                     its["by"] if its else "–", number(its and its["mb_per_s"]), its["peak_mb"] if its else "–", times(own), times(command)]
            print("| " + " | ".join(map(str, cells)) + " |")


if __name__ == "__main__":
    main()
