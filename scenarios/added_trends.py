"""Additions of a scenario to the world's own trends: cleaner sectors, more demand for products."""

from typing import Annotated

from scenarios.named import Places, Products, Sectors, Some
from scenarios.quantity import Section, quantity


class Cleaner(Section):
    """Sectors whose intensity changes faster than its trend in some places."""

    where: Annotated[Places, Some]
    """List of `east`, `central`, `west`, `northeast`, or of provinces by name."""
    sector: Sectors
    """Group of sectors, such as electricity; code of one sector, such as s10; or a kind, such as
    high_tech."""
    change: float = quantity(
        ..., "1/yr", "a choice", gt=-0.5, lt=0.5, bounds="half or half as much again each year"
    )
    """Yearly change of its intensity beyond the trend, from the first simulated year."""


class MoreDemand(Section):
    """Products of which some places demand more than the baseline says."""

    where: Annotated[Places, Some]
    """List of `east`, `central`, `west`, `northeast`, or of provinces by name."""
    products: Annotated[Products, Some]
    """List of codes of sectors, such as s20, or of kinds, such as high_tech."""
    growth: float = quantity(
        ..., "1/yr", "a choice", ge=0, lt=0.5, bounds="half as much again each year"
    )
    """Yearly growth of households', public and capital demand for them, on top of the baseline's,
    from the first simulated year; inventory change does not take part."""
