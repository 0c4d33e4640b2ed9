#!/usr/bin/env python3
"""Recomputes what `postil agree` says with other people's libraries, on generated projects. Ends with 1 if a figure is off.

  compare.py POSTIL        (pip install -r requirements.txt)

scikit-learn (Cohen), statsmodels (Fleiss), krippendorff (nominal, ordinal; α by MASI by its formula over a distance of our own),
krippendorff-unitized-alpha, nervaluate (strict F1), seqeval (F1 of each label), scipy (largest and heaviest matchings): to 1e-9. pygamma-agreement: within its sampling error.
"""
import itertools
import logging
import sys
import tempfile
import warnings

import krippendorff
import numpy as np
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import fleiss_kappa

import project as p

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
worst, compared, failed = {}, 0, 0


def check(what, found, expected, tolerance=1e-9):
    global compared, failed
    compared += 1
    if expected is None or (isinstance(expected, float) and np.isnan(expected)):
        good, off = found is None, 0.0
    else:
        off = abs(found - expected) if found is not None else float("inf")
        good = off <= tolerance
    name = what.split("|")[0]
    worst[name] = max(worst.get(name, 0.0), off)
    if not good:
        failed += 1
        print(f"OFF {what}: postil {found}, judge {expected}")


def figure(document, **wanted):
    for metric in document["metrics"]:
        if all(metric.get(k) == v for k, v in wanted.items()) and ("field" in wanted or "field" not in metric):
            return metric
    raise SystemExit(f"missing: {wanted}")


def numbers(rows):
    """Categories as numbers, None as nan."""
    known = {}
    return np.array([[np.nan if c is None else known.setdefault(c, len(known)) for c in row] for row in rows], dtype=float)


def alpha(rows, level="nominal"):
    try:
        return float(krippendorff.alpha(reliability_data=np.array(rows, dtype=float), level_of_measurement=level))
    except ValueError:
        return None


def rows_of(found, annotators, unit, label):
    """For each annotator the category of each unit; None where there is no record."""
    rows = {a: [] for a in annotators}
    for records in found.values():
        text = next(iter(records.values()))["text"]
        units = p.tokens(text) if unit == "token" else [(i, i + 1) for i in range(len(text))]
        for a in annotators:
            if a not in records:
                rows[a] += [None] * len(units)
                continue
            sets = p.coded(records[a], units)
            rows[a] += [(label in s) if label != "*" else s for s in sets]
    return [rows[a] for a in annotators]


def naming(document, annotators, unit, label, rows):
    values = numbers(rows)
    for one, other in itertools.combinations(range(len(annotators)), 2):
        pair = [annotators[one], annotators[other]]
        both = ~np.isnan(values[one]) & ~np.isnan(values[other])
        a, b = values[one][both], values[other][both]
        what = f"{unit} {label} {pair}"
        check(f"observed|{what}", figure(document, name="observed", unit=unit, label=label, annotators=pair)["value"], float(np.mean(a == b)))
        kappa = float(cohen_kappa_score(a.astype(int), b.astype(int)))
        check(f"cohen|{what}", figure(document, name="cohen_kappa", unit=unit, label=label, annotators=pair)["value"], kappa)
        check(f"alpha|{what}", figure(document, name="krippendorff_alpha", unit=unit, label=label, annotators=pair)["value"],
              alpha([a, b]))
    if len(annotators) > 2:
        full = values[:, ~np.isnan(values).any(axis=0)].astype(int)
        table = np.stack([(full == c).sum(axis=0) for c in range(full.max() + 1)], axis=1)
        check(f"fleiss|{unit} {label}", figure(document, name="fleiss_kappa", unit=unit, label=label, annotators=annotators)["value"],
              float(fleiss_kappa(table)))
        check(f"alpha|{unit} {label} all", figure(document, name="krippendorff_alpha", unit=unit, label=label, annotators=annotators)["value"],
              alpha(values))


def overlap(one, other):
    return max(0, min(one["end"], other["end"]) - max(one["start"], other["start"]))


def matching(ones, others, weight):
    """The heaviest one-to-one matching, as pairs with a weight."""
    if not ones or not others:
        return []
    table = np.array([[weight(a, b) for b in others] for a in ones], dtype=float)
    left, right = linear_sum_assignment(-table)
    return [(ones[i], others[j]) for i, j in zip(left, right) if table[i, j] > 0]


