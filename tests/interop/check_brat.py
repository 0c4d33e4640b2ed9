#!/usr/bin/env python3
"""Reads the brat export by the rules of brat's own parser and compares it with the jsonl export, span by span.

brat is no package that can be installed, so its rules are followed here from its documentation and from what its server accepts:
which lines there are, that quotations are exactly what stands at the offsets, that fragments do not overlap, that every id that is
pointed to exists, and that a trigger is pointed to through its event.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

STORED = re.compile(r"^[a-zA-Z0-9_-]+$")


def decode(name):
    return re.sub(r"_U([0-9A-F]{4,6})_", lambda m: chr(int(m[1], 16)), name)


def parse(text, ann, where, faults):
    """Text-bounds, events, relations, attributes, references and notes by id."""
    found = {}
    for number, line in enumerate(ann.splitlines(keepends=False), 1):
        here = f"{where}:{number}"
        columns = line.split("\t", 2)
        kind, data = columns[0], columns[1]
        tail = columns[2] if len(columns) > 2 else ""
        if kind != "*" and kind in found:
            faults.append(f"{here}: {kind} twice")
        if kind[0] == "T":
            label, rest = data.split(" ", 1)
            fragments = [tuple(map(int, pair.split(" "))) for pair in rest.split(";")]
            seen = []
            for start, end in fragments:
                if not 0 <= start < end <= len(text):
                    faults.append(f"{here}: no place in the text")
                if any(end >= a and start < b for a, b in seen):
                    faults.append(f"{here}: fragments overlap")
                seen.append((start, end))
            if tail != " ".join(text[a:b] for a, b in fragments):
                faults.append(f"{here}: quotes {tail!r}")
            found[kind] = ("T", label, fragments)
        elif kind[0] == "E":
            first, *roles = data.split()
            label, trigger = first.split(":")
            found[kind] = ("E", label, trigger, [tuple(role.split(":")) for role in roles])
        elif kind[0] == "R":
            label, one, two = data.split()
            one, two = one.split(":"), two.split(":")
            if one[0] == two[0]:
                faults.append(f"{here}: both arguments have one role")
            found[kind] = ("R", label, one[1], two[1])
        elif kind[0] == "A":
            match = re.match(r"(\S+) (\S+)(?: (.+))?$", data)
            found[kind] = ("A", *match.groups())
        elif kind[0] == "N":
            match = re.match(r"(\S+) (\S+) (\S+?):(\S+)$", data)
            found[kind] = ("N", match[2], match[3], match[4])
        elif kind[0] == "#":
            label, target = data.split()
            found[kind] = ("#", label, target, tail)
        elif kind[0] == "*":
            found[f"*{number}"] = ("*", *data.split())
        else:
            faults.append(f"{here}: unknown line")
    triggers = {entry[2] for entry in found.values() if entry[0] == "E"}
    for key, entry in found.items():
        if entry[0] in "TERA" and not STORED.match(entry[1]):
            faults.append(f"{where} {key}: the type {entry[1]!r} cannot be stored")
        targets = {
            "E": lambda e: [target for _, target in e[3]],
            "R": lambda e: [e[2], e[3]],
            "A": lambda e: [e[2]],
            "N": lambda e: [e[1]],
            "#": lambda e: [e[2]] if e[2] != "document" else [],
            "*": lambda e: list(e[2:]),
            "T": lambda e: [],
        }[entry[0]](entry)
        for target in targets:
            if target not in found:
                faults.append(f"{where} {key}: {target} is not there")
            if target in triggers:
                faults.append(f"{where} {key}: the trigger {target} is pointed to, not its event")
    return found


def fragments_of(text, parts):
    """Parts cut at line breaks, as brat cuts them."""
    found = []
    for start, end in parts:
        for piece in re.finditer(r"[^\n]+", text[start:end]):
            found.append((start + piece.start(), start + piece.end()))
    return found


def compare(record, found, where, faults):
    triggers = {entry[2]: key for key, entry in found.items() if entry[0] == "E"}
    ids = {}
    for key, entry in found.items():
        if entry[0] == "#" and entry[1] == "Postil" and entry[2] != "document":
            ids[entry[2]] = json.loads(entry[3])
    places, spans = {}, []
    for key, entry in found.items():
        if entry[0] != "T":
            continue
        name = triggers.get(key, key)
        rest = ids.get(name, {})
        places[name] = rest.get("id", f"s{key[1:]}")
        fields = dict(rest.get("fields", {}))
        lists = rest.get("lists", [])
        for role, target in found[name][3] if name[0] == "E" else []:
            base = decode(re.sub(r"\d+$", "", role))
            if "-" not in base:
                fields.setdefault(base, []).append(target)
        for other in found.values():
            if other[0] == "A" and other[2] == name:
                value = True if other[3] is None else int(other[3]) if re.fullmatch(r"-?\d+", other[3]) else other[3]
                fields[decode(other[1])] = value
            if other[0] == "N" and other[1] == name and other[2].startswith("Register"):
                fields[decode(other[2][9:]) or "entity"] = other[3]
        spans.append((places[name], decode(entry[1]), entry[2], fields, lists))
    wanted = {
        span["id"]: (span["label"], fragments_of(record["text"], span["parts"]), span["fields"]) for span in record["spans"]
    }
    for key, label, fragments, fields, lists in spans:
        for name, value in list(fields.items()):
            if isinstance(value, list) and value and all(isinstance(v, str) and v in places for v in value):
                linked = [places[v] for v in value]
                fields[name] = linked if name in lists or len(linked) > 1 else linked[0]
        if wanted.get(key) != (label, fragments, fields):
            faults.append(f"{where} {key}: {label, fragments, fields} is not {wanted.get(key)}")
    if len(spans) != len(wanted):
        faults.append(f"{where}: {len(spans)} spans, not {len(wanted)}")
    relations = sorted((decode(e[1]), places[e[2]], places[e[3]]) for e in found.values() if e[0] == "R")
    theirs = sorted((r["label"], r["from"], r["to"]) for r in record["relations"])
    if relations != theirs:
        faults.append(f"{where}: relations {relations} are not {theirs}")
    return len(spans) + len(relations)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--postil", required=True)
    parser.add_argument("--project", default=str(pathlib.Path(__file__).parents[2]))
    parser.add_argument("--corpora")
    arguments = parser.parse_args()
    faults, compared = [], 0
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)

        def export(kind, out):
            command = [arguments.postil, "export", kind, "--out", str(out), "--project", arguments.project, "--all"]
            subprocess.run(command, check=True, capture_output=True)

        export("jsonl", folder / "a.jsonl")
        export("brat", folder / "brat")
        lines = (folder / "a.jsonl").read_text(encoding="utf-8").splitlines()
        records = {(r["article"], r["annotator"]): r for r in map(json.loads, lines)}
        conf = (folder / "brat/annotation.conf").read_text(encoding="utf-8")
        declared = set(re.findall(r"^([A-Za-z0-9_-]+)(?:\s|$)", conf, re.M))
        for path in sorted((folder / "brat").rglob("*.ann")):
            text = path.with_suffix(".txt").read_text(encoding="utf-8")
            where = str(path.relative_to(folder))
            found = parse(text, path.read_text(encoding="utf-8"), where, faults)
            about = [json.loads(e[3]) for e in found.values() if e[0] == "#" and e[2] == "document"][0]
            record = records.pop((about["article"], about["annotator"]))
            if record["text"] != text:
                faults.append(f"{where}: another text")
            compared += compare(record, found, where, faults)
            for entry in found.values():
                if entry[0] in "TERA" and entry[1] not in declared:
                    faults.append(f"{where}: {entry[1]} is not in annotation.conf")
        for key in records:
            faults.append(f"{key} was not exported")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"brat: {compared} spans and relations compared, {len(faults)} differences")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
