"""Building an economy from a table that somebody gives: exact, in full, nothing forced."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from data.errors import InputError
from data.importing.beside import FILLED_PER_HEAD, people_of, prospects_of, records_of
from data.importing.guesses import year_of
from data.importing.labels import demand_categories, kinds_of, regions_of, sectors_of_table
from data.importing.map_file import Rings
from data.importing.raw_table import RawTable
from data.importing.settings import Settings
from data.importing.sound_table import (
    balanced_output,
    require_finite,
    require_labels,
    require_no_inputs_without_output,
    value_added_of,
)
from data.importing.units import require_plausible, require_tonnes, units_of
from model.arrays import ByRegionSector, Columns
from model.compile.city_economy import CityTables, Economy
from model.input_output.dense_form import Cancelled, dense_form, origins
from model.input_output.krylov import NotConverged
from model.input_output.response_basis import response_basis
from model.labels import Sectors

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Built:
    """An economy, and what was taken for what to build it."""

    economy: Economy
    said: dict[str, str]
    """Every choice and default, by what it is about."""
    outlines: Rings = field(default_factory=dict)
    """Outlines of regions by code, if there is a map."""


def built(table: RawTable, settings: Settings, progress: Progress) -> Built:
    """Return the economy of a table; its Z is overwritten.

    Raises
    ------
    InputError
        If the table is no sound economy, or something is not said that must be.
    """
    require_labels(table)
    require_finite(table)
    said = dict(table.said)
    x = balanced_output(table, settings)
    require_no_inputs_without_output(table, x)
    if settings.output == "rows":
        table = replace(table, value_added=None)
        said["output"] = "what is sold, whatever the table states"
    value_added = value_added_of(table, x, settings)
    units = units_of(table, settings)
    said |= units.said
    shape = (len(table.regions), len(table.sectors))
    F = table.F * units.emissions
    require_tonnes(table, float(F.sum()))
    if (F < 0).any():
        region = table.regions[int(np.argmax((F < 0).any(axis=1)))]
        raise InputError(f"{table.source}: a sector of {region} emits less than nothing; mend it")
    value_added = value_added.reshape(shape) * units.money
    given = people_of(table, settings)
    require_plausible(table, float(value_added.sum()), None if given is None else given.sum())
    filled = np.maximum(value_added.sum(axis=1), 0.0) / FILLED_PER_HEAD
    people = filled if given is None else given
    said["people"] = (
        f"{people.sum():.4g} residents as given"
        if given is not None
        else f"not given; residents in proportion to value added, {FILLED_PER_HEAD:g}·10⁴ CNY each"
    )
    kinds = kinds_of(table, settings)
    home = [name != "export" for name in kinds.values()]
    Y, export = _final(table, np.array(home), units.money)
    categories, sectors = demand_categories(kinds), sectors_of_table(table, settings)
    acts = (value_added.sum(axis=1) > 0) & (people > 0)
    regions = regions_of(table, settings, acts)
    if not regions.is_city.any():
        raise InputError("regions.not_playing: nobody is left to take part; name fewer")
    said["final demand"] = "; ".join(f"{name}: {kind}" for name, kind in kinds.items())
    said["sectors"] = _groups_said(sectors, settings)
    said["regions"] = f"{int(regions.is_city.sum())} of {shape[0]} act" + (
        "" if acts.all() else f"; without value added: {_named(table.regions, ~acts)}"
    )
    households = table.household_emissions
    year, said["year"] = _year(table, settings)
    prospects, said["growth"] = prospects_of(table, settings, year, sectors.groups)
    of_households = np.zeros(shape[0]) if households is None else households * units.emissions
    records, told = records_of(table, settings, year, F.sum(axis=1) + of_households)
    said |= told
    try:
        origin, d = origins(Y)
    except Cancelled as error:
        raise InputError(
            f"{table.source}: deliveries of {table.sectors[error.product]} to final demand of"
            f" {table.regions[error.region]} add up to nothing though some are not; book"
            " increases and decreases in categories of their own"
        ) from error
    A = np.divide(table.Z, x, out=table.Z, where=x > 0)
    try:
        form = dense_form(A, origin)
    except NotConverged as error:
        raise InputError(
            f"{table.source}: {error}; is it turned (orientation = {settings.turned!r})?"
        ) from error
    tables = CityTables(
        year=year,
        regions=regions,
        sectors=sectors,
        form=form,
        d=d,
        export=export,
        x=x.reshape(shape) * units.money,
        value_added=value_added,
        F=F,
        household_emissions=of_households,
        population=people,
        co2_estimated=np.zeros(shape[0], dtype=np.bool_),
        categories=categories,
        money=units.shown,
    )
    basis = response_basis(form, d, export, lambda done, of: progress("response basis", done, of))
    return Built(tables.with_basis(basis, prospects, records), said)


def _final(table: RawTable, home: np.ndarray, money: float) -> tuple[Columns, ByRegionSector]:
    """Return final demand at home, (r, i, k·R + s), and exports abroad, (r, i), 10⁴ CNY."""
    regions, sectors = len(table.regions), len(table.sectors)
    Y = table.Y.reshape(regions, sectors, regions, -1) * money
    export = Y[..., ~home].sum(axis=(2, 3))
    if table.export is not None:
        export = export + table.export.reshape(export.shape) * money
    kept = Y[..., home].transpose(0, 1, 3, 2)
    return np.ascontiguousarray(kept).reshape(regions, sectors, -1), export


def _year(table: RawTable, settings: Settings) -> tuple[int, str]:
    if settings.year is not None:
        return settings.year, f"{settings.year} (settings)"
    found = year_of(table.title)
    if found is None:
        raise InputError(
            f"{table.source}: the year of the table is not known; set year, such as year = 2015"
        )
    return found, f"{found} (from {table.title!r})"


def _groups_said(sectors: Sectors, settings: Settings) -> str:
    words = settings.sectors
    told = bool(words.groups) or set(sectors.names) <= set(words.group)
    counts = np.bincount(sectors.group, minlength=len(sectors.groups))
    found = (f"{n} {name}" for n, name in zip(counts, sectors.groups, strict=True) if n)
    if told:
        return ", ".join(found)
    if len(sectors.codes) == counts[-1]:
        return f"{', '.join(found)}: no name tells a group of Zheng et al. 2023; set sectors.group"
    return f"{', '.join(found)} (groups of Zheng et al. 2023, by name)"


def _named(regions: tuple[str, ...], those: np.ndarray) -> str:
    return ", ".join(np.array(regions)[those][:5])
