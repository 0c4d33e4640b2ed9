"""Exports the sample project as refi-qda and compares archive, project file and codebook with the jsonl export.

- the archive: `project.qde`, and a text for each source, each by its identifier;
- `project.qde` and `codebook.qdc` against the official XML schemas, where the corpora hold them;
- identifiers: well-formed, none twice, every reference leads to something of the right kind;
- texts, selections, codes, users, notes, cases, links one by one, positions counted in UTF-16;
- the export imported again.

python tests/interop/check_refi_qda.py --postil BIN [--corpora DIR]
"""

import json
import re
import zipfile

from lxml import etree

from support import Check, hull, utf16

check = Check("refi-qda")
records = check.records()
folder = check.export("refi-qda", "qda/")
archive = zipfile.ZipFile(folder / "project.qdpx")
check.equal("damaged files of the archive", None, archive.testzip())
names = set(archive.namelist())
project = etree.fromstring(archive.read("project.qde"))
codebook = etree.fromstring((folder / "codebook.qdc").read_bytes())
Q = "{urn:QDA-XML:project:1.0}"

schemas = check.corpora / "refi-qda" / "schema" if check.corpora else None
if schemas and schemas.is_dir():
    for name, document in (("Project.xsd", project), ("Codebook.xsd", codebook)):
        schema = etree.XMLSchema(etree.parse(str(schemas / name)))
        schema.validate(document)
        check.equal(f"against {name}", [], [f"line {fault.line}: {fault.message}" for fault in schema.error_log][:5])
    check.fact("valid against Project.xsd and Codebook.xsd")
else:
    check.fact("left out: the XML schemas are not here")

GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
by_guid = {}
for element in project.iter():
    guid = element.get("guid")
    if guid is not None:
        check.true(f"{guid} is well-formed", GUID.fullmatch(guid))
        check.true(f"{guid} is there once", guid not in by_guid)
        by_guid[guid] = element
kinds = {
    "CodeRef": {"Code"}, "NoteRef": {"Note"}, "SelectionRef": {"PlainTextSelection"}, "SourceRef": {"TextSource"},
    "VariableRef": {"Variable"}, "Link": {"PlainTextSelection"},
}
for element in project.iter():
    kind = etree.QName(element).localname
    for attribute in ("targetGUID", "originGUID"):
        if attribute in element.attrib:
            target = by_guid.get(element.get(attribute))
            there = None if target is None else etree.QName(target).localname
            check.true(f"{kind} leads to {there}", there in kinds[kind])
    user = element.get("creatingUser")
    check.true("users are known", user is None or by_guid[user].tag == Q + "User")


def inner(element, name):
    found = element.find(Q + name)
    return "" if found is None else "".join(found.itertext())


users = {user.get("guid"): user.get("name") for user in project.iter(Q + "User")}
check.equal("the users", {annotator for _, annotator in records}, set(users.values()))
sources = {source.get("name"): source for source in project.iter(Q + "TextSource")}
check.equal("the sources", {article for article, _ in records}, set(sources))
wanted = {"project.qde"} | {"sources/" + source.get("plainTextPath").removeprefix("internal://") for source in sources.values()}
check.equal("the files of the archive", wanted, names)
terms = {code.get("name") for parent in project.iter(Q + "Code") if parent.get("isCodable") == "false" for code in parent.iter(Q + "Code")}
spans = codings = notes = 0
selections = {}
for article, source in sources.items():
    text = archive.read("sources/" + source.get("plainTextPath").removeprefix("internal://")).decode("utf-8")
    left = {}
    for (of, annotator), record in records.items():
        if of == article:
            check.equal(f"{article}: the text", record["text"], text)
            left.update({(annotator, span["id"]): span for span in record["spans"]})
    units = text.encode("utf-16-le")
    for selection in source.iter(Q + "PlainTextSelection"):
        rest = json.loads(inner(selection, "Description"))
        annotator = users[selection.get("creatingUser")]
        span = left.pop((annotator, rest["id"]), None)
        where = f"{article} {annotator} {rest['id']}"
        check.true(f"{where} is in the jsonl export", span is not None)
        if span is None:
            continue
        spans += 1
        selections[(article, annotator, span["id"])] = selection.get("guid")
        start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
        first, last = hull(span)
        check.equal(f"{where}: its place", (utf16(text, first), utf16(text, last)), (start, end))
        check.equal(f"{where}: its words", text[first:last], units[2 * start : 2 * end].decode("utf-16-le"))
        codes = [by_guid[ref.get("targetGUID")] for ref in selection.iter(Q + "CodeRef")]
        codings += len(codes)
        check.equal(f"{where}: its label", span["label"], codes[0].get("name"))
        besides = [code.get("name") for code in codes[1:]]
        said = json.dumps(span["fields"], ensure_ascii=False)
        check.true(f"{where}: {besides} are among its fields", all(json.dumps(name, ensure_ascii=False) in said for name in besides))
        for issue in span["fields"].get("issues", []):
            check.true(f"{where}: {issue['issue']} is a code", issue["issue"] in besides or issue["issue"] not in terms)
        for field in ("kind", "act"):
            value = span["fields"].get(field)
            check.true(f"{where}: {field} is a code", value is None or value in besides)
        refs = [by_guid[ref.get("targetGUID")] for ref in selection.findall(Q + "NoteRef")]
        check.equal(f"{where}: its note", span.get("note", ""), "".join(inner(note, "PlainTextContent") for note in refs))
        notes += len(refs)
        # Stretches among the fields count the text's unit too; without one the fields are the same.
        if "[[" not in said:
            check.equal(f"{where}: its fields", span["fields"], rest.get("fields", {}))
    check.equal(f"{article}: spans without a selection", [], list(left))

links = set()
for link in project.iter(Q + "Link"):
    links.add((link.get("name"), link.get("originGUID"), link.get("targetGUID")))
wanted = {
    (relation["label"], selections[(article, annotator, relation["from"])], selections[(article, annotator, relation["to"])])
    for (article, annotator), record in records.items()
    for relation in record["relations"]
}
check.equal("the links", wanted, links)
cases = {}
for case in project.iter(Q + "Case"):
    cases[inner(case, "Description")] = {ref.get("targetGUID") for ref in case.iter(Q + "SelectionRef")}
for (article, annotator), record in records.items():
    for span in record["spans"]:
        entity = span["fields"].get("entity")
        if isinstance(entity, str):
            check.true(f"{article} {span['id']} is of the case {entity}", selections[(article, annotator, span["id"])] in cases[entity])
labels = {span["label"] for record in records.values() for span in record["spans"]}
there = {code.get("name") for code in codebook.iter("{urn:QDA-XML:codebook:1.0}Code")}
check.equal("codes of the codebook alone", {code.get("name") for code in project.iter(Q + "Code")}, there)
check.true("every label is a code", labels <= there)

back = check.round_trip("refi-qda", folder / "project.qdpx")
check.equal("round trip: the records", set(records), set(back))
for key, record in records.items():
    check.equal(f"round trip: {key}", record, back.get(key))
check.fact(f"{len(sources)} sources, {spans} selections with {codings} codings, {len(links)} links, {notes} notes, {len(cases)} cases, {len(there)} codes")
check.end()
