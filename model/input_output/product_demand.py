"""The response to final demand for some products: what it makes every sector everywhere produce."""

import numpy as np

from model.arrays import ByRegionSector, Columns
from model.input_output.krylov import gross_output
from model.input_output.trade_form import TradeForm


def response_to(form: TradeForm, use: ByRegionSector) -> Columns:
    """Return X = (I − A)⁻¹ Y for each region's final use of products, 10⁴ CNY; (r, i, s).

    `use` is of any origin, (s, i). Regions without any call for no output.

    Raises
    ------
    NotConverged
        If a solve fails.
    """
    output = form.final_demand(use[:, :, None])
    some = use.any(axis=1)
    output[:, :, some] = gross_output(form, np.ascontiguousarray(output[:, :, some]))
    return output
