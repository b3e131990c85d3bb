"""The measured figures as tables."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.benchmarks.blocks import Block
from analysis.benchmarks.growth import Grown
from analysis.benchmarks.own_process import Measured
from analysis.benchmarks.words import against, duration, rate


@dataclass(frozen=True, slots=True)
class Result:
    """A block as measured."""

    block: Block
    lines: tuple[Measured, ...]


def of_block(result: Result) -> pd.DataFrame:
    """Return the lines of a block, each against the first."""
    first = result.lines[0].seconds
    rows = [
        (
            line.name,
            duration(line.seconds),
            against(line.seconds, first),
            rate(line.read, line.seconds),
            f"{line.peak:,.0f}",
        )
        for line in result.lines
    ]
    table = pd.DataFrame(rows)
    table.columns = pd.Index(
        ["way", "time", "against the first line", "read, GB/s", "peak memory, MB"]
    )
    return table if any(line.read for line in result.lines) else table.drop(columns="read, GB/s")


def of_growth(found: Sequence[Grown]) -> pd.DataFrame:
    """Return every curve: its sizes, times and exponents."""
    rows = [
        (
            each.curve.what,
            each.curve.axis,
            ", ".join(map(str, each.curve.sizes)),
            ", ".join(duration(point.seconds) for point in each.points),
            f"{each.exponent:.2f}",
            f"{each.last_exponent:.2f}",
            ", ".join(f"{kept:,.3g}" for kept in each.curve.kept) if any(each.curve.kept) else "",
            ", ".join(f"{point.peak:,.0f}" for point in each.points),
        )
        for each in found
    ]
    return pd.DataFrame(
        rows,
        columns=[
            "of",
            "against",
            "sizes",
            "time",
            "exponent",
            "of the last two",
            "kept or read, MB",
            "peak memory, MB",
        ],
    )
