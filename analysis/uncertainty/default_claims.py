"""Claims of an experiment that claims nothing itself."""

from itertools import product

import numpy as np

from analysis.outcomes.outcomes import OUTCOMES
from analysis.uncertainty.regret import WEIGHED
from analysis.uncertainty.worlds import Worlds
from scenarios.claims import Claim


def default_claims(worlds: Worlds) -> tuple[Claim, ...]:
    """Return what is claimed where an experiment claims nothing itself.

    Every policy emits less than none; and the rule of the best median is the best rule, where all
    arms share years and economy. The worlds that choose that rule also count in how many it is
    best: of rules that are equal the share is too high by some hundredths.
    """
    claims = []
    alone = len(worlds.groups) == 1
    if alone:
        every = f"emissions[*] < emissions[{worlds.without(worlds.rivals[0])}]"
        claims = [Claim(says="every policy ends with less emissions than no policy", holds=every)]
    for arms in worlds.groups if not alone else ():
        less = (f"{arm} emits less than {worlds.without(arm)}" for arm in arms)
        claims += list(map(Claim.model_validate, less))
    for outcome, arms in product(OUTCOMES, worlds.groups if alone else ()):
        if outcome.word not in WEIGHED or len(arms) < 2:
            continue
        medians = np.median(worlds.by_arm(outcome.word, arms), axis=0)
        if np.isnan(medians).any() or np.ptp(medians) == 0:
            continue
        best = arms[int(medians.argmin())]
        says = f"{best} has the lowest {outcome.word} of all, or shares it"
        claims.append(Claim(says=says, holds=f"{outcome.word}[{best}] <= min({outcome.word}[*])"))
    return tuple(claims)
