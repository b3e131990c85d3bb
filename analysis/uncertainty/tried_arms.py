"""Arms that a search has tried: what each comes to in its worlds, and where one cannot be run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True, slots=True)
class TriedArms:
    """Objectives of arms by world, and why some have none."""

    arms: tuple[str, ...]
    values: np.ndarray
    """Signed objectives, not a number where there is none; (arms, objectives, worlds)."""
    failures: Mapping[str, Mapping[int, str]]
    """Why an arm could not be run, by its name and the number of the world."""
    seconds: float = np.nan
    """Of one world with all arms, mean; not a number where none was run."""

    @property
    def ran(self) -> np.ndarray:
        """In which worlds an arm has every objective; (arms, worlds)."""
        return ~np.isnan(self.values).any(axis=1)

    def within(self, kept: np.ndarray) -> "TriedArms":
        """Return the arms in some of the worlds; kept is (worlds,)."""
        numbers = set(np.flatnonzero(kept).tolist())
        failures = {
            arm: {number: why for number, why in own.items() if number in numbers}
            for arm, own in self.failures.items()
        }
        return replace(self, values=self.values[:, :, kept], failures=failures)

    def why(self, place: int) -> str:
        """Return why the first world of an arm is missing, "" where none is."""
        if self.ran[place].all():
            return ""
        own = self.failures.get(self.arms[place])
        if not own:
            return "it has no value of an objective in some world"
        number = min(own)
        return f"world {number}: {own[number]}"


def joined(parts: Sequence[TriedArms]) -> TriedArms:
    """Return the arms of all generations as one, in their order."""
    failures = {arm: own for part in parts for arm, own in part.failures.items()}
    arms = tuple(arm for part in parts for arm in part.arms)
    return TriedArms(arms, np.concatenate([part.values for part in parts]), failures)
