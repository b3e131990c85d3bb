"""Cost against regions, sectors, categories, years and runs, and the exponents that fit.

Counted in time of the processor, which other programs on the machine hardly move.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from analysis.benchmarks import laboratory, scoring
from analysis.benchmarks.invention import GROUPS, SECTORS, invented
from analysis.benchmarks.own_process import Measured, Step, measured
from analysis.benchmarks.timing import Timing, best, once
from model.input_output.response_basis import COLUMNS_AT_ONCE

REGIONS = (50, 150, 313, 626)
MIDDLE = 150
"""Regions while sectors or categories vary."""

Shapes = list[tuple[int, int, int]]
"""Regions, sectors and categories of each economy."""


@dataclass(frozen=True, slots=True)
class GrowthCurve:
    """Cost of one thing as one size grows."""

    what: str
    axis: str
    sizes: tuple[int, ...]
    steps: tuple[Step, ...]
    """One for each size."""
    kept: tuple[float, ...]
    """Memory of what the step leaves or reads, MB; for each size."""


@dataclass(frozen=True, slots=True)
class Grown:
    """A curve as measured."""

    curve: GrowthCurve
    points: tuple[Measured, ...]

    @property
    def exponent(self) -> float:
        """Exponent of time over all sizes, by least squares of logarithms."""
        return exponent(self.curve.sizes, [point.seconds for point in self.points])

    @property
    def last_exponent(self) -> float:
        """Exponent between the two largest sizes, where fixed costs matter least."""
        return exponent(self.curve.sizes[-2:], [point.seconds for point in self.points[-2:]])


def exponent(sizes: tuple[int, ...], costs: list[float]) -> float:
    """Return b of cost = a·sizeᵇ."""
    return float(np.polyfit(np.log(sizes), np.log(costs), 1)[0])


def grown(curve: GrowthCurve) -> Grown:
    """Measure a curve, each size in a process of its own."""
    return Grown(curve, tuple(measured(step) for step in curve.steps))


def response(regions: int, sectors: int, categories: int) -> Timing:
    """Time the response to final demand by so many categories, R columns each, block by block."""
    economy = invented(regions, sectors, categories)
    Y = economy.form.final_demand(economy.d)

    def work() -> None:
        for start in range(0, Y.shape[2], COLUMNS_AT_ONCE):
            part = slice(start, start + COLUMNS_AT_ONCE)
            Y[:, :, part] = economy.form.solve(np.ascontiguousarray(Y[:, :, part]))

    return once(work, clock=time.process_time)


def any_intensity(regions: int, sectors: int, categories: int) -> Timing:
    """Time a year of any intensities and any multipliers, the basis being read."""
    rng = np.random.default_rng(0)
    basis = rng.random((regions, sectors, categories * regions))
    S, demand = rng.random((regions, sectors)), rng.random((categories, regions))
    return best(
        lambda: scoring.streamed(basis, S, demand), 9, basis.nbytes, clock=time.process_time
    )


def by_group(regions: int) -> Timing:
    """Time a year of intensities that move by group, with its flows."""
    return scoring.flows_by_group(regions, clock=time.process_time)


def curves() -> tuple[GrowthCurve, ...]:
    """Return all curves."""
    sectors, categories = (10, 21, 42, 84), (1, 2, 5, 10)
    sizes: dict[str, Shapes] = {
        "regions": [(r, SECTORS, 1) for r in REGIONS],
        "sectors": [(MIDDLE, i, 1) for i in sectors],
        "categories": [(MIDDLE, SECTORS, k) for k in categories],
    }
    kinds: dict[str, Callable[..., Timing]] = {
        "basis": response,
        "year, any change": any_intensity,
    }
    found = [
        _curve(what, axis, work, shapes)
        for what, work in kinds.items()
        for axis, shapes in sizes.items()
    ]
    return (*found, _by_group(), _years(), _runs())


def _curve(what: str, axis: str, work: Callable[..., Timing], shapes: Shapes) -> GrowthCurve:
    position = ("regions", "sectors", "categories").index(axis)
    return GrowthCurve(
        what=what,
        axis=axis,
        sizes=tuple(shape[position] for shape in shapes),
        steps=tuple(
            Step(what, work, dict(zip(("regions", "sectors", "categories"), shape, strict=True)))
            for shape in shapes
        ),
        kept=tuple(r * i * k * r * 8e-6 for r, i, k in shapes),
    )


def _by_group() -> GrowthCurve:
    return GrowthCurve(
        what="year, by group",
        axis="regions",
        sizes=REGIONS,
        steps=tuple(Step("flows by group", by_group, {"regions": r}) for r in REGIONS),
        kept=tuple(r * GROUPS * r * 8e-6 for r in REGIONS),
    )


def _years() -> GrowthCurve:
    ends = (2015, 2021, 2030, 2048)
    return GrowthCurve(
        what="one run",
        axis="years",
        sizes=tuple(end - 2012 for end in ends),
        steps=tuple(Step("one run", laboratory.one_run_until, {"end": end}) for end in ends),
        kept=(0.0,) * len(ends),
    )


def _runs() -> GrowthCurve:
    runs = (3, 9, 27)
    return GrowthCurve(
        what="runs in turn",
        axis="runs",
        sizes=runs,
        steps=tuple(Step("runs in turn", laboratory.runs_in_turn, {"runs": n}) for n in runs),
        kept=(0.0,) * len(runs),
    )
