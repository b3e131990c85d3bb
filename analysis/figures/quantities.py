"""Quantities in words: units that suit the size, ranges with no more digits than they carry."""

from dataclasses import dataclass
from math import floor, log10


@dataclass(frozen=True, slots=True)
class Mass:
    """A unit of emissions."""

    tonnes: float
    word: str


MASSES = (Mass(1e9, "Gt CO₂"), Mass(1e6, "Mt CO₂"), Mass(1e3, "kt CO₂"), Mass(1.0, "t CO₂"))


def mass_for(tonnes: float) -> Mass:
    """Return the unit for emissions up to `tonnes`: Gt for a country, less for a small economy."""
    return next((mass for mass in MASSES if tonnes >= 0.1 * mass.tonnes), MASSES[-1])


def decimals(low: float, high: float) -> int:
    """Return how many decimals two numbers need to show two digits or so of each."""
    sizes = sorted(abs(value) for value in (low, high) if value != 0)
    needs = [1 - floor(log10(size)) for size in sizes]
    return min(6, max(0, min(needs[0], needs[-1] + 1))) if needs else 0


def number(value: float, places: int) -> str:
    """Return a number with that many decimals, a true minus sign and no negative zero."""
    text = f"{value:,.{places}f}"
    return text.replace("-", "−") if any(digit in text for digit in "123456789") else text.lstrip("-")


def span(low: float, high: float) -> str:
    """Return a range of numbers, "8.7–10.9", or one number where both ends read alike."""
    places = decimals(low, high)
    ends = [number(value, places) for value in (low, high)]
    joint = "–" if low >= 0 else " to "
    return ends[0] if ends[0] == ends[1] else joint.join(ends)


def count(value: float) -> str:
    """Return a mean count: one decimal where it is small and not whole."""
    whole = abs(value - round(value)) < 0.05
    return number(value, 0 if whole or abs(value) >= 10 else 1)


def counts(low: float, high: float) -> str:
    """Return a range of mean counts, "0.5–271"."""
    ends = [count(value) for value in (low, high)]
    return ends[0] if ends[0] == ends[1] else "–".join(ends)


def listing(names: list[str], most: int = 4) -> str:
    """Return names as words: "a, b and c", or "a, b, c and 5 others"."""
    shown = names if len(names) <= most else names[: most - 1]
    last = [] if shown is names else [f"{len(names) - len(shown)} others"]
    words = [*shown, *last]
    return words[0] if len(words) == 1 else f"{'; '.join(words[:-1])} and {words[-1]}"
