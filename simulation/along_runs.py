"""What several runs have side by side, and what is one run's of it.

Arrays of a batch carry an axis of runs after the years, so that the equations of one run are those
of many (`model.runs`).
"""

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass, replace
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

import numpy as np

from model.footprints.scored_year import Mitigation, ScoredYear
from simulation.baseline import Baseline
from simulation.streams import Streams

Part = TypeVar("Part", ScoredYear, Mitigation)
NUMBERS = (["*#runs", "1"], ["*#runs", "_", "_"])
"""Axes of what is a number of one run."""


def together(chances: Sequence[Streams]) -> Streams:
    """Return the chance of several runs as one: years first, then runs, then cities."""
    return Streams(
        **{
            field.name: np.stack(
                [getattr(chance, field.name) for chance in chances],
                axis=int(_axes(field.type)[0] == "t"),
            )
            for field in fields(Streams)
        }
    )


def baselines_together(years: Sequence[Baseline]) -> Baseline:
    """Return the policy-free years of several runs as one: years first, then runs."""
    first = years[0]
    if all(each is first for each in years):
        return first

    def stacked(of: Callable[[Baseline], np.ndarray]) -> np.ndarray:
        return np.stack([of(each) for each in years], axis=1)

    return Baseline(
        demand=stacked(lambda each: each.demand),
        by_kind=stacked(lambda each: each.by_kind),
        exports=stacked(lambda each: each.exports[:, None]),
        level=stacked(lambda each: each.level),
        unabated=stacked(lambda each: each.unabated),
        value_added=stacked(lambda each: each.value_added),
        value_added_misfit=stacked(lambda each: each.value_added_misfit),
        demand_deviation=stacked(lambda each: each.demand_deviation),
        years=tuple(_parts(each) for each in zip(*(each.years for each in years), strict=True)),
        since_base_year=tuple(
            _parts(each) for each in zip(*(each.since_base_year for each in years), strict=True)
        ),
    )


def _parts(of_runs: Sequence[Part]) -> Part:
    first = of_runs[0]
    names = [field.name for field in fields(first)]
    return replace(
        first, **{name: np.stack([getattr(each, name) for each in of_runs]) for name in names}
    )


def run_of(value: Any, kind: Any, run: int) -> Any:
    """Return what is one run's of a value that several share, by the axes that its type names."""
    if is_dataclass(value) and not isinstance(value, type):
        names = {field.name: field.type for field in fields(value) if field.init}
        return replace(value, **{n: run_of(getattr(value, n), names[n], run) for n in names})
    if isinstance(value, tuple):
        return tuple(run_of(each, type(each), run) for each in value)
    if not isinstance(value, np.ndarray):
        return value
    if get_origin(kind) in (Union, UnionType):
        kind = next(each for each in get_args(kind) if hasattr(each, "dim_str"))
    axes = _axes(kind)
    place = next((n for n, axis in enumerate(axes) if axis.startswith("*")), None)
    if place is None or value.ndim < len(axes):
        return value
    its_own = value[(slice(None),) * place + (run,)]
    if axes[place] == "*column":
        return its_own[..., 0]
    return its_own.item() if axes in NUMBERS else its_own


def _axes(kind: Any) -> list[str]:
    """Return the names of the axes that a type of arrays has."""
    names: str = kind.dim_str
    return names.split()
