"""The response to final demand for some products: what it makes every sector everywhere produce."""

import numpy as np

from model.arrays import Columns, FinalUse
from model.input_output.form import Form


def response_to(form: Form, d: FinalUse) -> Columns:
    """Return X = (I − A)⁻¹ Y for each region's final use of products, 10⁴ CNY; (r, i, s).

    `d` is of any origin, (s, i, k). Regions without any call for no output.

    Raises
    ------
    NotConverged
        If a solve fails.
    """
    output = form.all_final_demand(d)
    some = d.any(axis=(1, 2))
    output[:, :, some] = form.solve(np.ascontiguousarray(output[:, :, some]))
    return output
