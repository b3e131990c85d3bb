"""The scorebook: every year against the base year, five years ago, and the year without policy."""

from functools import reduce

import numpy as np

from model.arrays import AnyFloats, Whole
from model.classes.beneficiaries import by_intensity, by_policy
from model.footprints.scored_year import ScoredYear, abated, mitigation
from simulation.economy import World, YearOutcome
from simulation.state import State

RECENT_YEARS = 5
"""Years that the recent and the rolling readings of the classes look back."""

Columns = dict[str, AnyFloats]
Totals = dict[str, float]


class CityClasses:
    """Says what the input–output model makes of each year."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._scored: list[ScoredYear] = [world.prepared.base]
        self._by_policy: list[AnyFloats] = []
        self._so_far = np.zeros((4, world.cities.size))

    def columns(self, t: int, outcome: YearOutcome, state: State) -> tuple[Columns, Totals]:
        """Return what the year comes to, for the cities and for the nation."""
        cities, years, now = self.world.cities, self.world.years, outcome.scored
        without, expected = years.years[t], years.since_base_year[t]
        since = mitigation(self._scored[0], now)
        rolling = mitigation(self._scored[-RECENT_YEARS:][0], now)
        policy = abated(without, now)
        own = without.own
        this_year = np.stack([policy.local, own, policy.outsourced, without.D_cba - own])
        self._by_policy.append(this_year[:, cities])
        self._so_far = self._so_far + self._by_policy[-1]
        recent = reduce(np.add, self._by_policy[-RECENT_YEARS:])
        self._scored.append(now)
        D_pba, D_cba = now.D_pba[cities], now.D_cba[cities]
        scored = {
            "emissions": D_pba,
            "footprint": D_cba,
            "liability": outcome.liability,
            "value_added": outcome.value_added,
            "class_scored": by_intensity(since.local, since.outsourced)[cities],
            "class_rolling": by_intensity(rolling.local, rolling.outsourced)[cities],
            "class_policy": class_by_policy(self._so_far),
            "class_policy_recent": class_by_policy(recent),
            "local_mitigation": since.local[cities],
            "outsourced_mitigation": since.outsourced[cities],
            "local_additional": (since.local - expected.local)[cities],
            "outsourced_additional": (since.outsourced - expected.outsourced)[cities],
            "action": state.deed,
        }
        totals = {
            "emissions": float(D_pba.sum()),
            "liability": float(outcome.liability.sum()),
            "outsourced_share": float(1 - now.own[cities].sum() / D_cba.sum()),
            "ledger_gap": float(state.ledger.unaccounted),
        }
        return scored, totals


def class_by_policy(tonnes: AnyFloats) -> Whole:
    """Return classes from what policy abated over some years, at home and upstream; (c,).

    Four rows of tonnes: abated at home for own demand, the same flow without policy, abated
    upstream, the same flows without policy.
    """
    local, own, upstream, elsewhere = tonnes
    return by_policy(local / own, upstream / elsewhere)
