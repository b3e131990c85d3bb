"""Answers of cities by world, arm and question, a byte each."""

from dataclasses import dataclass

import numpy as np

from analysis.outcomes.city_outcomes import CITY_OUTCOMES

QUESTIONS = tuple(outcome.word for outcome in CITY_OUTCOMES)


@dataclass(frozen=True, slots=True)
class CityAnswers:
    """What every city answers in every world."""

    codes: tuple[str, ...]
    """Region codes."""
    names: tuple[str, ...]
    worlds: tuple[bytes, ...]
    """Answers of each world by arm, question and city."""

    def of(self, question: str, arm: int) -> np.ndarray:
        """Return the answers to a question under an arm, by its place, %; (worlds, c)."""
        count = len(self.codes)
        first = (arm * len(QUESTIONS) + QUESTIONS.index(question)) * count
        rows = [np.frombuffer(world, np.uint8, count, first) for world in self.worlds]
        return np.array(rows).reshape(len(self.worlds), count)


NO_CITIES = CityAnswers((), (), ())
"""Where cities are not asked."""
