"""Measure speed and memory: python -m analysis.benchmarks, or make bench."""

from typing import Annotated

import pandas as pd
import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from analysis.benchmarks.blocks import REAL, SMALLER, Block, blocks
from analysis.benchmarks.growth import curves, grown
from analysis.benchmarks.machine import machine
from analysis.benchmarks.own_process import measured
from analysis.benchmarks.page import write_growth, write_measured
from analysis.benchmarks.tables import Result, of_block, of_growth
from analysis.command_line.terminal import console
from data.compiled.cache import load_economy

Full = Annotated[bool, typer.Option(help="Others' programs at 313 regions: minutes, 10 GB.")]
Runs = Annotated[int, typer.Option(help="Runs of the comparison, half of them without policy.")]
Growth = Annotated[bool, typer.Option(help="Measure growth with size as well.")]
Write = Annotated[bool, typer.Option(help="Renew docs/performance.md with what was measured.")]
Only = Annotated[list[str] | None, typer.Option(help="Only the blocks of these names.")]


def bench(
    full: Full = False,
    runs: Runs = 100,
    growth: Growth = False,
    write: Write = False,
    only: Only = None,
) -> None:
    """Measure every step in a process of its own, and print it against the first of its block."""
    chosen = blocks(REAL if full else SMALLER, runs)
    words = [block.word for block in chosen]
    if unknown := sorted(set(only or []) - set(words)):
        raise typer.BadParameter(f"no block is called {unknown[0]}; there are {', '.join(words)}")
    load_economy()
    console().print(f"Measured on {machine()}.")
    results = [_shown(block) for block in chosen if not only or block.word in only]
    found = [grown(curve) for curve in curves()] if growth else []
    if found:
        console().print(_printed(of_growth(found), "Growth"))
    if write and not only:
        write_measured(results)
    if write and found:
        write_growth(found)


def _shown(block: Block) -> Result:
    result = Result(block, tuple(measured(step) for step in block.steps))
    console().print(_printed(of_block(result), block.title))
    return result


def _printed(frame: pd.DataFrame, title: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD)
    for column in frame.columns:
        table.add_column(column)
    for row in frame.itertuples(index=False):
        table.add_row(*row)
    return table


if __name__ == "__main__":
    typer.run(bench)
