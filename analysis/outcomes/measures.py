"""Measures of a run: all that tables of an experiment keep of it once its years are gone."""

from dataclasses import dataclass, replace

import numpy as np

from analysis.outcomes.incidence import BURDENS, FIFTHS, burdens
from analysis.outcomes.one_run import OneRun
from analysis.outcomes.outcomes import OUTCOMES
from analysis.outcomes.welfare import BY_YEAR
from analysis.outcomes.welfare_courses import welfare_by_year


@dataclass(frozen=True, slots=True)
class Measures:
    """Outcomes of a run, its welfare by year, and what each fifth of the cities bears."""

    outcomes: np.ndarray
    """In the order of `OUTCOMES`; (o,)."""
    used: np.ndarray
    """1 for each that the run makes it worth a table, else 0; (o,)."""
    welfare: np.ndarray
    """(w, t)."""
    burdens: np.ndarray
    """%; (burden, fifth)."""

    @property
    def numbers(self) -> np.ndarray:
        """All of them in one row; (n,)."""
        return np.concatenate(
            [self.outcomes, self.used, self.burdens.ravel(), self.welfare.ravel()]
        )

    def against(self, run: OneRun) -> "Measures":
        """Return the same with outcomes that are measured against no policy.

        `run` needs to know of its national table and that of no policy alone.
        """
        outcomes, used = self.outcomes.copy(), self.used.copy()
        for place, outcome in enumerate(OUTCOMES):
            if outcome.against:
                outcomes[place] = outcome.of(run)
                used[place] = outcome.used(run, float(outcomes[place]))
        return replace(self, outcomes=outcomes, used=used)


def measures(run: OneRun) -> Measures:
    """Return the measures of a run."""
    found = [outcome.of(run) for outcome in OUTCOMES]
    used = [outcome.used(run, value) for outcome, value in zip(OUTCOMES, found, strict=True)]
    return Measures(
        np.array(found), np.array(used, dtype=np.float64), welfare_by_year(run), burdens(run)
    )


def read_measures(numbers: np.ndarray, years: int) -> Measures:
    """Return the measures that stand in one row of `numbers`.

    Raises
    ------
    ValueError
        If it holds fewer or more than those of so many years.
    """
    outcomes, used, rest = np.split(numbers, [len(OUTCOMES), 2 * len(OUTCOMES)])
    fifths, welfare = np.split(rest, [len(BURDENS) * len(FIFTHS)])
    return Measures(
        outcomes,
        used,
        welfare.reshape(len(BY_YEAR), years),
        fifths.reshape(len(BURDENS), len(FIFTHS)),
    )
