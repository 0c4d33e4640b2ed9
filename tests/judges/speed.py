#!/usr/bin/env python3
"""Times `postil agree` and the Python libraries on one generated project, in one run. One line of JSON a measurement.

  speed.py POSTIL [BENCH]        (release builds; BENCH is the program that `cargo bench --bench agreement --no-run` names)

The libraries' times are of their computation alone, on arrays and lists that are ready. `postil_seconds` is the whole command, start of the
program and reading of all files too; `postil_computing_seconds` (with BENCH) is the computation alone, from sets in memory, and what
`ratio` is of. Postil always gives more than the library: every pair, each label by itself, tokens and matched spans too.
"""
import itertools
import json
import logging
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
from compare import as_bio, as_ner, flat, numbers, rows_of

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


def ours(programs, root, metrics, *more):
    """The whole command, and the computation alone."""
    postil, bench = programs
    whole = timed(lambda: p.agree(postil, root, "--metrics", metrics, "--replicates", "0", *more))
    if bench is None:
        return whole, None
    run = subprocess.run([bench, "project", root, metrics], check=True, capture_output=True, text=True)
    return whole, json.loads(run.stdout)["seconds"]


def tell(what, size, times, judge):
    whole, computing = times
    row = {"what": what, "size": size, "postil_seconds": round(whole, 4)}
    if computing is not None:
        row["postil_computing_seconds"] = round(computing, 5)
    row |= {"judge_seconds": round(judge, 4), "ratio": round(judge / (computing or whole), 1), "ratio_whole": round(judge / whole, 1)}
    print(json.dumps(row, ensure_ascii=False), flush=True)


def naming(programs):
    annotators = ["a", "b", "c", "d", "e"]
    made = p.records(5, annotators, 200, words=500, count=40)
    values = numbers(rows_of(p.by_article(made), annotators, "character", "*"))
    whole = values.astype(int)
    size = f"200 articles × 5 annotators, {whole.shape[1]:,} code points"
    with tempfile.TemporaryDirectory() as folder:
        root = p.project(programs[0], folder, made)
        judge = timed(lambda: [cohen_kappa_score(a, b) for a, b in itertools.combinations(whole, 2)])
        tell("Cohen's κ, 10 pairs: scikit-learn", size, ours(programs, root, "cohen_kappa"), judge)
        judge = timed(lambda: fleiss_kappa(aggregate_raters(whole.T)[0]))
        tell("Fleiss' κ: statsmodels", size, ours(programs, root, "fleiss_kappa"), judge)
        judge = timed(lambda: krippendorff.alpha(reliability_data=values, level_of_measurement="nominal"))
        tell("α: krippendorff", size, ours(programs, root, "krippendorff_alpha"), judge)


def finding(programs):
    made = flat(p.records(23, ["a", "b"], 1000, words=500, count=40))
    both = [(r["a"], r["b"]) for r in p.by_article(made).values()]
    size = f"1,000 articles × 2 annotators, {sum(len(a['spans']) + len(b['spans']) for a, b in both):,} spans"
    with tempfile.TemporaryDirectory() as folder:
        root = p.project(programs[0], folder, made)
        times = ours(programs, root, "f1")
    ner = [as_ner(a) for a, _ in both], [as_ner(b) for _, b in both]
    judge = timed(lambda: Evaluator(*ner, tags=list(p.LABELS), loader="dict").evaluate())
    tell("F1 strict, exact, partial, by type: nervaluate", size, times, judge)
    bio = [as_bio(a) for a, _ in both], [as_bio(b) for _, b in both]
    judge = timed(lambda: (precision_recall_fscore_support(*bio, average="micro"), precision_recall_fscore_support(*bio)))
    tell("F1 exact, all and by label: seqeval", size, times, judge)


def gamma(programs, annotators, words, count):
    made = p.records(7, annotators, 1, words=words, count=count)
    continuum = Continuum()
    for record in made:
        for s in record["spans"]:
            continuum.add(record["annotator"], Segment(s["start"], s["end"]), s["label"])
    dissimilarity = CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1)
    continuum.get_best_alignment(dissimilarity)  # compiled by now
    begun = time.perf_counter()
    continuum.compute_gamma(dissimilarity, n_samples=30)
    judge = time.perf_counter() - begun
    with tempfile.TemporaryDirectory() as folder:
        root = p.project(programs[0], folder, made)
        times = ours(programs, root, "gamma", "--gamma-precision", "0")
    pairs = "" if len(annotators) == 2 else ", all pairs too"
    tell(f"γ, 30 continua of chance (Postil: also each label{pairs}): pygamma-agreement", f"{len(annotators)} annotators, about {count} units each", times, judge)


def main(programs):
    naming(programs)
    finding(programs)
    gamma(programs, ["a", "b"], 400, 50)
    gamma(programs, ["a", "b"], 1600, 200)
    gamma(programs, ["a", "b", "c"], 160, 20)
    gamma(programs, ["a", "b", "c"], 400, 40)


if __name__ == "__main__":
    main((sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None))