def finding(document, found, pair):
    one, other = pair
    both = [(r[one]["spans"], r[other]["spans"]) for r in found.values() if one in r and other in r]
    for label in ("*",) + p.LABELS:
        chosen = [[[s for s in side if label in ("*", s["label"])] for side in sides] for sides in both]
        reference, system = sum(len(a) for a, _ in chosen), sum(len(b) for _, b in chosen)
        key = lambda s: (s["start"], s["end"], s["label"])
        exact = sum(len({key(s) for s in a} & {key(s) for s in b}) for a, b in chosen)
        # Largest first, then as many equal borders as can be.
        largest = [
            matching(a, b, lambda x, y: (x["label"] == y["label"] and overlap(x, y) > 0) * (1000 + (key(x) == key(y)))) for a, b in chosen
        ]
        pairs = [pair for article in largest for pair in article]
        half = sum(1.0 if key(x) == key(y) else 0.5 for x, y in pairs)
        for match, right in (("exact", exact), ("overlap", len(pairs)), ("partial", half)):
            metric = figure(document, name="f1", match=match, label=label, annotators=pair)
            check(f"f1 {match}|{label} {pair}", metric["value"], 2 * right / (reference + system))
            check(f"f1 {match}|{label} {pair} precision", metric["precision"], right / system)
            check(f"f1 {match}|{label} {pair} recall", metric["recall"], right / reference)
        labels = p.LABELS if label == "*" else (label,)
        cover = lambda side, l: {at for s in side if s["label"] == l for at in range(s["start"], s["end"])}
        sums = [0, 0, 0]
        for a, b in chosen:
            for l in labels:
                x, y = cover(a, l), cover(b, l)
                sums = [sums[0] + len(x & y), sums[1] + len(x), sums[2] + len(y)]
        check(f"f1 character|{label} {pair}", figure(document, name="f1", match="character", label=label, annotators=pair)["value"],
              2 * sums[0] / (sums[1] + sums[2]))
    triples = [[{(h["entity"], i["issue"], i["stance"]) for s in side if s["label"] == "position" for h in s["fields"]["holders"]
                 for i in s["fields"]["issues"]} for side in sides] for sides in both]
    right = sum(len(a & b) for a, b in triples)
    check(f"frames|{pair}", figure(document, name="frame_f1", label="*", annotators=pair)["value"],
          2 * right / sum(len(a) + len(b) for a, b in triples))


def flat(made):
    """The records without spans that overlap others: what these libraries are made for."""
    for record in made:
        kept, last = [], 0
        for s in record["spans"]:
            if s["start"] >= last:
                kept.append(s)
                last = s["end"]
        record["spans"] = kept
    return made


def as_ner(record):
    """Its spans as nervaluate wants them, the end within."""
    return [{"label": s["label"], "start": s["start"], "end": s["end"] - 1} for s in record["spans"]]


def as_bio(record):
    """A tag for each code point, as IOB2. seqeval knows no units but those of a sequence, so that borders inside a token count too."""
    tags = ["O"] * len(record["text"])
    for s in record["spans"]:
        tags[s["start"]:s["end"]] = ["B-" + s["label"]] + ["I-" + s["label"]] * (s["end"] - s["start"] - 1)
    return tags


def sequences(postil):
    """seqeval, strict on IOB2, all labels together and each by itself."""
    from seqeval.metrics.v1 import precision_recall_fscore_support
    from seqeval.scheme import IOB2
    made = flat(p.records(29, ["a", "b"], 15))
    with tempfile.TemporaryDirectory() as folder:
        document = p.agree(postil, p.project(postil, folder, made), "--metrics", "f1", "--replicates", "0")
    both = [(as_bio(r["a"]), as_bio(r["b"])) for r in p.by_article(made).values()]
    truth, found = [a for a, _ in both], [b for _, b in both]
    each = precision_recall_fscore_support(truth, found, scheme=IOB2, average=None)
    every = precision_recall_fscore_support(truth, found, scheme=IOB2, average="micro")
    rows = [("*", [float(x) for x in every[:3]], None)]
    rows += [(label, [float(x[n]) for x in each[:3]], int(each[3][n])) for n, label in enumerate(sorted(p.LABELS))]
    for label, (precision, recall, f1), support in rows:
        metric = figure(document, name="f1", match="exact", label=label)
        check(f"seqeval F1|{label}", metric["value"], f1)
        check(f"seqeval precision|{label}", metric["precision"], precision)
        check(f"seqeval recall|{label}", metric["recall"], recall)
        if support is not None:
            check(f"seqeval support|{label}", metric["support"], support)


