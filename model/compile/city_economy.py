"""The city economy: labels, tables in trade form or in full, emissions and response basis."""

from collections.abc import Callable
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
    OutputTogether,
)
from model.compile.assumptions import DEFAULT, Assumptions
from model.compile.figures import Prospects, Records
from model.footprints.accounts import Accounts, embodied_flows
from model.input_output.branches import Branches, branches
from model.input_output.form import Form
from model.input_output.response_basis import collapsed, together
from model.input_output.trade_form import TradeForm
from model.labels import OUR_CATEGORIES, OUR_MONEY, Categories, Kinds, Money, Regions, Sectors


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
        return self.with_response(together(basis), basis, prospects, records)

    def with_response(
        self,
        called_for: OutputTogether,
        by_category: "Columns | Callable[[], Columns]",
        prospects: Prospects,
        records: Records,
    ) -> "Economy":
        """Return the economy that these tables make with their response to final demand.

        Parameters
        ----------
        called_for
            See `model.input_output.response_basis.response_together`; (r, i, R + 1).
        by_category
            The response basis, (r, i, (K + 1)·R), or what gives it when it is asked for.
        """
        mine = {each.name: getattr(self, each.name) for each in fields(CityTables)}
        return Economy(
            **mine,
            called_for=called_for,
            by_category=by_category,
            prospects=prospects,
            records=records,
        )


@dataclass(frozen=True, slots=True)
class Economy(CityTables):
    """City tables with their response basis and what the statistics say of growth."""

    prospects: Prospects
    """Growth after the year of the table, from the statistics."""
    records: Records
    """Past emissions and planned cuts, up to the year of the table."""
    called_for: OutputTogether
    """Output that all final demand of each region calls for, and, last, all exports abroad, 10⁴
    CNY; (r, i, R + 1)."""
    by_category: Columns | Callable[[], Columns]
    """The basis, or what gives it; a drawn economy solves it where a scenario asks for it."""
    assumptions: Assumptions = DEFAULT
    """Those that it was compiled under."""

    @property
    def basis(self) -> Columns:
        """Response basis, (r, i, (K + 1)·R); see `model.input_output.response_basis`."""
        return self.by_category() if callable(self.by_category) else self.by_category

    @property
    def exported(self) -> ByRegionSector:
        """Output that all exports abroad call for, 10⁴ CNY; (r, i)."""
        return self.called_for[:, :, -1]

    def response(self, kinds: Kinds) -> Columns:
        """Return the output that kinds of demand call for, 10⁴ CNY; (r, i, k·R).

        Each kind is a tuple of positions of categories.

        Raises
        ------
        ValueError
            If the kinds are not a partition of the categories.
        """
        if sorted(of for kind in kinds for of in kind) != list(range(len(self.categories.names))):
            raise ValueError(f"kinds {kinds} must hold each of {self.categories.names} once")
        if kinds == self.categories.as_one:
            return self.called_for[:, :, :-1]
        by_category = self.basis.reshape(*self.x.shape, -1, len(self.regions))
        of_kinds = [by_category[:, :, list(kind)].sum(axis=2) for kind in kinds]
        return np.concatenate(of_kinds, axis=2)

    def accounts(self) -> Accounts:
        """Return the emission accounts of the table's own year."""
        emitted = np.einsum("ri,ric->rc", self.S, self.called_for)
        return Accounts(C=emitted[:, :-1], exported=emitted[:, -1])

    def flows_by_group(self, parts: Branches | None = None) -> GroupFlows:
        """Return base-year emission flows by category and abatement group, t; (k, g, r, s).

        By branches of the groups where some are given.
        """
        parts = parts or branches(self.sectors.group, len(self.sectors.groups))
        return collapsed(self.basis, self.S, parts.of_sector, parts.group.size)

    def embodied_value_added(self) -> FlowsByCategory:
        """Return value added in r embodied in final demand of s, 10⁴ CNY; (k, r, s)."""
        return embodied_flows(self.basis, self.value_added_per_output)
