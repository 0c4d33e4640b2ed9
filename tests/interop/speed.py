"""Times every export and import of a release build, and beside each, in the same run, the library that the format is for.

    python tests/interop/speed.py POSTIL RECORDS.jsonl [--formats xmi,spacy,…] [--articles N] [--keep DIR] [--label-studio-python PYTHON]

`RECORDS.jsonl` is any corpus in `jsonl`: one line an article and annotator. Postil's times are of the whole command: reading the project's RON
files, counting losses, writing; or reading, and writing articles and annotations into a new project. A library's times are of reading the
same export from the disk into its own objects ("import"), and of writing those objects again ("export"): it has no project to read or write.
Seconds are of processor time, all threads together, so that other programs on the machine count less. MB are those of the articles' texts in UTF-8. Peak memory is the process's own. One line of JSON a measurement.

With `--label-studio-python`, Label Studio's library is timed by that Python, since it does not go together with the others.
"""

import argparse
import json
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


def measured(command, **more):
    """Seconds of processor time and peak memory in MB of a command that must go well. The peak is asked of the system while the command runs (Linux): what it
    says afterwards counts this process before it became the command."""
    begun = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryFile() as said:
        child = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=said, **more)
        peak = 0
        while child.poll() is None:
            try:
                status = Path(f"/proc/{child.pid}/status").read_text()
                peak = max([peak, *(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))])
            except OSError:
                pass
            time.sleep(0.005)
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime
        if child.returncode not in (0, 1):
            said.seek(0)
            sys.exit(f"{' '.join(map(str, command))} ended with {child.returncode}:\n{said.read()[-2000:].decode('utf-8', 'replace')}")
    return seconds, peak / 1024


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
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"took": took, "memory": memory}))
        return
    parser = argparse.ArgumentParser()
    parser.add_argument("postil")
    parser.add_argument("records")
    parser.add_argument("--formats", default=",".join(TARGETS))
    parser.add_argument("--articles", type=int, default=0, help="only the first so many lines")
    parser.add_argument("--library-articles", type=int, default=500, help="how many files a library of one file an article is given")
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

    def tell(what, name, seconds, memory, count=articles, library=None):
        share = count / articles
        row = {"what": what, "format": name, "by": library or "postil", "articles": count, "seconds": round(seconds, 2),
               "mb_per_s": round(megabytes * share / seconds, 2), "articles_per_s": round(count / seconds), "peak_mb": round(memory)}
        print(json.dumps(row, ensure_ascii=False), flush=True)

    project = keep / "project"
    if not project.exists():
        subprocess.run([postil, "new", project], check=True, capture_output=True)
        seconds, memory = measured([postil, "import", "jsonl", source, "--project", project])
        tell("import", "jsonl", seconds, memory)
    for name in arguments.formats.split(","):
        out = keep / TARGETS[name].rstrip("/")
        target = str(out) + ("/" if TARGETS[name].endswith("/") else "")
        seconds, memory = measured([postil, "export", name, "--out", target, "--project", project, "--all", "--overwrite"])
        tell("export", name, seconds, memory)
        if name not in ("dna", "jsonl"):
            back = keep / f"back-{name}"
            shutil.rmtree(back, ignore_errors=True)
            subprocess.run([postil, "new", back], check=True, capture_output=True)
            seconds, memory = measured([postil, "import", name, out, "--project", back])
            tell("import", name, seconds, memory)
            shutil.rmtree(back, ignore_errors=True)
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
                    tell("import", name, reading, answer["memory"], count, LIBRARIES[name])
                    if writing:
                        tell("export", name, writing, answer["memory"], count, LIBRARIES[name])
        if not arguments.keep:
            shutil.rmtree(out) if out.is_dir() else out.unlink()
    if not arguments.keep:
        shutil.rmtree(keep)


if __name__ == "__main__":
    main()
