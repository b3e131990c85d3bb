"""Quantities in words: units of emissions that suit the size, and lists of names."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mass:
    """A unit of emissions."""

    tonnes: float
    word: str


MASSES = (Mass(1e9, "Gt CO₂"), Mass(1e6, "Mt CO₂"), Mass(1e3, "kt CO₂"), Mass(1.0, "t CO₂"))


def mass_for(tonnes: float) -> Mass:
    """Return the unit for emissions up to `tonnes`: Gt for a country, less for a small economy."""
    return next((mass for mass in MASSES if tonnes >= 0.1 * mass.tonnes), MASSES[-1])


def listing(names: list[str], most: int = 4) -> str:
    """Return names as words: "a, b and c", or "a, b, c and 5 others"."""
    shown = names if len(names) <= most else names[: most - 1]
    last = [] if shown is names else [f"{len(names) - len(shown)} others"]
    words = [*shown, *last]
    return words[0] if len(words) == 1 else f"{'; '.join(words[:-1])} and {words[-1]}"
