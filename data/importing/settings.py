"""Settings of an import: what a table does not say of itself, from a small TOML file beside it."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from data.errors import InputError

LARGEST = 2**22
"""Bytes up to which a file of settings is read."""
MOST_TONNES = 1e13
"""Most that a year may emit, t: 250 times the world's, still counted exactly in whole tonnes."""
OF_EITHER = re.compile(r"(constrained-)?float$|dict\[")
"""How a place within a value of either kind is called beside its key."""
Kind = Literal["consumption", "capital_formation", "inventory_change", "export"]
GroupName = Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
"""A word that scenarios and columns may name a group by."""
SectorKind = Literal[
    "agriculture", "light_manufacturing", "heavy_manufacturing", "energy", "high_tech", "services"
]


Tonnes = Annotated[float, Field(ge=0, le=MOST_TONNES)]
Growth = Annotated[float, Field(gt=-0.9, lt=2)]
"""Yearly, 1: beyond any nation's in a year."""
Change = Annotated[float, Field(gt=0, lt=100)]
"""Relative to the year of the table, 1."""
Cut = Annotated[float, Field(ge=0, lt=1)]


class _Part(BaseModel):
    """Unknown keys and wrong types are refused."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, allow_inf_nan=False, use_attribute_docstrings=True
    )


class Money(_Part):
    """Unit of money of the table."""

    unit: float | None = Field(None, gt=0)
    """Units of the currency in one of the table: 1e6 for millions."""
    currency: str | None = None
    """Such as USD."""
    cny: float | None = Field(None, gt=0)
    """CNY of 2012 that a unit of the currency is worth: prices and costs are in CNY."""


class Emissions(_Part):
    """Emissions to put under the cap."""

    extension: str | None = None
    """Of a pymrio system: which one holds them."""
    stressors: tuple[str, ...] = ()
    """Rows of it that are added up."""
    unit: float | None = Field(None, gt=0)
    """Tonnes in one unit of the source: 0.001 for kg."""


class RegionWords(_Part):
    """Regions: who acts, what they are called, what they belong to."""

    not_playing: tuple[str, ...] = ()
    """Regions that take no part in the scheme."""
    names: dict[str, str] = {}
    """Names to show."""
    provinces: dict[str, str] = {}
    """Country or province of each; else each is its own."""


class SectorWords(_Part):
    """Sectors: abatement group and kind of products."""

    groups: dict[GroupName, Annotated[float, Field(gt=0)]] = {}
    """Abatement groups in order, each with the relative steepness of its MAC curve, 1."""
    group: dict[str, str] = {}
    """Group of each sector by name; of those left out, `rest` if there is such a group."""
    kind: dict[str, SectorKind] = {}


class GrowthWords(_Part):
    """Growth after the year of the table."""

    national: Annotated[float, Field(gt=-0.1, lt=0.2)] | dict[str, Growth] | None = None
    """Yearly growth of the whole economy, 1: one number, or by year."""
    regions: dict[str, Growth] = {}
    """Yearly growth of each region, 1; it converges to the whole's."""
    until: int | None = None
    """Last year for which the regions' growth is known."""
    emissions: dict[str, Change] = {}
    """Emissions of the last known year relative to the table's, by region, 1."""
    intensity: dict[str, Change] = {}
    """Emissions per output of the last known year relative to the table's, by group, 1."""


class Matlab(_Part):
    """A table in a MATLAB file: its labels and emissions are in files beside it."""

    emissions: str | None = None
    """Workbook or CSV: regions in the first column, sectors in the first row."""
    regions: str | None = None
    """Workbook or CSV that names the regions in the order of the table; column code if any."""
    sheet: str | None = None
    """Of workbooks; the first unless said."""
    variables: dict[Literal["Z", "F", "VA", "IM", "EX", "X"], str] = {}
    """Names of variables by their role."""
    final_demand: Literal["by_region", "by_category"] = "by_region"
    """Order of the columns of F."""


