"""Bands over replications: 95 % of them, or their whole range where they are few."""

MANY = 40
"""Replications from which at least one lies beyond either end of 95 % of them."""
WORDS = {
    "range": "the range of the replications",
    "share": "95 % of the replications",
}


def band_kind(replications: int) -> str:
    """Return what a band of so many replications is, a key of `WORDS`; "one" for none."""
    if replications >= MANY:
        return "share"
    return "range" if replications > 1 else "one"


def band_ends(replications: int) -> tuple[float, float]:
    """Return the quantiles at the ends of a band, 1."""
    return (0.025, 0.975) if replications >= MANY else (0.0, 1.0)
