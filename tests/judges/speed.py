#!/usr/bin/env python3
"""Times Postil and the Python libraries on generated projects, in one run. One line of JSON a measurement.

  speed.py POSTIL BENCH        (release builds; BENCH is the program that `cargo bench --bench agreement --no-run` names)

Like is held against like:
- `memory`: the figure alone, on both sides from arrays or objects that are ready;
- `file`: the same with the reading of one file, the same for both: one annotator's categories a line;
- `records`: all the way from what annotators saved. Postil is started, reads its project (a file for each article and annotator), finds the units
  and says its figures as JSON; Python, already started, reads the same spans from one file of JSON lines, finds the units with numpy and calls
  the library.

Where Postil's way cannot leave it out it gives more than the library: every pair, each label by itself, tokens and matched spans too.
"""
import itertools
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
import warnings

import krippendorff
import numpy as np
from nervaluate.evaluator import Evaluator
from pyannote.core import Segment
from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum
from seqeval.metrics.sequence_labeling import precision_recall_fscore_support
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

import project as p
from compare import as_bio, as_ner, flat

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)


def timed(work):
    """The least of three: what else the machine does only adds."""
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
        if times[-1] > 20:
            break
    return min(times)


def command(postil, root, metrics, *more):
    return timed(lambda: p.agree(postil, root, "--metrics", metrics, "--replicates", "0", *more))


def bench(program, *arguments):
    run = subprocess.run([program, *arguments], check=True, capture_output=True, text=True)
    return json.loads(run.stdout)


def tell(what, size, **ways):
    """Each way is a pair of seconds: the library's, Postil's."""
    row = {"what": what, "size": size}
    for way, (judge, own) in ways.items():
        row[way] = {"library": float(f"{judge:.4g}"), "postil": float(f"{own:.4g}"), "times": float(f"{judge / own:.3g}")}
    print(json.dumps(row, ensure_ascii=False), flush=True)


def read_records(source):
    with open(source, encoding="utf-8") as lines:
        return p.by_article([json.loads(line) for line in lines])


def units_of(found, annotators):
    """The set of labels on each code point as a number, as quick as numpy does it."""
    rows = []
    for a in annotators:
        pieces = []
        for records in found.values():
            codes = np.zeros(len(records[a]["text"]), dtype=np.int64)
            for s in records[a]["spans"]:
                codes[s["start"]:s["end"]] |= 1 << p.LABELS.index(s["label"])
            pieces.append(codes)
        rows.append(np.concatenate(pieces))
    return np.array(rows)


def read_coded(file):
    with open(file, encoding="ascii") as lines:
        return np.array([np.fromstring(line, dtype=np.int64, sep=" ") for line in lines])


NAMING = (
    ("cohen_kappa", "Cohen's κ, 10 pairs: scikit-learn", lambda v: [cohen_kappa_score(a, b) for a, b in itertools.combinations(v, 2)]),
    ("fleiss_kappa", "Fleiss' κ: statsmodels", lambda v: [fleiss_kappa(aggregate_raters(v.T)[0])]),
    ("krippendorff_alpha", "α: krippendorff", lambda v: [krippendorff.alpha(reliability_data=v.astype(float), level_of_measurement="nominal")]),
)


def naming(programs):
    postil, program = programs
    annotators = ["a", "b", "c", "d", "e"]
    made = p.records(5, annotators, 200, words=500, count=40)
    values = units_of(p.by_article(made), annotators)
    size = f"200 articles × 5 annotators, {values.shape[1]:,} code points"
    with tempfile.TemporaryDirectory() as folder:
        root = p.project(postil, folder, made)
        records = os.path.join(folder, "in.jsonl")
        file = os.path.join(folder, "coded.txt")
        with open(file, "w", encoding="ascii") as out:
            out.writelines(" ".join(map(str, row)) + "\n" for row in values)
        for metric, what, judge in NAMING:
            own = bench(program, "coded", file, metric)
            same(what, own["values"], judge(values))
            tell(what, size,
                 memory=(timed(lambda: judge(values)), own["seconds"]),
                 file=(timed(lambda: judge(read_coded(file))), own["seconds_with_reading"]),
                 records=(timed(lambda: judge(units_of(read_records(records), annotators))), command(postil, root, metric)))
        scale = np.random.default_rng(1).integers(1, 6, size=200_000)
        ranks = np.clip(scale + np.random.default_rng(2).integers(-1, 2, size=(5, scale.size)), 1, 5)
        np.savetxt(file, ranks, fmt="%d")
        ordinal = lambda v: [krippendorff.alpha(reliability_data=v.astype(float), level_of_measurement="ordinal")]
        own = bench(program, "coded", file, "alpha_ordinal")
        same("ordinal α", own["values"], ordinal(ranks))
        tell("ordinal α: krippendorff", "5 annotators, 200,000 units",
             memory=(timed(lambda: ordinal(ranks)), own["seconds"]),
             file=(timed(lambda: ordinal(read_coded(file))), own["seconds_with_reading"]))


