"""Quantities in words: units that suit the size, ranges with no more digits than they carry."""

from dataclasses import dataclass
from math import floor, log10

import numpy as np


@dataclass(frozen=True, slots=True)
class Mass:
    """A unit of emissions."""

    tonnes: float
    word: str


MASSES = (Mass(1e9, "Gt CO₂"), Mass(1e6, "Mt CO₂"), Mass(1e3, "kt CO₂"), Mass(1.0, "t CO₂"))


def mass_for(tonnes: float) -> Mass:
    """Return the unit for emissions up to `tonnes`: Gt for a country, less for a small economy."""
    return next((mass for mass in MASSES if tonnes >= 0.1 * mass.tonnes), MASSES[-1])


def rounded(value: float, scale: float | None = None) -> str:
    """Return a number with two or three digits of its `scale` (its own size by default)."""
    size = abs(value) if scale is None else abs(scale)
    decimals = 1 if size == 0 else min(6, max(0, 1 - floor(log10(size))))
    text = f"{value:,.{decimals}f}"
    return text.replace("-", "−") if float(text.replace(",", "")) != 0 else text.lstrip("-")


def span(low: float, high: float) -> str:
    """Return a range of numbers: "8.7 to 10.9", or one number where both ends read alike."""
    small, large = sorted((abs(low), abs(high)))
    scale = small if large < 5 * small else large
    ends = [rounded(value, scale) for value in (low, high)]
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def count_span(low: float, high: float) -> str:
    """Return a range of counts, whole numbers: "0 to 271"."""
    ends = [f"{int(np.rint(value)):,}" for value in (low, high)]
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def mean_count(mean: float) -> str:
    """Return a mean of counts with as many digits as it carries: "0.5", "3", "271"."""
    return f"{mean:.0f}" if mean >= 10 or mean == round(mean) else f"{mean:.1f}"


def listing(names: list[str], most: int = 4) -> str:
    """Return names as words: "a, b and c", or "a, b, c and 5 others"."""
    shown = names if len(names) <= most else names[: most - 1]
    last = [] if shown is names else [f"{len(names) - len(shown)} others"]
    words = [*shown, *last]
    return words[0] if len(words) == 1 else f"{'; '.join(words[:-1])} and {words[-1]}"
