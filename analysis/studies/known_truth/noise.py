"""How noisy city statistics may be before they cease to help: the compile with and without them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from analysis.outcomes.paired import interval_of, paired
from analysis.studies.known_truth.city_yearbook import Noise
from analysis.studies.known_truth.errors import MEASURES, OF_CHANGE
from analysis.studies.known_truth.findings import Findings
from analysis.studies.known_truth.invention import invented_truth
from analysis.studies.known_truth.later_year import later_year
from analysis.studies.known_truth.methods import METHODS, REFERENCE
from analysis.studies.known_truth.mitigation import mitigation
from analysis.studies.known_truth.publication import published, with_co2_error
from analysis.studies.known_truth.truth import Truth

CO2_ERROR = 0.08
"""Error of a city's inventory of one year alone, log units (`data/tables/uncertainty.csv`)."""
CURVES, NO_JOBS, BEFORE = (
    "compile, curves alone",
    "compile, without jobs",
    "compile, before city statistics",
)

OF_BOTH_YEARS = (REFERENCE, BEFORE)
"""Methods whose classes are asked for."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is published, and how wrong it is."""

    noise: Noise = field(default_factory=Noise)
    co2: float = 0.0
    """Error of city CO₂, drawn anew for each year, log units."""


SETTINGS = {
    "half the noise": Setting(Noise().times(0.5)),
    "noise as estimated": Setting(),
    "double": Setting(Noise().times(2.0)),
    "four times": Setting(Noise().times(4.0)),
    "half of the cities silent": Setting(Noise(silent=0.5)),
    "as estimated, and yearly errors of city CO₂": Setting(co2=CO2_ERROR),
}
"""Settings by name."""


@dataclass(frozen=True, slots=True)
class Question:
    """An error of the compile against that of a compile which lacks something."""

    measure: str
    lacking: str
    """Word of `METHODS`."""


QUESTIONS = {
    "demand per head, by investment": Question("demand per head", CURVES),
    "demand per head, by all": Question("demand per head", BEFORE),
    "output, by jobs": Question("output", NO_JOBS),
    "footprints, by all": Question("footprints", BEFORE),
    "classes wrong, by all": Question("classes wrong", BEFORE),
}
"""Questions by name: what gains, and by which statistics."""
ECONOMIES, SEED = 12, 0
"""Invented economies of the study, and where their chance begins."""
WRONG = "classes wrong"


def noise_study() -> pd.DataFrame:
    """Return what city statistics gain at each noise: setting, question, mean, low, high.

    The error of the compile less that of one without the statistics, % or percentage points,
    paired by economy, with 95 % intervals; below zero they help. The question `WRONG` is the
    compile's own error.
    """
    streams = np.random.SeedSequence(SEED).spawn(ECONOMIES)
    with threadpool_limits(1, user_api="blas"):
        errors = pd.concat(
            _of_economy(np.random.default_rng(stream)).assign(economy=economy)
            for economy, stream in enumerate(streams)
        )
    return pd.DataFrame(list(_rows(errors)), columns=["setting", "question", "mean", "low", "high"])


def _of_economy(rng: np.random.Generator) -> pd.DataFrame:
    truth = invented_truth(rng)
    years = (truth, later_year(truth, rng))
    seed = int(rng.integers(2**32))
    parts, before = [], dict[float, pd.DataFrame]()
    for name, setting in SETTINGS.items():
        if setting.co2 not in before:  # it reads no statistic whose noise varies
            before[setting.co2] = _errors((BEFORE,), years, setting, seed)
        errors = _errors((REFERENCE, CURVES, NO_JOBS), years, setting, seed)
        parts.append(pd.concat([errors, before[setting.co2]]).assign(setting=name))
    return pd.concat(parts)


def _errors(
    methods: tuple[str, ...], years: tuple[Truth, Truth], setting: Setting, seed: int
) -> pd.DataFrame:
    """Return errors of methods: method, measure, error (% or points)."""
    figures = [
        with_co2_error(
            published(truth, np.random.default_rng(seed), setting.noise),
            np.random.default_rng((seed, year)),
            setting.co2,
        )
        for year, truth in enumerate(years)
    ]
    true = mitigation(years[0].found, years[1].found)
    rows: list[tuple[str, str, float]] = []
    for name in methods:
        found = METHODS[name](figures[0])
        rows += _of_year(name, found, years[0].found)
        if name in OF_BOTH_YEARS:
            guess = mitigation(found, METHODS[name](figures[1]))
            rows += [(name, measure, error(guess, true)) for measure, error in OF_CHANGE.items()]
    return pd.DataFrame(rows, columns=["method", "measure", "error"])


def _of_year(name: str, found: Findings, true: Findings) -> list[tuple[str, str, float]]:
    asked = {question.measure for question in QUESTIONS.values()} & MEASURES.keys()
    return [(name, measure, MEASURES[measure](found, true)) for measure in sorted(asked)]


def _rows(errors: pd.DataFrame) -> Iterator[tuple[str, str, float, float, float]]:
    for setting in SETTINGS:
        part = errors[errors["setting"] == setting]
        for name, question in QUESTIONS.items():
            own = part[part["measure"] == question.measure]
            values = own.pivot_table("error", "economy", "method")
            less = paired(values, REFERENCE, question.lacking)
            yield setting, name, less.mean, less.low, less.high
        values = part[part["measure"] == WRONG].pivot_table("error", "economy", "method")
        wrong = interval_of(values[REFERENCE].to_numpy(dtype=np.float64))
        yield setting, WRONG, wrong.mean, wrong.low, wrong.high
