"""The study: many invented economies, every method, paired differences to the compile."""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from analysis.outcomes.paired import paired
from analysis.studies.known_truth.errors import MEASURES, OF_CHANGE
from analysis.studies.known_truth.invention import invented_truth
from analysis.studies.known_truth.later_year import later_year
from analysis.studies.known_truth.methods import METHODS, REFERENCE
from analysis.studies.known_truth.mitigation import mitigation
from analysis.studies.known_truth.publication import published
from analysis.studies.known_truth.truth import Truth

Invention = Callable[[np.random.Generator], Truth]
"""Makes a true economy of random numbers."""


def errors(truth: Truth, rng: np.random.Generator, later: Truth | None = None) -> pd.DataFrame:
    """Return every error of every method: method, measure, error (% or points).

    With a later year also those of mitigation and classes: city statistics then err alike in
    both years.
    """
    seed = int(rng.integers(2**32))
    first, *second = (
        published(year, np.random.default_rng(seed)) for year in (truth, later) if year is not None
    )
    rows: list[tuple[str, str, float]] = []
    for name, method in METHODS.items():
        found = method(first)
        rows += [(name, measure, error(found, truth.found)) for measure, error in MEASURES.items()]
        if later is not None:
            guess = mitigation(found, method(second[0]))
            true = mitigation(truth.found, later.found)
            rows += [(name, measure, error(guess, true)) for measure, error in OF_CHANGE.items()]
    return pd.DataFrame(rows, columns=["method", "measure", "error"])


def summary(by_economy: pd.DataFrame) -> pd.DataFrame:
    """Return mean errors over economies and paired differences, with 95 % intervals.

    `by_economy` has the columns of `errors` and `economy`. The result has one row a method and
    measure: `mean`, `low`, `high` of the error, and `difference`, `difference_low`,
    `difference_high` of the compile's error less the method's, paired by economy (Student's t);
    a difference below zero is in the compile's favour. Of one economy there is no interval.
    """
    return pd.DataFrame(list(_rows(by_economy)), columns=COLUMNS)


def study(economies: int = 24, seed: int = 0, invent: Invention = invented_truth) -> pd.DataFrame:
    """Return the summary over invented economies; the same for the same seed.

    Raises
    ------
    model.compile.balancing.Unbalanced
        If the compile cannot balance an economy.
    """
    streams = np.random.SeedSequence(seed).spawn(economies)
    with threadpool_limits(1, user_api="blas"):
        return summary(
            pd.concat(
                _of_economy(invent(rng), rng).assign(economy=economy)
                for economy, rng in enumerate(map(np.random.default_rng, streams))
            )
        )


def _of_economy(truth: Truth, rng: np.random.Generator) -> pd.DataFrame:
    return errors(truth, rng, later_year(truth, rng))


COLUMNS = ["method", "measure", "mean", "low", "high",
           "difference", "difference_low", "difference_high"]  # fmt: skip


def _rows(by_economy: pd.DataFrame) -> Iterator[tuple[str | float, ...]]:
    for measure in (*MEASURES, *OF_CHANGE):
        part = by_economy[by_economy["measure"] == measure]
        values = part.pivot_table(index="economy", columns="method", values="error")
        values["truth"] = 0.0
        for method in METHODS:
            error = paired(values, method, "truth")
            less = paired(values, REFERENCE, method)
            yield (method, measure, error.mean, error.low, error.high,
                   less.mean, less.low, less.high)  # fmt: skip
