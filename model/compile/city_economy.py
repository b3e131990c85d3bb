"""The city economy: labels, tables in trade form or in full, emissions and response basis."""

from dataclasses import dataclass, field, fields

import numpy as np

from model.arrays import (
    ByRegion,
    ByRegionSector,
    Columns,
    FinalUse,
    FlowsByCategory,
    GroupFlows,
    Indices,
    Mask,
)
from model.compile.figures import Prospects, Records
from model.footprints.accounts import Accounts, accounts, embodied_flows
from model.input_output.branches import Branches, branches
from model.input_output.form import Form
from model.input_output.response_basis import collapsed
from model.input_output.trade_form import TradeForm
from model.labels import OUR_CATEGORIES, OUR_MONEY, Categories, Money, Regions, Sectors


@dataclass(frozen=True, slots=True)
class CityTables:
    """The city tables of one year. Money 10⁴ CNY at base-year prices, emissions t CO₂."""

    year: int
    regions: Regions
    sectors: Sectors
    form: Form
    d: FinalUse
    """Final demand of region s for product i of any origin, by category; (s, i, k)."""
    export: ByRegionSector
    """Exports abroad by origin; (r, i)."""
    x: ByRegionSector
    """Gross output; (r, i)."""
    value_added: ByRegionSector
    """Value added; (r, i)."""
    F: ByRegionSector
    """Production emissions, without households' own; (r, i)."""
    household_emissions: ByRegion
    """Direct emissions of households, kept apart from every account; (r,)."""
    population: ByRegion
    """Residents, heads; (r,)."""
    co2_estimated: Mask
    """True where the city's CO₂ is not an inventory value of the year; (r,)."""
    categories: Categories = field(default=OUR_CATEGORIES, kw_only=True)
    money: Money = field(default=OUR_MONEY, kw_only=True)

    @property
    def S(self) -> ByRegionSector:
        """Emission intensity, t CO₂ per 10⁴ CNY of output, 0 without output; (r, i)."""
        return np.divide(self.F, self.x, out=np.zeros_like(self.F), where=self.x > 0)

    @property
    def value_added_per_output(self) -> ByRegionSector:
        """Value added per unit of output, 1, 0 without output; (r, i)."""
        return np.divide(self.value_added, self.x, out=np.zeros_like(self.x), where=self.x > 0)

    @property
    def trade(self) -> TradeForm:
        """The form, where it is a trade form.

        Raises
        ------
        TypeError
            If the table is kept in full: it has no trade shares.
        """
        if not isinstance(self.form, TradeForm):
            raise TypeError(f"a {type(self.form).__name__} has no trade shares; ask `form`")
        return self.form

    @property
    def players(self) -> Indices:
        """Positions of the cities among the regions; (c,)."""
        return np.flatnonzero(self.regions.is_city)

    def with_basis(self, basis: Columns, prospects: Prospects, records: Records) -> "Economy":
        """Return the economy that these tables make with their response basis."""
        mine = {each.name: getattr(self, each.name) for each in fields(CityTables)}
        return Economy(**mine, basis=basis, prospects=prospects, records=records)


@dataclass(frozen=True, slots=True)
class Economy(CityTables):
    """City tables with their response basis and what the statistics say of growth."""

    prospects: Prospects
    """Growth after the year of the table, from the statistics."""
    records: Records
    """Past emissions and planned cuts, up to the year of the table."""
    basis: Columns
    """Response basis, (r, i, (K + 1)·R); see `model.input_output.response_basis`."""

    def accounts(self) -> Accounts:
        """Return the emission accounts of the table's own year."""
        return accounts(embodied_flows(self.basis, self.S))

    def flows_by_group(self, parts: Branches | None = None) -> GroupFlows:
        """Return base-year emission flows by category and abatement group, t; (k, g, r, s).

        By branches of the groups where some are given.
        """
        parts = parts or branches(self.sectors.group, len(self.sectors.groups))
        return collapsed(self.basis, self.S, parts.of_sector, parts.group.size)

    def embodied_value_added(self) -> FlowsByCategory:
        """Return value added in r embodied in final demand of s, 10⁴ CNY; (k, r, s)."""
        return embodied_flows(self.basis, self.value_added_per_output)