class WorkbookWords(_Part):
    """A table on a sheet of a workbook."""

    sheet: str | None = None
    """Sheet that holds it; an English one, or the first that does, unless said."""
    emissions: str | None = None
    """Workbook or CSV: regions in the first column, sectors in the first row; else a row CO2."""
    emissions_sheet: str | None = None
    """Sheet of that workbook; the first unless said."""


class MapWords(_Part):
    """Outlines of the regions."""

    file: str | None = None
    """GeoJSON, in the folder of the source."""
    key: str | None = None
    """Property that is the code or the name of a region; else the one that fits the most."""


class Settings(_Part):
    """All that an import may be told."""

    year: int | None = Field(None, ge=1960, le=2059)
    """Of the table."""
    orientation: Literal["as_is", "transposed"] = "as_is"
    """`transposed` where rows buy and columns sell."""
    output: Literal["stated", "rows"] = "stated"
    """`rows` takes output for the sum of what is sold, whatever the table states."""
    money: Money = Money()
    emissions: Emissions = Emissions()
    regions: RegionWords = RegionWords()
    sectors: SectorWords = SectorWords()
    categories: dict[str, Kind] = {}
    """Kind of each category of final demand; `export` is demand abroad."""
    people: dict[str, float] = {}
    """Residents by region, heads."""
    growth: GrowthWords = GrowthWords()
    past_emissions: dict[str, dict[str, Tonnes]] = {}
    """Emissions by year and region, t."""
    intensity_cut: Cut | dict[str, Cut] = 0.0
    """Cut of emissions per value added that a plan of five years asks for, 1."""
    matlab: Matlab = Matlab()
    workbook: WorkbookWords = WorkbookWords()
    map: MapWords = MapWords()

    @property
    def turned(self) -> str:
        """The other orientation."""
        return "as_is" if self.orientation == "transposed" else "transposed"


def read_settings(
    path: Path | None, overrides: Sequence[str] = (), told: Mapping[str, Any] | None = None
) -> Settings:
    """Return the settings of a file, if any, with overrides such as `money.unit=1e6`.

    `told` is what the source itself says, which a file and overrides go before.

    Raises
    ------
    InputError
        If the file, a key or a value is not what it should be.
    """
    tree = _over(dict(told or {}), {} if path is None else _toml(path))
    for word in overrides:
        _set(tree, word)
    where = "--set" if path is None else str(path)
    try:
        return Settings.model_validate(tree)
    except ValidationError as error:
        raise InputError(f"{where}: {_first(error)}") from error


def _over(below: dict[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    for key, value in above.items():
        known = below.get(key)
        both = isinstance(known, dict) and isinstance(value, dict)
        below[key] = _over(dict(known), value) if both and known is not None else value
    return below


def _toml(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path}: is larger than {LARGEST} bytes; settings are a small file")
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: is not TOML ({error}); mend it") from error


def _set(tree: dict[str, Any], word: str) -> None:
    key, separator, text = word.partition("=")
    parts = key.strip().split(".")
    if not separator or not all(parts):
        raise InputError(f"--set {word}: write it as key=value, such as year=2015")
    try:
        value = tomllib.loads(f"value = {text}")["value"]
    except (ValueError, RecursionError):
        value = text.strip()
    for part in parts[:-1]:
        below = tree.setdefault(part, {})
        if not isinstance(below, dict):
            raise InputError(f"--set {word}: {part} is no section; it is {below!r} already")
        tree = below
    tree[parts[-1]] = value


def _first(error: ValidationError) -> str:
    faults = error.errors()
    place = faults[0]["loc"][:-1]
    within = [fault for fault in faults if fault["loc"][: len(place)] == place]
    fault = max(within, key=lambda fault: len(fault["loc"]))  # of a number or a table: that one
    key = ".".join(str(part) for part in fault["loc"] if not OF_EITHER.match(str(part)))
    if fault["type"] == "extra_forbidden":
        return f"{key}: there is no such setting; see docs/own-economy.md for those that there are"
    return f"{key} = {fault['input']!r}: {fault['msg'][0].lower()}{fault['msg'][1:]}"
