"""Claims that are said without a but: where the bar lies, and in how many worlds one is decided."""

SURE = 0.8
"""Least lower end of the 95 % interval of the share of worlds, 1.

The small design beside a comparison has some forty worlds. With 0.8 a claim that holds in 19 of 20
worlds mostly passes there, and one that holds in fewer than four of five in one study of forty at
most. With 0.9 none would pass that fails in a single one of 48; with fewer than 17 worlds none
passes at all.
"""


def surely_held(low: float) -> bool:
    """Return whether the lower end of a claim's interval lies at four of five worlds or above."""
    return low >= SURE


def decided_in(worlds: int, drawn: int) -> str:
    """Return "decided in 2 of 48 worlds"; an empty word where all decide, or nobody knows."""
    if worlds >= drawn:
        return ""
    return f"decided in {worlds} of {drawn} world{'s' if drawn > 1 else ''}"
