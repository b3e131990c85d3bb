"""Caps: how much all cities may emit, and which of their emissions count."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Tag, field_validator

from scenarios.named import AllOrGroups
from scenarios.quantity import Section, quantity


class CapPath(Section):
    """What every cap path has."""

    coverage: AllOrGroups = "all"
    """Sectors whose emissions count: `all`, or a list of groups such as electricity (power),
    metals (steel), minerals (cement)."""


class BelowBaseline(CapPath):
    """A cap that falls ever further below what would be emitted without policy."""

    path: Literal["below_baseline"] = "below_baseline"
    """Cap path."""
    cut: float = quantity(0.20, "1", "assumed; tried 0.1 to 0.5", ge=0, lt=1)
    """Cut below the policy-free baseline in the last year; linear from zero."""


class Peak(CapPath):
    """A constant cap: the cities' share of a national peak."""

    path: Literal["peak"]
    """Cap path."""
    level_gt: float = quantity(..., "Gt CO₂/yr", "12.2: Chinese Academy of Engineering", gt=0)
    """National emissions at the peak; the cities' share is that of the base year."""


class LinearCut(CapPath):
    """A cap that falls linearly from base-year emissions."""

    path: Literal["linear_cut"]
    """Cap path."""
    cut: float = quantity(..., "1", "a choice", gt=-1, lt=1)
    """Cut below base-year emissions in the last year; negative lets emissions grow."""


class Intensity(CapPath):
    """A cap that follows output: emissions per value added fall by a yearly rate."""

    path: Literal["intensity"]
    """Cap path."""
    rate: float = quantity(..., "1/yr", "a choice", ge=0, lt=1)
    """Yearly fall of the cities' emissions per unit of value added."""


class Table(CapPath):
    """A cap given year by year."""

    path: Literal["table"]
    """Cap path."""
    levels_mt: dict[str, float] = quantity(..., "Mt CO₂/yr", "a choice")
    """Cap by year; linear between the years named, level after the last one."""

    @field_validator("levels_mt")
    @classmethod
    def _years_and_tonnes(cls, levels: dict[str, float]) -> dict[str, float]:
        if not levels:
            raise ValueError("names no year; give at least one, as in { 2020 = 8000.0 }")
        for year, level in levels.items():
            if not (year.isdigit() and len(year) == 4):
                raise ValueError(f"{year!r} is no year")
            if level <= 0:
                raise ValueError(f"{level} Mt in {year} must be positive")
        return levels


def _path_of(cap: Any) -> str:
    return str(
        cap.get("path", "below_baseline")
        if isinstance(cap, dict)
        else getattr(cap, "path", "below_baseline")
    )


CAP_PATHS: dict[str, type[Section]] = {
    "below_baseline": BelowBaseline,
    "peak": Peak,
    "linear_cut": LinearCut,
    "intensity": Intensity,
    "table": Table,
}
Cap = Annotated[
    Annotated[BelowBaseline, Tag("below_baseline")]
    | Annotated[Peak, Tag("peak")]
    | Annotated[LinearCut, Tag("linear_cut")]
    | Annotated[Intensity, Tag("intensity")]
    | Annotated[Table, Tag("table")],
    Discriminator(_path_of),
]
