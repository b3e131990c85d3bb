"""Precision: how many replications know every difference as closely as what matters.

Where economies are drawn, replications of one economy count as one draw: what is needed is
economies then, each with a replication at least.
"""

from collections.abc import Sequence

import numpy as np
from scipy.special import stdtrit

from analysis.documents.numbers import rounded
from analysis.findings.tongue import ENGLISH, Tongue
from analysis.outcomes.independent_draws import draws_of
from analysis.outcomes.paired import CONFIDENCE, by_arm, independent
from analysis.verdicts.verdict import Verdict
from scenarios.experiment import MOST_REPLICATIONS


def replications_needed(verdict: Verdict, wanted: float | None = None) -> int | None:
    """Return the replications of which every paired difference has an interval within ± `wanted`.

    `wanted` is in the outcome's unit, by default the smallest difference that matters. The level is
    that of the first test of Holm, and the spread that of the pair that varies most. None where one
    replication tells nothing of spread, nothing is wanted, or no number that is possible suffices.

    It promises a width, not that arms are told apart. Arms that truly differ by what matters are
    told apart in half of all studies, however many replications these have, since the estimate must
    not be smaller; arms that differ by twice as much in nearly all studies of so many.
    """
    half = verdict.material if wanted is None else wanted
    spread = _widest(verdict)
    if np.isnan(spread) or half <= 0:
        return None
    level = (1.0 - CONFIDENCE) / len(verdict.pairs)

    def enough(n: int) -> bool:
        return bool(stdtrit(n - 1, 1 - level / 2) * spread / np.sqrt(n) <= half)

    if not enough(MOST_REPLICATIONS):
        return None
    low, high = 1, MOST_REPLICATIONS
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def precision_words(verdicts: Sequence[Verdict], tongue: Tongue = ENGLISH) -> str:
    """Return how many replications know differences to what matters, in a sentence, if any."""
    known = [(one, replications_needed(one)) for one in verdicts]
    told = [
        {"amount": tongue.with_unit(rounded(one.material), one), "n": f"{_about(number):,}"}
        for one, number in known
        if number
    ]
    if not told:
        return ""
    more = "".join(tongue.say("precise_too", **other) for other in told[1:])
    draws = tongue.phrases["replications" if verdicts[0].economies == 1 else "economies"]
    return tongue.say("precise", **told[0], draws=draws, more=more)


def _about(number: int) -> int:
    """Return a number with two figures, rounded up: an estimate from few runs has no more."""
    step: int = 10 ** max(0, len(str(number)) - 2)
    return -(-number // step) * step


def _widest(verdict: Verdict) -> float:
    """Return the largest standard deviation of paired differences; not a number for none."""
    values = by_arm(verdict.values)
    draws = draws_of(verdict.values.index.to_numpy(), verdict.economies)
    known = (independent(values[p.higher] - values[p.lower], draws) for p in verdict.pairs)
    return max((float(gap.std(ddof=1)) for gap in known if gap.size > 1), default=np.nan)
