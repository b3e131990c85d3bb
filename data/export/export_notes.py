"""Notes beside an exported table: units, labels, source, terms."""

import importlib.metadata

from data.export.dense_table import REST, DenseTable
from model.labels import CATEGORIES

MONEY = "10,000 CNY a year at prices of 2012"
UNITS = {
    "Z": MONEY, "Y": MONEY, "x": MONEY, "value_added": MONEY, "imports": MONEY, "export": MONEY,
    "Z_imports": MONEY, "Y_imports": MONEY, "F": "t CO2 a year",
    "household_emissions": "t CO2 a year", "population": "residents",
}  # fmt: skip
"""Unit of every table and column."""
SOURCE = (
    "Modelled by Quotapolis from provincial input-output tables, city statistics and CEADs\n"
    "emission inventories: no flow between two cities is an observation."
)
OF_THE_REST = f"""
- `{REST}` is the sum of all regions that are not named: flows and totals are exact.
  Footprints and multipliers are not: one mean technology stands for all those regions, which
  moves a city's footprint by ten per cent and more. Where they matter, export all regions."""
TERMS = "DATA-LICENCE.md of Quotapolis; whoever publishes results cites the CEADs papers it names."


def labels(table: DenseTable) -> dict[str, object]:
    """Return the year, units and labels, ready for JSON."""
    return {
        "quotapolis": importlib.metadata.version("quotapolis"),
        "year": table.year,
        "units": UNITS,
        "categories": CATEGORIES,
        "regions": dict(zip(table.codes, table.regions, strict=True)),
        "sectors": dict(zip(table.sector_codes, table.sectors, strict=True)),
        "source": SOURCE.replace("\n", " "),
        "terms": TERMS,
    }


def notes(table: DenseTable, how_to_read: str) -> str:
    """Return the README of a folder; `how_to_read` is a few lines of Python."""
    rest = OF_THE_REST if REST in table.regions else ""
    return f"""# A city input-output table of China, {table.year}

{len(table.regions)} regions × {len(table.sectors)} sectors.
{SOURCE}

- Money: {MONEY}.
- Emissions: t CO2 a year, production only; direct emissions of households stand apart.
- Row of Z and Y: who delivers. Column: who uses, a sector or a category of final demand
  ({", ".join(CATEGORIES)}).
- Along a row, Σ Z + Σ Y + export = x. Down a column, Σ Z + imports + value added = x.
- Z and Y hold deliveries within China; imports from abroad are booked at their users.{rest}

{TERMS}

```python
{how_to_read.strip()}
```
"""
