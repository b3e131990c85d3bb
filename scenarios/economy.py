"""The economy that a scenario runs on: assumptions of its compile, where statistics are silent."""

from typing import Literal

from model.compile.assumptions import DEFAULT, Assumptions
from scenarios.quantity import Section, quantity


class Economy(Section):
    """Assumptions of the compile; another value is another economy, compiled once and kept."""

    home_weight: float = quantity(
        DEFAULT.home_weight, "1", "calibrated to Xia et al. 2024", ge=0.1, le=1000,
        bounds="from goods that shun their city to hardly any trade within the province",
    )  # fmt: skip
    """Likelihood of goods to stay in their own city, relative to another of the province."""
    heterogeneity: float = quantity(
        DEFAULT.heterogeneity, "1", "Zheng et al. 2022", ge=0, le=1, bounds="a share"
    )
    """Weight of a city's own ratio of intermediate to total demand against its province's."""
    decay_per_km: float = quantity(
        DEFAULT.decay_per_km, "1/km", "assumed", ge=0, le=0.05,
        bounds="no distance, to trade that halves every 14 km",
    )  # fmt: skip
    """Decline of trade with distance."""
    output_tilt: float = quantity(
        DEFAULT.output_tilt, "1", "docs/known-truth.md", ge=0, le=3,
        bounds="none, to twentyfold output",
    )  # fmt: skip
    """Bound on tilting city output towards emitting sectors, log units."""
    capacity_weight: float = quantity(
        DEFAULT.capacity_weight, "1", "docs/city-statistics.md", ge=0, le=1, bounds="a share"
    )
    """Weight of thermal capacity in a city's share of electricity output."""
    jobs_weight: float = quantity(
        DEFAULT.jobs_weight, "1", "docs/city-statistics.md", ge=0, le=1, bounds="a share"
    )
    """Weight of jobs by kind of work in a city's structure inside its industries."""
    demand: Literal["cities", "provinces"] = DEFAULT.demand
    """Source of the rise of demand with income."""
    investment_weight: float = quantity(
        DEFAULT.investment_weight, "1", "docs/city-statistics.md", ge=0, le=2,
        bounds="none, to twice what investment is",
    )  # fmt: skip
    """Capital formation per fixed-asset investment, both beyond what income explains."""
    investment_persistence: float = quantity(
        DEFAULT.investment_persistence, "1", "docs/city-statistics.md", ge=0, le=1,
        bounds="a correlation",
    )  # fmt: skip
    """Correlation of a city's departures in investment from one year to the next."""
    categories_of: Literal["nation", "midway", "provinces"] = DEFAULT.categories_of
    """Division of final demand into categories: the nation's, the provinces', or midway."""
    elasticity_shift: float = quantity(
        DEFAULT.elasticity_shift, "1", "docs/city-statistics.md", ge=-3, le=3,
        bounds="three standard errors either way",
    )  # fmt: skip
    """Added to every income elasticity of demand, standard errors."""
    income_elasticity: float | None = quantity(
        None, "1", "docs/city-statistics.md", ge=0, le=2, bounds="no rise, to its square"
    )
    """One income elasticity of demand for all categories, in place of the estimated ones."""
    accounting: Literal["provincial", "national"] = DEFAULT.accounting
    """Inventory that emissions add up to: the sum of the provinces or the national one."""
    deflator: Literal["sector", "industry", "alternative"] = DEFAULT.deflator
    """Price indices that bring later years to the prices of 2012."""

    @property
    def assumptions(self) -> Assumptions:
        """The same as the compile takes them."""
        return Assumptions(**self.model_dump())
