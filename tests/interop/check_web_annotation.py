"""Exports the sample project as web-annotation, expands it with PyLD, loads the triples into an rdflib graph and compares what the graph says
with the jsonl export, span by span.

The context of the standard is not fetched: what an export uses of it stands below, by section 3 of the W3C Recommendation "Web Annotation
Vocabulary" (2017); `--context FILE` takes the standard's own. A name that is not in the context would be dropped in expansion, so names
are counted before and after.

Where the corpora hold the JSON Schemas of the W3C's test suite, every annotation is held against those that speak of what it has.

python tests/interop/check_web_annotation.py --postil BIN [--corpora DIR] [--context FILE]
"""

import json
import sys
from collections import Counter
from pathlib import Path

from pyld import jsonld
from rdflib import Graph, Namespace
from rdflib.namespace import DC, DCTERMS, FOAF, RDF, XSD

from support import Check

OA = Namespace("http://www.w3.org/ns/oa#")
AS = Namespace("http://www.w3.org/ns/activitystreams#")
ADDRESS = "http://www.w3.org/ns/anno.jsonld"


def link(name, kind="@id"):
    return {"@id": name, "@type": kind}


CONTEXT = {
    "@context": {
        "oa": str(OA), "as": str(AS), "dc": str(DC), "dcterms": str(DCTERMS), "foaf": str(FOAF), "rdf": str(RDF),
        "id": "@id", "type": "@type",
        **{name: f"oa:{name}" for name in ("Annotation", "TextualBody", "SpecificResource", "TextPositionSelector", "TextQuoteSelector")},
        "AnnotationPage": "as:OrderedCollectionPage", "Person": "foaf:Person",
        **{name: f"oa:{name}" for name in ("describing", "tagging", "commenting", "linking")},
        "body": link("oa:hasBody"), "target": link("oa:hasTarget"), "source": link("oa:hasSource"), "selector": link("oa:hasSelector"),
        "motivation": link("oa:motivatedBy", "@vocab"), "purpose": link("oa:hasPurpose", "@vocab"),
        "creator": link("dcterms:creator"), "name": "foaf:name",
        "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
        "format": "dc:format", "language": "dc:language", "value": "rdf:value",
        **{name: {"@id": f"oa:{name}", "@type": str(XSD.nonNegativeInteger)} for name in ("start", "end")},
        **{name: f"oa:{name}" for name in ("exact", "prefix", "suffix")},
    }
}

if "--context" in sys.argv:
    at = sys.argv.index("--context")
    CONTEXT = json.loads(Path(sys.argv[at + 1]).read_text("utf-8"))
    del sys.argv[at : at + 2]


def loader(address, _options):
    if address != ADDRESS:
        raise ValueError(f"{address} is not fetched")
    return {"contextUrl": None, "documentUrl": address, "document": CONTEXT}


check = Check("web-annotation")
records = check.records()
path = check.export("web-annotation", "page.jsonld")
page = json.loads(path.read_text("utf-8"))
check.equal("the context", ADDRESS, page["@context"])
check.equal("the kind of page", "AnnotationPage", page["type"])


def names_in(value):
    """How many named values there are; expansion drops those whose names mean nothing."""
    if isinstance(value, dict):
        return sum(1 + names_in(inner) for key, inner in value.items() if key != "@context")
    return sum(map(names_in, value)) if isinstance(value, list) else 0


def expanded_names(value):
    if isinstance(value, dict):
        inner = [] if "@value" in value else value.items()
        return sum((key not in ("@list",)) + expanded_names(each) for key, each in inner)
    return sum(map(expanded_names, value)) if isinstance(value, list) else 0


graph = Graph()
for number, item in enumerate(page["items"]):
    document = {"@context": ADDRESS, **item}
    expanded = jsonld.expand(document, {"documentLoader": loader})
    # What is named by its address alone is an object with an `@id` when it is expanded.
    bare = sum(isinstance(item.get(key), str) for key in ("target", "motivation"))
    bare += sum("purpose" in body for body in item["body"]) + sum("source" in body for body in item["body"])
    bare += sum("source" in target for target in item["target"] if isinstance(target, dict))
    check.equal(f"{item['id']}: names that mean something", names_in(item) + bare, expanded_names(expanded))
    triples = jsonld.to_rdf(expanded, {"format": "application/n-quads", "documentLoader": loader})
    # Nodes without a name are numbered anew in each document.
    graph.parse(data=triples.replace("_:b", f"_:i{number}b"), format="nquads")

