"""Step 6: city tables and city flows linked into one multi-regional table in trade form."""

import numpy as np

from model.arrays import ByRegionSector, Coefficients, TradeShares
from model.input_output.trade_form import TradeForm


def linked(flows: TradeShares, use: ByRegionSector, a: Coefficients) -> TradeForm:
    """Return the economy in trade form from flows between cities and city technologies.

    Zheng et al. 2022, step 6. Every user of a product in a city draws on the same suppliers, so a
    share is a flow over total use, imports from abroad included; without use it is 0.

    Parameters
    ----------
    flows
        Flows between cities, 10⁴ CNY; (i, r, s).
    use
        Total use of each product, of any origin, 10⁴ CNY; (s, i).
    a
        Use per unit of output, 1; (s, i, j).
    """
    by_user = use.T[:, None, :]
    t = np.divide(flows, by_user, out=np.zeros_like(flows), where=by_user > 0)
    return TradeForm(t=t, a=a)
