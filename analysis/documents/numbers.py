"""Numbers as they are written: in pictures, tables, pages and the terminal."""

from math import floor, isnan, log10

import numpy as np

MISSING = "–"
"""Stands for what is not a number."""


def fixed(value: float, digits: int, *, sign: bool = False) -> str:
    """Return a number with `digits` decimals, thousands apart, a true minus, and no −0.

    With `sign`, a plus stands before what is not negative.
    """
    if isnan(value):
        return MISSING
    held = round(value, digits) + 0.0
    text = f"{held:+,.{digits}f}" if sign else f"{held:,.{digits}f}"
    return text.replace("-", "−")


def places(largest: float, least: int) -> int:
    """Return decimals in which the largest of some amounts has two figures; `least` or more."""
    size = abs(largest)
    return least if isnan(size) or size == 0 else max(least, 1 - floor(log10(size)))


def percent(share: float, digits: int = 0, *, sign: bool = False) -> str:
    """Return a share in per cent: "12.3 %"; as `fixed` else."""
    return f"{fixed(100 * share, digits, sign=sign)} %"


def whole(value: float) -> str:
    """Return a number without decimals, thousands apart; nearest whole, halves to even."""
    return f"{int(np.rint(value)):,}"


def rounded(value: float, scale: float | None = None) -> str:
    """Return a number with two or three digits of its `scale` (its own size by default)."""
    size = abs(value) if scale is None else abs(scale)
    decimals = 1 if size == 0 else min(6, max(0, 1 - floor(log10(size))))
    return fixed(value, decimals)


def span(low: float, high: float) -> str:
    """Return a range of numbers: "8.7 to 10.9", or one number where both ends read alike."""
    small, large = sorted((abs(low), abs(high)))
    scale = small if large < 5 * small else large
    return _ends(rounded(low, scale), rounded(high, scale))


def count_span(low: float, high: float) -> str:
    """Return a range of counts, whole numbers: "0 to 271"."""
    return _ends(whole(low), whole(high))


def mean_count(mean: float) -> str:
    """Return a mean of counts with as many digits as it carries: "0.5", "3", "271"."""
    return f"{mean:.0f}" if mean >= 10 or mean == round(mean) else f"{mean:.1f}"


def by_size(value: float) -> str:
    """Return a number with three decimals below 10, one below 100 and none above."""
    if isnan(value):
        return MISSING
    size = abs(value)
    text = f"{value:.3f}" if size < 10 else f"{value:.1f}" if size < 100 else f"{value:,.0f}"
    return "0" if float(text.replace(",", "")) == 0 else text


def four_figures(value: object) -> str:
    """Return a value with four figures, thousands grouped; words stay as they are."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if value != value:
        return ""
    if float(value).is_integer() and abs(value) < 1e9:
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def two_figures(value: float) -> str:
    """Return a number with two figures, or whole with thousands apart."""
    return f"{value:.1f}" if value < 10 else f"{float(f'{value:.3g}'):,.0f}"


def bytes_in_words(amount: float) -> str:
    """Return an amount of memory: "240 B", "1.2 MB"."""
    for unit in ("B", "kB", "MB"):
        if amount < 1000:
            return f"{amount:.2g} {unit}" if amount < 10 else f"{amount:.0f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"


def _ends(low: str, high: str) -> str:
    return low if low == high else f"{low} to {high}"
