"""Cap paths by word: how many tonnes may be emitted in a year, from what is known of the years."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from model.arrays import Vector
from model.registry import Registry, parameter


@dataclass(frozen=True, slots=True)
class CapYears:
    """Figures that a cap path may go by."""

    years: range
    """The simulated years."""
    baseline: Vector
    """Liability of the cities without policy, t; (t,)."""
    base: Vector
    """Their liability in the base year under each year's coverage, t; (t,)."""
    output: Vector
    """Their value added relative to the base year, 1; (t,)."""
    national: float
    """All production emissions of the base year, t."""


LEAST_MT, MOST_MT = 1e-6, 1e6
"""Caps between which whole tonnes can be allocated: one tonne, a hundred times the nation's."""

CapPath = Callable[..., Vector]
"""From `CapYears`, with parameters if it declares any, to the cap of each year, t; (t,)."""


@dataclass(frozen=True, slots=True)
class BelowBaseline:
    """Parameters of below_baseline."""

    cut: float = parameter(
        0.20,
        "1",
        "assumed; tried 0.1 to 0.5",
        "Cut below the policy-free baseline in the last year; linear from zero.",
        ge=0,
        le=0.99,
        bounds="a share; a cap of nothing is none",
    )


@dataclass(frozen=True, slots=True)
class Peak:
    """Parameters of peak."""

    level_gt: float = parameter(
        ...,
        "Gt CO₂/yr",
        "12.2: Chinese Academy of Engineering",
        "National emissions at the peak; the cities' share is that of the base year.",
        ge=0.001,
        le=1000,
        bounds="a hundred times what the nation emits, and a ten-thousandth",
    )


@dataclass(frozen=True, slots=True)
class LinearCut:
    """Parameters of linear_cut."""

    cut: float = parameter(
        ...,
        "1",
        "a choice",
        "Cut below base-year emissions in the last year; negative lets emissions grow.",
        ge=-1,
        le=0.99,
        bounds="from twice the base year's emissions to a hundredth",
    )


@dataclass(frozen=True, slots=True)
class Intensity:
    """Parameters of intensity."""

    rate: float = parameter(
        ...,
        "1/yr",
        "a choice",
        "Yearly fall of the cities' emissions per unit of value added.",
        ge=0,
        le=0.5,
        bounds="a share; half a year is faster than anywhere",
    )


@dataclass(frozen=True, slots=True)
class Table:
    """Parameters of table."""

    levels_mt: Mapping[str, float] = parameter(
        ...,
        "Mt CO₂/yr",
        "a choice",
        "Cap by year; linear between the years named, level after the last one.",
        bounds="a tonne to a hundred times what the nation emits",
    )

    def __post_init__(self) -> None:
        """Refuse what is no table of years; raises ValueError."""
        if not self.levels_mt:
            raise ValueError("levels_mt names no year; give at least one, as in { 2020 = 8000.0 }")
        for year, level in self.levels_mt.items():
            if not re.fullmatch("[0-9]{4}", year):
                raise ValueError(f"levels_mt: {year!r} is no year")
            if not LEAST_MT <= level <= MOST_MT:
                raise ValueError(
                    f"levels_mt: {level} Mt in {year} must be from {LEAST_MT:g} to {MOST_MT:g}"
                )


def below_baseline(years: CapYears, parameters: BelowBaseline) -> Vector:
    """Return (1 − c_t)·baseline, t; c_t rises linearly from 0 before the first year to the cut."""
    return years.baseline * (1.0 - parameters.cut * _ramp(years.baseline.shape[0]))


def peak(years: CapYears, parameters: Peak) -> Vector:
    """Return the cities' share of a national peak, constant while coverage is, t; (t,)."""
    return parameters.level_gt * 1e9 * (years.base / years.national)


def linear_cut(years: CapYears, parameters: LinearCut) -> Vector:
    """Return base-year liability falling linearly by the cut until the last year, t; (t,)."""
    return years.base * (1.0 - parameters.cut * _ramp(years.base.shape[0]))


def intensity(years: CapYears, parameters: Intensity) -> Vector:
    """Return a cap that follows output: emissions per value added fall by a rate, t; (t,)."""
    at_base_intensity = years.base * years.output
    return at_base_intensity * (1.0 - parameters.rate) ** _count(at_base_intensity.shape[0])


def table(years: CapYears, parameters: Table) -> Vector:
    """Return the given levels, t; between named years linear, after the last one level; (t,)."""
    levels = {int(year): mt * 1e6 for year, mt in parameters.levels_mt.items()}
    known = sorted(levels)
    return np.interp(np.array(years.years, dtype=np.float64), known, [levels[y] for y in known])


def _count(years: int) -> Vector:
    return np.arange(1, years + 1, dtype=np.float64)


def _ramp(years: int) -> Vector:
    return _count(years) / years


CAP_PATHS: Registry[CapPath] = Registry("cap path")
CAP_PATHS.build_in("below_baseline", below_baseline, BelowBaseline)
CAP_PATHS.build_in("peak", peak, Peak)
CAP_PATHS.build_in("linear_cut", linear_cut, LinearCut)
CAP_PATHS.build_in("intensity", intensity, Intensity)
CAP_PATHS.build_in("table", table, Table)
