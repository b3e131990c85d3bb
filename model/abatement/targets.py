"""Cities' own targets: cuts that they make whatever quota costs."""

import numpy as np

from model.abatement.mac import MacCurve
from model.abatement.price_of_relief import price_of_relief
from model.arrays import ByCity, ByCityLever

DEAREST = 1e5
"""Price up to which a city goes for its own target, CNY/t: no limit in practice."""


def own_effort(mac: MacCurve, trend: ByCityLever, R: ByCityLever, cut: ByCity) -> ByCityLever:
    """Return the cheapest step dR that brings a city `cut` below its trend; (c, m).

    As far as the year's room for abatement goes; zero for a city that is there already. Levers
    without a lasting cost (g = 0) cut no emissions of its own, and are not pulled.
    """
    if not cut.any():
        return np.zeros_like(R)
    home = np.broadcast_to(mac.g > 0, R.shape)
    at_home = np.where(home, trend, 0.0)
    missing = np.maximum(cut * at_home.sum(axis=-1) - (R * at_home).sum(axis=-1), 0.0)
    supply = mac.supply(R, home.astype(np.float64), trend)
    return supply.step(np.minimum(price_of_relief(supply, missing), DEAREST))
