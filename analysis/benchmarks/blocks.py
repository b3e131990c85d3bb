"""Blocks of steps that are measured, each read against the first line of its block."""

from dataclasses import dataclass

from analysis.benchmarks import (
    bandwidth,
    by_hand,
    laboratory,
    phases,
    plain_mesa,
    runs_together,
    scoring,
    series,
    with_pymrio,
)
from analysis.benchmarks.invention import CATEGORIES, GROUPS, SECTORS
from analysis.benchmarks.own_process import Step

REAL = 313
"""Regions of the real economy."""
SMALLER = 100
"""Regions of the invented economy on which inverting takes seconds, not minutes and 9 GB."""
TOGETHER = 16
"""Runs that advance together."""


@dataclass(frozen=True, slots=True)
class Block:
    """Steps that answer one question on one economy."""

    word: str
    title: str
    steps: tuple[Step, ...]


def blocks(compared: int, runs: int) -> tuple[Block, ...]:
    """Return all blocks.

    Parameters
    ----------
    compared
        Regions of the table on which others' programs are measured.
    runs
        Runs of the comparison, of both arms together.
    """
    return (
        Block("today", _size(compared, "One year's accounts from a table"), _today(compared)),
        Block("solving", _size(REAL, "Output for one column a region"), _solving()),
        Block("streaming", _size(REAL, "One scored year, any change"), _streaming()),
        Block("scoring", _size(REAL, "One scored year, intensities by group"), _scoring()),
        Block("agents", "18 years of 309 agents with 8 neighbours each", _agents()),
        Block("phases", "A year of the baseline, 309 cities, by phase", _phases()),
        Block("together", f"Runs of 18 years that advance together, {TOGETHER}", _together()),
        Block("laboratory", "The real economy, 313 regions of 42 sectors", _laboratory(runs)),
    )


def _today(regions: int) -> tuple[Step, ...]:
    at = {"regions": regions}
    return (
        Step("pymrio, from Z and Y", with_pymrio.from_the_table, at),
        Step("pymrio, L kept, a new year", with_pymrio.year_with_inverse_kept, at),
        Step("pymrio, L kept, flows of a new year", with_pymrio.flows_with_inverse_kept, at),
        Step("numpy, inverse alone", by_hand.inverse, at),
        Step("scipy, LU in place, a column a region", by_hand.factors, at),
        Step("ours, response basis, all columns", scoring.all_columns, at),
        Step("ours, flows of a new year, any change", scoring.any_intensity, at),
        Step("ours, flows of a new year, by group", scoring.flows_by_group, at),
        Step("ours, accounts of a new year, by group", scoring.totals_by_group, at),
    )


def _solving() -> tuple[Step, ...]:
    at = {"regions": REAL}
    return (
        Step("A applied once", series.one_application, at),
        Step("block BiCGStab, ours", series.by_krylov, at),
        Step("Chebyshev's semi-iteration", series.by_chebyshev, at),
        Step("Neumann series", series.by_neumann, at),
    )


def _streaming() -> tuple[Step, ...]:
    basis = 8 * REAL**2 * SECTORS * (CATEGORIES + 1)
    return (
        Step("limit: reading as much from memory", bandwidth.reading, {"size": basis}),
        Step("flows, the whole basis read", scoring.any_intensity, {"regions": REAL}),
    )


def _scoring() -> tuple[Step, ...]:
    at, flows = {"regions": REAL}, 8 * REAL**2 * GROUPS
    return (
        Step("limit: reading as much from the cache", bandwidth.reading, {"size": flows}),
        Step("flows", scoring.flows_by_group, at),
        Step("accounts without flows", scoring.totals_by_group, at),
        Step(f"the same, {scoring.RUNS} runs at once, per run", scoring.totals_of_many_runs, at),
    )


def _agents() -> tuple[Step, ...]:
    return (
        Step("plain Mesa, one choice a year", plain_mesa.agents_alone, {}),
        Step("that choice on arrays", plain_mesa.arrays_alone, {}),
        Step("ours, ten phases, market, accounts", laboratory.one_run, {}),
    )


def _phases() -> tuple[Step, ...]:
    words = [*phases.PHASES, "the rest: memory, ledger, learning"]
    return tuple(Step(word, phases.of_phase, {"phase": n}) for n, word in enumerate(words))


def _together() -> tuple[Step, ...]:
    at = {"runs": TOGETHER}
    return (
        Step("one by one, per run", runs_together.one_by_one, at),
        Step("together, per run", runs_together.together, at),
        Step("together, each with numbers of its own, per run", runs_together.with_own_numbers, at),
        Step("limit: products with the flows, columns written", runs_together.least, at),
    )


def _laboratory(runs: int) -> tuple[Step, ...]:
    return (
        Step("one 18-year run", laboratory.one_run, {}),
        Step("cold compile, without basis", laboratory.compiling, {}),
        Step("response basis", laboratory.solving, {}),
        Step("a drawn economy, on one thread", laboratory.drawing, {}),
        Step("loading the compiled economy", laboratory.loading, {}),
        Step("preparing it for runs", laboratory.preparing, {}),
        Step("years without policy of another growth", laboratory.another_growth, {}),
        Step(
            f"{runs} runs on two processes, 9/10 under a cap", laboratory.many_runs, {"runs": runs}
        ),
        Step(
            "the same, outcomes alone kept",
            laboratory.many_runs,
            {"runs": runs, "outcomes_only": True},
        ),
    )


def _size(regions: int, title: str) -> str:
    return f"{title}: {regions} regions of {SECTORS} sectors, n = {regions * SECTORS:,}"
