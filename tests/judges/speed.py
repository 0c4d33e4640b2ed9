#!/usr/bin/env python3
"""Times `postil agree` and the Python libraries on one generated project, in one run. One line of JSON a measurement.

  speed.py POSTIL        (a release build)

The libraries' times are of their computation alone, on arrays that are ready; Postil's are of the whole command, reading and all.
"""
import itertools
import json
import logging
import sys
import tempfile
import time
import warnings

import krippendorff
import numpy as np
from pyannote.core import Segment
from pygamma_agreement import CombinedCategoricalDissimilarity, Continuum
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

import project as p
from compare import numbers, rows_of

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)


def timed(work):
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def tell(what, postil, judge):
    print(json.dumps({"what": what, "postil_seconds": round(postil, 4), "judge_seconds": round(judge, 4), "ratio": round(judge / postil, 1)}), flush=True)


def naming(postil):
    annotators = ["a", "b", "c", "d", "e"]
    made = p.records(5, annotators, 200, words=500, count=40)
    values = numbers(rows_of(p.by_article(made), annotators, "character", "*"))
    whole = values.astype(int)
    judge = timed(lambda: [cohen_kappa_score(a, b) for a, b in itertools.combinations(whole, 2)])
    judge += timed(lambda: fleiss_kappa(aggregate_raters(whole.T)[0]))
    judge += timed(lambda: krippendorff.alpha(reliability_data=values, level_of_measurement="nominal"))
    with tempfile.TemporaryDirectory() as folder:
        root = p.project(postil, folder, made)
        ours = timed(lambda: p.agree(postil, root, "--metrics", "cohen_kappa,fleiss_kappa,krippendorff_alpha", "--replicates", "0"))
    tell("κ and α of 200 articles × 5 annotators (Postil: by token, character and match, each label, with reading)", ours, judge)


def gamma(postil, annotators, words, count):
    made = p.records(7, annotators, 1, words=words, count=count)
    continuum = Continuum()
    for record in made:
        for s in record["spans"]:
            continuum.add(record["annotator"], Segment(s["start"], s["end"]), s["label"])
    dissimilarity = CombinedCategoricalDissimilarity(alpha=1, beta=1, delta_empty=1)
    continuum.get_best_alignment(dissimilarity)  # compiled by now
    judge = timed(lambda: continuum.compute_gamma(dissimilarity, n_samples=30))
    with tempfile.TemporaryDirectory() as folder:
        root = p.project(postil, folder, made)
        more = ["--metrics", "gamma", "--replicates", "0", "--gamma-precision", "0", "--annotators", ",".join(annotators)]
        ours = timed(lambda: p.agree(postil, root, *more))
    tell(f"γ of {len(annotators)} annotators, about {count} units each, 30 samples (Postil: all pairs and labels too)", ours, judge)


if __name__ == "__main__":
    naming(sys.argv[1])
    gamma(sys.argv[1], ["a", "b"], 400, 50)
    gamma(sys.argv[1], ["a", "b"], 1600, 200)
    gamma(sys.argv[1], ["a", "b", "c"], 400, 40)