def strict(postil):
    """nervaluate looks for the first span that fits, so it is right only where spans do not overlap within an annotator."""
    from nervaluate.evaluator import Evaluator
    made = flat(p.records(23, ["a", "b"], 15))
    with tempfile.TemporaryDirectory() as folder:
        document = p.agree(postil, p.project(postil, folder, made), "--metrics", "f1", "--replicates", "0")
    both = [(as_ner(r["a"]), as_ner(r["b"])) for r in p.by_article(made).values()]
    result = Evaluator([a for a, _ in both], [b for _, b in both], tags=list(p.LABELS), loader="dict").evaluate()["overall"]["strict"]
    metric = figure(document, name="f1", match="exact", label="*")
    check("nervaluate strict|precision", metric["precision"], result.correct / result.actual)
    check("nervaluate strict|recall", metric["recall"], result.correct / result.possible)


def masi(a, b):
    if a == b:
        return 0.0
    shared = len(a & b)
    return 1 - shared / len(a | b) * (2 / 3 if a <= b or b <= a else 1 / 3 if shared else 0)


def by_formula(units, distance):
    """Krippendorff's α of pairs with any distance."""
    values = [v for unit in units for v in unit]
    n = len(values)
    observed = sum(distance(*unit) for unit in units) * 2 / n
    expected = sum(distance(a, b) for a in values for b in values) / (n * (n - 1))
    return 1 - observed / expected


def matched(document, found, pair):
    one, other = pair
    # Heaviest by shared code points; then equal borders, then as little as possible that only one covers, then the label.
    def weight(a, b):
        shared = overlap(a, b)
        same = (a["start"], a["end"]) == (b["start"], b["end"])
        alone = a["end"] - a["start"] + b["end"] - b["start"] - 2 * shared
        return shared * 1e8 + same * 1e6 - alone * 1e2 + (a["label"] == b["label"]) if shared else 0
    pairs = [m for r in found.values() if one in r and other in r for m in matching(r[one]["spans"], r[other]["spans"], weight)]
    values = numbers([[a["label"] for a, _ in pairs], [b["label"] for _, b in pairs]])
    check(f"matched cohen|{pair}", figure(document, name="cohen_kappa", unit="matched", label="*", annotators=pair)["value"],
          float(cohen_kappa_score(values[0].astype(int), values[1].astype(int))))
    check(f"matched alpha|{pair}", figure(document, name="krippendorff_alpha", unit="matched", label="*", annotators=pair)["value"], alpha(values))
    of = [(a["fields"], b["fields"]) for a, b in pairs if a["label"] == b["label"] == "position"]
    acts = numbers([[a["act"] for a, _ in of], [b["act"] for _, b in of]]).astype(int)
    check(f"field cohen|{pair}", figure(document, name="cohen_kappa", field="act", label="position", annotators=pair)["value"],
          float(cohen_kappa_score(acts[0], acts[1])))
    check(f"ordinal alpha|{pair}", figure(document, name="krippendorff_alpha", field="confidence", label="position", annotators=pair)["value"],
          alpha([[a["confidence"] for a, _ in of], [b["confidence"] for _, b in of]], "ordinal"))
    for field, key in (("holders", "entity"), ("issues", "issue")):
        sets = [tuple(frozenset(x[key] for x in side[field]) for side in sides) for sides in of]
        check(f"masi|{field} {pair}", figure(document, name="alpha_masi", field=field, label="position", annotators=pair)["value"],
              by_formula(sets, masi))


