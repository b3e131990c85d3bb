"""Notes beside an exported table: units, labels, source, terms."""

import importlib.metadata

from data.export.dense_table import DenseTable

MONEY = ("Z", "Y", "x", "value_added", "imports", "export")
"""Tables and columns of money."""
BY_PRODUCT = ("Z_imports", "Y_imports")
"""The same, where imports are known by product."""
EMISSIONS = "t CO2 a year"
OF_THE_REST = """
- `{rest}` is the sum of all regions that are not named: flows and totals are exact.
  Footprints and multipliers are not: one mean technology stands for all those regions, which
  moves a city's footprint by ten per cent and more. Where they matter, export all regions."""


def units(table: DenseTable) -> dict[str, str]:
    """Return the unit of every table and column."""
    money = (*MONEY, *(BY_PRODUCT if table.Z_imports is not None else ()))
    others = {"F": EMISSIONS, "household_emissions": EMISSIONS, "population": "residents"}
    return dict.fromkeys(money, table.origin.money) | others


def labels(table: DenseTable) -> dict[str, object]:
    """Return the year, units and labels, ready for JSON."""
    return {
        "quotapolis": importlib.metadata.version("quotapolis"),
        "year": table.year,
        "units": units(table),
        "categories": table.categories,
        "regions": dict(zip(table.codes, table.regions, strict=True)),
        "sectors": dict(zip(table.sector_codes, table.sectors, strict=True)),
        "source": table.origin.source.replace("\n", " "),
        "terms": table.origin.terms,
    }


def notes(table: DenseTable, how_to_read: str) -> str:
    """Return the README of a folder; `how_to_read` is a few lines of Python."""
    told = table.origin
    rest = OF_THE_REST.format(rest=told.rest) if "rest" in table.codes else ""
    abroad = (
        "; imports from abroad are booked at their users" if table.Z_imports is not None else ""
    )
    return f"""# {told.title}

{len(table.regions)} regions × {len(table.sectors)} sectors.
{told.source}

- Money: {told.money}.
- Emissions: t CO2 a year, production only; direct emissions of households stand apart.
- Row of Z and Y: who delivers. Column: who uses, a sector or a category of final demand
  ({", ".join(table.categories)}).
- Along a row, Σ Z + Σ Y + export = x. Down a column, Σ Z + imports + value added = x.
- Z and Y hold deliveries between its regions{abroad}.{rest}

{told.terms}

```python
{how_to_read.strip()}
```
"""
