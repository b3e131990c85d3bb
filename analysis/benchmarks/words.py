"""Times, ratios and rates in words."""

from analysis.documents.numbers import two_figures

UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"))


def duration(seconds: float) -> str:
    """Return a time with two figures or more, in the largest unit that it fills."""
    size, unit = next((each for each in UNITS if seconds >= each[0]), UNITS[-1])
    return f"{two_figures(seconds / size)} {unit}"


def tick(seconds: float, _position: int | None = None) -> str:
    """Return a round time on an axis: "10 ms"."""
    size, unit = next((each for each in UNITS if seconds >= 0.999 * each[0]), UNITS[-1])
    return f"{seconds / size:g} {unit}"


def against(seconds: float, first: float) -> str:
    """Return a time against the first line of its block."""
    if seconds == first:
        return "1"
    if seconds < first:
        return f"{two_figures(first / seconds)} × faster"
    return f"{two_figures(seconds / first)} × slower"


def rate(read: int, seconds: float) -> str:
    """Return how fast memory was read, GB/s; empty where nobody counted."""
    return two_figures(read / seconds / 1e9) if read else ""
