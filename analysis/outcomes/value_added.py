"""Value added that a policy costs or brings against no policy, in one line."""

import numpy as np

from analysis.documents.numbers import fixed
from analysis.outcomes.shown_money import in_money


def value_added_line(years: range, change: np.ndarray, value_added: np.ndarray) -> str:
    """Return the line of one run: the sum of all years, and the last year.

    Both in 10⁴ CNY at base-year prices; (t,).
    """
    total, last = change.sum() / 1e5, change[-1] / 1e5
    share = 100 * change[-1] / (value_added[-1] - change[-1])
    word = "brings" if total >= 0 else "costs"
    return (
        f"value added against no policy: the policy {word} {abs(total):,.0f}"
        f" {in_money('bn CNY')} in {years[0]}–{years[-1]} ({fixed(last, 0, sign=True)} bn,"
        f" {fixed(share, 2, sign=True)} %, in {years[-1]})"
    )
