"""Worlds of an experiment: its arms in every point of a design, kept as they come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.outcomes.outcomes import OUTCOMES
from analysis.uncertainty.city_answers import NO_CITIES, CityAnswers
from scenarios.uncertainty import Uncertainty

PLACE = {outcome.word: number for number, outcome in enumerate(OUTCOMES)}
"""Column of each outcome."""


@dataclass(frozen=True, slots=True)
class Worlds:
    """What every arm comes to in every world of a design."""

    arms: tuple[str, ...]
    reference: str
    uncertainties: tuple[Uncertainty, ...]
    shares: np.ndarray
    """Points of the design; (worlds, k)."""
    numbers: np.ndarray
    """Place of each world in the design; (worlds,)."""
    values: np.ndarray
    """Outcomes, not a number where an arm has none; (worlds, arms, outcomes)."""
    failures: Mapping[int, str]
    """Worlds that could not be run, with the reason."""
    seconds: float
    """Of one world, mean."""
    cities: CityAnswers = NO_CITIES
    """What every city answers in every world."""
    references: tuple[str, ...] = ()
    """The arm without policy that each arm is paired with; the one of all if absent."""

    def __len__(self) -> int:
        """Return the number of worlds."""
        return len(self.values)

    def of(self, outcome: str, arm: str) -> np.ndarray:
        """Return an outcome of an arm by world; (worlds,)."""
        return np.asarray(self.values[:, self.arms.index(arm), PLACE[outcome]])

    def by_arm(self, outcome: str, arms: Sequence[str] | None = None) -> np.ndarray:
        """Return an outcome by world and arm; (worlds, arms)."""
        chosen = self.rivals if arms is None else arms
        return np.stack([self.of(outcome, arm) for arm in chosen], axis=1)

    @property
    def rivals(self) -> tuple[str, ...]:
        """The arms with a policy."""
        return tuple(arm for group in self.groups for arm in group)

    @property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """The arms with a policy that are paired with the same one without: of one ground."""
        found: dict[str, list[str]] = {}
        for arm in self.arms:
            if self.without(arm) != arm:
                found.setdefault(self.without(arm), []).append(arm)
        return tuple(map(tuple, found.values()))

    def without(self, arm: str) -> str:
        """Return the arm without policy that an arm is paired with."""
        return self.references[self.arms.index(arm)] if self.references else self.reference

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the uncertain numbers."""
        return tuple(one.key for one in self.uncertainties)

    def parameters(self) -> pd.DataFrame:
        """Return the uncertain numbers of each world, a column a key."""
        columns = {
            one.key: one.at(share)
            for one, share in zip(self.uncertainties, self.shares.T, strict=True)
        }
        return pd.DataFrame(columns, index=pd.Index(self.numbers, name="world"))

    def table(self) -> pd.DataFrame:
        """Return a row a world and arm: the uncertain numbers, and every outcome."""
        count = len(self.arms)
        rows = self.parameters().reset_index()
        repeated = rows.loc[np.repeat(np.arange(len(rows)), count)].reset_index(drop=True)
        repeated.insert(1, "arm", np.tile(np.array(self.arms, dtype=object), len(rows)))
        flat = self.values.reshape(-1, len(OUTCOMES))
        named = pd.DataFrame(flat, columns=[outcome.word for outcome in OUTCOMES])
        return pd.concat([repeated, named], axis=1)
