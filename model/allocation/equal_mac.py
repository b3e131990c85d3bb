"""Equal MAC: the quotas that would be met at one marginal cost, the cheapest way to the cap."""

import numpy as np

from model.allocation.burden import floored
from model.allocation.knowledge import Knowledge
from model.arrays import ByCity
from model.mac import MacCurve


def equal_mac(cap: float, knowledge: Knowledge) -> ByCity:
    """Return expected_i − Σ_g m E dR(p), t, at the one price p that brings the year to the cap.

    Full compliance without trade then costs least at equal emissions (the textbook reference;
    Montgomery 1972 for the proof that a perfect market gets there too). It knows every MAC
    curve, which no regulator does. A cap above what is expected needs no price, and one beyond
    the pace of abatement cannot be met; either way what is left over is shared in proportion.
    Under consumer responsibility it counts what an own tonne takes off own liability.
    """
    expected, R, own, E = knowledge.expected, knowledge.abatement, knowledge.own, knowledge.trend
    everyone, all_R, all_own, all_E = _as_one(knowledge.mac, R, own, E)
    room = np.clip(np.minimum(2 * everyone.pace, everyone.ceiling - all_R), 0.0, None)
    needed = everyone.marginal_cost(all_R, room) / np.where(all_own > 0, all_own, np.inf)
    price = everyone.price_of(
        relief=np.array([max(expected.sum() - cap, 0.0)]),
        low=np.zeros(1),
        high=np.array([needed.max()]),
        R=all_R,
        own=all_own,
        E=all_E,
    )
    relief = knowledge.mac.relief(np.repeat(price, expected.size), R, own, E)
    return floored(cap, expected - relief)


def _as_one(
    mac: MacCurve, *by_city_group: np.ndarray
) -> tuple[MacCurve, np.ndarray, np.ndarray, np.ndarray]:
    """Return curves and figures as if all groups of all cities belonged to one city; (1, c·g)."""
    R, own, E = (values.reshape(1, -1) for values in by_city_group)
    return MacCurve(mac.g.reshape(1, -1), mac.adjustment, mac.pace, mac.ceiling), R, own, E
