"""Equal MAC: the quotas that would be met at one marginal cost, the cheapest way to the cap."""

import numpy as np

from model.abatement.price_of_relief import price_of_relief
from model.allocation.burden import floored
from model.allocation.knowledge import Knowledge
from model.arrays import ByCity, Number
from model.runs import total


def equal_mac(cap: Number, knowledge: Knowledge) -> ByCity:
    """Return expected_i − Σ_g m E dR(p), t, at the one price p that brings the year to the cap.

    Full compliance without trade then costs least at equal emissions (the textbook reference;
    Montgomery 1972 for the proof that a perfect market gets there too). It knows every MAC
    curve, which no regulator does. A cap above what is expected needs no price, and one beyond
    the pace of abatement cannot be met; either way what is left over is shared in proportion.
    Under consumer responsibility it counts what an own tonne takes off own liability.
    """
    expected, R, own, E = knowledge.expected, knowledge.abatement, knowledge.own, knowledge.trend
    everyone = knowledge.mac.supply(R, own, E)
    as_one = everyone.as_one()
    above = np.atleast_1d(np.maximum(total(expected) - cap, 0.0))
    price = price_of_relief(as_one, above)
    price = np.minimum(price, as_one.price_of_room)
    return floored(cap, expected - everyone.relief(np.broadcast_to(price, expected.shape)))