def same(what, found, expected):
    off = max(abs(a - b) for a, b in zip(found, expected, strict=True))
    if off > 1e-9:
        raise SystemExit(f"{what}: Postil and the library differ by {off}")


def finding(programs):
    postil, program = programs
    made = flat(p.records(23, ["a", "b"], 1000, words=500, count=40))
    both = [(r["a"], r["b"]) for r in p.by_article(made).values()]
    size = f"1,000 articles × 2 annotators, {sum(len(a['spans']) + len(b['spans']) for a, b in both):,} spans"
    with tempfile.TemporaryDirectory() as folder:
        root = p.project(postil, folder, made)
        records = os.path.join(folder, "in.jsonl")
        own, whole = bench(program, "project", root, "f1")["seconds"], command(postil, root, "f1")
        each = lambda coded: [[coded(r[a]) for r in read_records(records).values()] for a in "ab"]
        spans = lambda sides: Evaluator(*sides, tags=list(p.LABELS), loader="dict").evaluate()
        ner = each(as_ner)
        tell("F1 strict, exact, partial, by type: nervaluate", size,
             memory=(timed(lambda: spans(ner)), own), records=(timed(lambda: spans(each(as_ner))), whole))
        tags = lambda sides: (precision_recall_fscore_support(*sides, average="micro"), precision_recall_fscore_support(*sides))
        bio = each(as_bio)
        tell("F1 exact, all and by label: seqeval", size,
             memory=(timed(lambda: tags(bio)), own), records=(timed(lambda: tags(each(as_bio))), whole))


def gamma(programs, annotators, words, count):
    postil, program = programs
    made = p.records(7, annotators, 1, words=words, count=count)
    continuum = Continuum()
    for record in made:
        for s in record["spans"]:
            continuum.add(record["annotator"], Segment(s["start"], s["end"]), s["label"])
    dissimilarity = CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1)
    best = continuum.get_best_alignment(dissimilarity)  # compiled by now
    begun = time.perf_counter()
    continuum.compute_gamma(dissimilarity, n_samples=30)
    judge = time.perf_counter() - begun
    with tempfile.TemporaryDirectory() as folder:
        root = p.project(postil, folder, made)
        own = bench(program, "gamma", root)
        # An alignment of ours may be better by what the library's solver leaves, never worse.
        if own["observed"] > best.disorder + 1e-9:
            raise SystemExit(f"γ of {len(annotators)}: observed disorder {own['observed']}, the library's {best.disorder}")
        whole = command(postil, root, "gamma", "--gamma-precision", "0")
        more = "each label too" if len(annotators) == 2 else "each label and pair too"
        tell(f"γ, 30 continua of chance (`records`: {more}): pygamma-agreement",
             f"{len(annotators)} annotators, {own['units']} units in all, disorder off by {own['observed'] - best.disorder:.1e}",
             memory=(judge, own["seconds"]), records=(judge, whole))


def main(programs):
    naming(programs)
    finding(programs)
    gamma(programs, ["a", "b"], 400, 50)
    gamma(programs, ["a", "b"], 1600, 200)
    gamma(programs, ["a", "b", "c"], 160, 20)
    gamma(programs, ["a", "b", "c"], 400, 40)
    gamma(programs, ["a", "b", "c", "d"], 100, 10)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main((sys.argv[1], sys.argv[2]))
