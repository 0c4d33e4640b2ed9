"""dna: statements counted by hand from the jsonl export; networks as networkx and igraph read them."""

import igraph
import networkx
import pandas

from support import Check, hull

check = Check("dna")
records = check.records(whose=("--gold",))
folder = check.export("dna", "dna/", whose=("--gold",))
table = pandas.read_csv(folder / "statements.csv", dtype=str, keep_default_na=False)
check.equal("columns", "date document person organization concept agreement text start end".split(), list(table.columns))
expected = []
edges = {}
sides = {}
AGREEMENT = {"for": "1", "against": "0"}
for (article, _), record in records.items():
    by_id = {span["id"]: span for span in record["spans"]}
    for span in record["spans"]:
        for holder in span["fields"].get("holders") or ([{}] if span["fields"].get("issues") else []):
            mention = by_id.get(holder.get("mention"), {})
            actor = holder.get("entity") or mention.get("fields", {}).get("entity") or mention.get("text")
            if actor is None and holder.get("how") == "author":
                actor = record["meta"].get("author") or record["meta"].get("source")
            for issue in span["fields"].get("issues", []):
                agreement = AGREEMENT.get(issue.get("stance"), "")
                start, end = hull(span)
                expected.append((record["meta"].get("date", ""), article, issue["issue"], agreement, str(start), str(end)))
                if actor:
                    edge = edges.setdefault((actor, issue["issue"]), {"1": 0, "0": 0, "": 0})
                    edge[agreement] += 1
                    sides.setdefault(issue["issue"], {}).setdefault(actor, set()).add(agreement)
got = table[["date", "document", "concept", "agreement", "start", "end"]].itertuples(index=False, name=None)
check.equal("statements", sorted(expected), sorted(got))
for row in table.to_dict("records"):
    text = next(record["text"] for (article, _), record in records.items() if article == row["document"])
    if " " not in row["text"] or row["text"] in text:
        check.equal("text", text[int(row["start"]):int(row["end"])], row["text"].lstrip("'"))

two = networkx.read_graphml(folder / "two-mode.graphml")
names = {node: data["name"] for node, data in two.nodes(data=True)}
read = {}
for a, b, data in two.edges(data=True):
    actor, concept = (a, b) if a.startswith("a:") else (b, a)
    read[names[actor], names[concept]] = {"1": data["for"], "0": data["against"], "": data["other"]}
    check.equal("weight", data["for"] - data["against"], data["weight"])
check.equal("edges of two modes", edges, read)

pairs = {}
for actors in sides.values():
    order = sorted(actors)
    for place, a in enumerate(order):
        for b in order[place + 1:]:
            same = len(actors[a] & actors[b] - {""})
            other = ("1" in actors[a] and "0" in actors[b]) + ("0" in actors[a] and "1" in actors[b])
            if same + other:
                congruence, conflict = pairs.get((a, b), (0, 0))
                pairs[a, b] = congruence + same, conflict + other
one = networkx.read_graphml(folder / "one-mode.graphml")
names = {node: data["name"] for node, data in one.nodes(data=True)}
read = {tuple(sorted((names[a], names[b]))): (data["congruence"], data["conflict"]) for a, b, data in one.edges(data=True)}
check.equal("edges of one mode", pairs, read)
for name, graph in (("two-mode", two), ("one-mode", one)):
    same = igraph.Graph.Read_GraphML(str(folder / f"{name}.graphml"))
    check.equal(f"igraph {name}", [graph.number_of_nodes(), graph.number_of_edges()], [same.vcount(), same.ecount()])
check.equal("the table alone", (folder / "statements.csv").read_bytes(), check.export("dna", "alone.csv", whose=("--gold",)).read_bytes())
check.fact(f"{len(expected)} statements, {len(edges)} edges actor-concept, {len(pairs)} edges actor-actor, by pandas, networkx and igraph")
check.end()