def unitizing(document, found, annotators, label):
    """The formula of 2016, over one continuum after the other; and the library where there is one article."""
    observed, length, used, own = 0.0, 0.0, {}, {}
    for records in found.values():
        present = [a for a in annotators if a in records]
        if len(present) < 2:
            continue
        text = records[present[0]]["text"]
        units = [(i, i + 1) for i in range(len(text))]
        rows = []
        for a in present:
            spans = [s for s in records[a]["spans"] if label in ("*", s["label"])]
            sets = p.coded({"spans": spans}, units)
            rows.append(sets)
            borders = sorted({0, len(text)} | {b for s in spans for b in (s["start"], s["end"])})
            for start, end in itertools.pairwise(borders):
                category, long = sets[start], end - start
                used[category] = used.get(category, 0) + long
                own[category] = own.get(category, 0) + (long ** 2 if category else long)
        length += len(text) * len(present)
        for column in zip(*rows):
            observed += sum(x != y for x, y in itertools.permutations(column, 2)) / (len(present) - 1)
    expected = length - sum(length * (used[c] ** 2 - own[c]) / (length ** 2 - sum(own.values())) for c in used)
    check(f"alpha_u|{label} {annotators}", figure(document, name="krippendorff_alpha_u", label=label, annotators=annotators)["value"],
          1 - observed / expected)


def unitized_library(postil):
    from krippendorff_unitized_alpha.krippendorffs_unitized_alpha import KrippendorffUnitizedAlpha, Segment
    made = flat(p.records(41, ["a", "b", "c"], 1, words=80, count=6))
    rows = {}
    for record in made:
        segments, at = [], 0
        for s in record["spans"]:
            if s["start"] > at:
                segments.append(Segment("_empty", at, s["start"]))
            segments.append(Segment(s["label"], s["start"], s["end"]))
            at = s["end"]
        if at < len(record["text"]):
            segments.append(Segment("_empty", at, len(record["text"])))
        rows[record["annotator"]] = segments
    with tempfile.TemporaryDirectory() as folder:
        document = p.agree(postil, p.project(postil, folder, made), "--metrics", "krippendorff_alpha_u", "--replicates", "0")
    check("krippendorff-unitized-alpha|all", figure(document, label="*", annotators=["a", "b", "c"])["value"],
          float(KrippendorffUnitizedAlpha(rows).result))


def gamma(postil):
    from pyannote.core import Segment
    from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum
    for annotators in (["a", "b"], ["a", "b", "c"]):
        made = p.records(7, annotators, 1, words=70, count=9)
        continuum = Continuum()
        for record in made:
            for s in record["spans"]:
                continuum.add(record["annotator"], Segment(s["start"], s["end"]), s["label"])
        with tempfile.TemporaryDirectory() as folder:
            root = p.project(postil, folder, made)
            document = p.agree(postil, root, "--metrics", "gamma,gamma_cat", "--replicates", "0", "--gamma-precision", "0.01")
        np.random.seed(1)
        judge = continuum.compute_gamma(CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1), precision_level=0.02)
        # Both expected disorders are known to 1 and 2 % of themselves at 95 %.
        room = 2 * (0.01 + 0.02) * judge.observed_disorder / judge.expected_disorder
        check(f"gamma (within sampling error)|{annotators}", figure(document, name="gamma", label="*", annotators=annotators)["value"],
              float(judge.gamma), room)
        check(f"gamma_cat (within sampling error)|{annotators}", figure(document, name="gamma_cat", label="*", annotators=annotators)["value"],
              float(judge.gamma_cat), 0.06)


def main(postil):
    for seed, annotators, articles, missing in ((1, ["a", "b"], 12, 0.0), (2, ["a", "b", "c"], 9, 0.25), (3, ["a", "b", "c", "d", "e"], 6, 0.15)):
        made = p.records(seed, annotators, articles, missing=missing)
        found = p.by_article(made)
        with tempfile.TemporaryDirectory() as folder:
            document = p.agree(postil, p.project(postil, folder, made), "--replicates", "0", "--metrics",
                               "observed,cohen_kappa,fleiss_kappa,krippendorff_alpha,krippendorff_alpha_u,f1,alpha_masi,frame_f1")
        for label in ("*",) + p.LABELS:
            for unit in ("token", "character"):
                naming(document, annotators, unit, label, rows_of(found, annotators, unit, label))
            unitizing(document, found, annotators, label)
        for pair in map(list, itertools.combinations(annotators, 2)):
            finding(document, found, pair)
            matched(document, found, pair)
    strict(postil)
    sequences(postil)
    unitized_library(postil)
    gamma(postil)
    for name, off in worst.items():
        print(f"{name}: greatest difference {off:.2e}")
    print(f"{compared} figures compared, {failed} off")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
