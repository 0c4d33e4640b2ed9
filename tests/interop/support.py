"""What the checks of tests/interop share: running postil, the jsonl export as the measure, counting differences.

A check is a script that exports the sample project (the repository itself), reads the export with the program that the format is for, and
compares it with the `jsonl` export. It prints one line and ends with 1 if anything differs.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]

# Where the real data sets lie if nobody says: beside the repository, as the other tests have it.
BESIDE = REPOSITORY.parent / "shared" / "corpora"

# Nothing that a check loads may ask the network for anything.
for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE", "HF_HUB_DISABLE_TELEMETRY"):
    os.environ.setdefault(name, "1")


class Check:
    """One run of a check: its arguments, a folder of its own, what was compared and what differed."""

    def __init__(self, name):
        parser = argparse.ArgumentParser()
        parser.add_argument("--postil", required=True, help="the program")
        parser.add_argument("--corpora", default=os.environ.get("POSTIL_CORPORA", BESIDE), help="folder of real data sets, if there is one")
        parser.add_argument("--project", default=str(REPOSITORY), help="the project to export")
        self.arguments = parser.parse_args()
        self.postil = str(Path(self.arguments.postil).resolve())
        self.project = self.arguments.project
        self.corpora = Path(self.arguments.corpora) if Path(self.arguments.corpora).is_dir() else None
        self.name = name
        self.compared = 0
        self.different = []
        self.facts = []
        self._folder = tempfile.TemporaryDirectory(prefix="postil-check-")
        self.folder = Path(self._folder.name)
        os.environ.setdefault("HF_HOME", str(self.folder / "hf"))

    def run(self, *arguments, code=0):
        """Runs postil and gives what it said."""
        done = subprocess.run([self.postil, *map(str, arguments)], capture_output=True, text=True, cwd=self.folder)
        if done.returncode != code:
            sys.exit(f"{self.name}: postil {' '.join(map(str, arguments))} ended with {done.returncode}:\n{done.stderr}")
        return done

    def export(self, form, out, *more, whose=("--all",), project=None):
        """Exports into a path of this check's folder."""
        out = self.folder / out
        self.run("export", form, "--out", out, "--project", project or self.project, *whose, *more)
        return out

    def records(self, whose=("--all",), project=None, name="measure.jsonl"):
        """The jsonl export, by article and annotator."""
        path = self.folder / name
        if path.exists():
            path.unlink()
        self.export("jsonl", name, whose=whose, project=project)
        with open(path, encoding="utf-8") as lines:
            all_records = [json.loads(line) for line in lines]
        return {(record["article"], record["annotator"]): record for record in all_records}

    def round_trip(self, form, source, *more, lists=True):
        """Imports an export into a new project and gives its jsonl records."""
        project = self.folder / f"back-{form}"
        self.run("new", project)
        if lists:
            sample = REPOSITORY / "assets" / "sample"
            for name in ("register.ron", "codebook.ron"):
                (project / name).write_bytes((sample / name).read_bytes())
        self.run("import", form, source, "--project", project, *more)
        return self.records(project=project, name=f"back-{form}.jsonl")

    def equal(self, what, expected, got):
        """Compares two values."""
        self.compared += 1
        if expected != got:
            self.different.append(f"{what}: expected {shortened(expected)}, got {shortened(got)}")

    def true(self, what, holds):
        self.equal(what, True, bool(holds))

    def fact(self, what):
        """Something to tell in the summary."""
        self.facts.append(what)

    def end(self):
        """Prints the summary and ends the program."""
        for difference in self.different[:20]:
            print(f"  {difference}", file=sys.stderr)
        more = len(self.different) - 20
        if more > 0:
            print(f"  … and {more} more", file=sys.stderr)
        verdict = "differs" if self.different else "ok"
        facts = "; ".join(self.facts)
        print(f"{self.name}: {verdict}, {self.compared} comparisons, {len(self.different)} different; {facts}")
        sys.exit(1 if self.different else 0)


def shortened(value):
    text = repr(value)
    return text if len(text) < 200 else text[:200] + "…"


def utf16(text, offset):
    """How many UTF-16 units lie before a code point."""
    return len(text[:offset].encode("utf-16-le")) // 2


def hull(span):
    return min(part[0] for part in span["parts"]), max(part[1] for part in span["parts"])


def without_null(value):
    """A value as jsonl has it: what is unset is not there."""
    if isinstance(value, dict):
        return {key: without_null(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [without_null(inner) for inner in value]
    return value