schemas = check.corpora / "w3c-web-annotation" / "definitions" if check.corpora else None
if schemas and schemas.is_dir():
    from jsonschema import Draft4Validator
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT4

    files = {file.name: json.loads(file.read_text("utf-8")) for file in schemas.glob("*.json")}
    resources = [(name, Resource(contents=contents, specification=DRAFT4)) for name, contents in files.items()]
    registry = Registry().with_resources(resources)
    MUST = {
        "annotations.json": ("annotationTypeValueFound", "motivationRecognizedIfPresent", "motivationSingularIfPresent"),
        "id.json": ("idValueFound",),
        "otherProperties.json": ("creatorValidIfPresent", "creatorAgentWithNameFound", "creatorAgentWithTypeFound"),
    }
    OF_TARGETS = {"bodyTarget.json": ("targetResourcesFound",)}
    OF_BODIES = {"bodyTarget.json": ("bodyResourcesFound", "formatValidIfPresent", "formatSingularIfPresent", "languageValidIfPresent", "languageSingularIfPresent"),
                 "otherProperties.json": ("purposeRecognizedIfPresent",)}
    OF_SELECTORS = {"specificResource.json": ("textPositionSelectorTypeValidIfPresent", "textQuoteSelectorTypeValidIfPresent")}

    def against(what, value, wanted):
        for file, names in wanted.items():
            for name in names:
                validator = Draft4Validator({"$ref": f"{file}#/definitions/{name}"}, registry=registry)
                check.equal(f"{what}: {name}", [], [fault.message for fault in validator.iter_errors(value)][:1])

    for item in page["items"]:
        against(item["id"], item, MUST)
        for body in item["body"]:
            against(item["id"], body, OF_BODIES)
        for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
            against(item["id"], target, OF_TARGETS)
            for selector in target["selector"] if isinstance(target, dict) else []:
                against(item["id"], selector, OF_SELECTORS)
    check.fact("valid by the W3C test suite's schemas")
else:
    check.fact("left out: the W3C test suite's schemas are not here")


def one(node, name):
    found = list(graph.objects(node, name))
    return found[0] if len(found) == 1 else None


def said(node, purpose, kind=None):
    """The values of bodies with a purpose and a format."""
    bodies = (body for body in graph.objects(node, OA.hasBody) if (body, OA.hasPurpose, OA[purpose]) in graph)
    return [str(one(body, RDF.value)) for body in bodies if kind is None or str(one(body, DC.format)) == kind]


texts, articles = {}, {}
described = [node for node in graph.subjects(OA.motivatedBy, OA.describing)]
for node in described:
    about = json.loads(said(node, "describing", "application/json")[0])
    address = one(node, OA.hasTarget)
    articles[address] = about["article"]
    texts[(about["article"], about["annotator"])] = said(node, "describing", "text/plain")[0]
for key, record in records.items():
    check.equal(f"{key}: the text", record["text"], texts.pop(key, None))
check.equal("texts of nobody", {}, texts)

spans = selectors = fields = 0
names = {}
left = {(key, span["id"]): span for key, record in records.items() for span in record["spans"]}
for node in graph.subjects(OA.motivatedBy, OA.tagging):
    rest = json.loads(said(node, "describing", "application/json")[0])
    sources = {one(target, OA.hasSource) for target in graph.objects(node, OA.hasTarget)}
    check.equal(f"{node}: one source", 1, len(sources))
    key = (articles[sources.pop()], str(one(one(node, DCTERMS.creator), FOAF.name)))
    span = left.pop((key, rest["id"]), None)
    check.true(f"{node} is in the jsonl export", span is not None)
    if span is None:
        continue
    spans += 1
    names[node] = (key, span["id"])
    text = records[key]["text"]
    check.equal(f"{node}: its label", [span["label"]], said(node, "tagging"))
    check.equal(f"{node}: its note", [span["note"]] if span.get("note") else [], said(node, "commenting"))
    check.equal(f"{node}: its fields", span["fields"], rest.get("fields", {}))
    fields += len(span["fields"])
    expected, got = Counter(), Counter()
    for start, end in span["parts"]:
        expected[(start, end, text[start:end], text[max(0, start - 32) : start], text[end : end + 32])] += 1
    for target in graph.objects(node, OA.hasTarget):
        by_kind = {one(selector, RDF.type): selector for selector in graph.objects(target, OA.hasSelector)}
        place, quote = by_kind[OA.TextPositionSelector], by_kind[OA.TextQuoteSelector]
        selectors += 2
        quoted = tuple(str(one(quote, name)) for name in (OA.exact, OA.prefix, OA.suffix))
        got[(one(place, OA.start).toPython(), one(place, OA.end).toPython(), *quoted)] += 1
    check.equal(f"{node}: its places and quotations", expected, got)
check.equal("spans without an annotation", [], list(left))

relations = Counter()
for node in graph.subjects(OA.motivatedBy, OA.linking):
    bodies = [body for body in graph.objects(node, OA.hasBody) if (body, OA.hasPurpose, OA.linking) in graph]
    (origin_key, origin), (_, target) = names[one(node, OA.hasTarget)], names[one(bodies[0], OA.hasSource)]
    relations[(origin_key, said(node, "tagging")[0], origin, target)] += 1
expected = Counter((key, r["label"], r["from"], r["to"]) for key, record in records.items() for r in record["relations"])
check.equal("the relations", expected, relations)

back = check.round_trip("web-annotation", path)
check.equal("round trip: the records", set(records), set(back))
for key, record in records.items():
    check.equal(f"round trip: {key}", record, back.get(key))
check.fact(f"{len(graph)} triples, {spans} spans with {selectors} selectors, {fields} fields, {sum(relations.values())} relations")
check.end()
