"""The template of the plain layout: a small table that can be imported as it stands."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from data.atomic import new_folder
from data.importing import invented_world
from data.importing.invented_world import World, frames_of

SETTINGS = """\
# What the tables do not say. Everything but what is set here may be left out.
year = 2015

[money]
unit = 1e6         # units of the currency in one of the tables: 1e6 for millions
currency = "USD"
# cny = 6.3125     # CNY of 2012 that one is worth; of CNY and USD it is known

[emissions]
unit = 1000.0      # tonnes in one of the tables: 1000 for kt

# [regions]
# not_playing = ["South"]        # they are part of the economy and hold no quota

# [sectors.groups]               # abatement groups of your own, each with its relative steepness
# power = 0.8
# rest = 1.6                     # all that is in no other

# [categories]                   # consumption, capital_formation, inventory_change or export
# households = "consumption"

# [growth]
# national = 0.02                # yearly, or by year: { 2016 = 0.02, 2017 = 0.025 }
# regions = { North = 0.03 }     # yearly; it converges to the whole's after `until`
# until = 2020
# intensity = { electricity = 0.9 }   # emissions per output in `until` relative to `year`
# emissions = { North = 1.02 }        # emissions in `until` relative to `year`

# [past_emissions]               # t, with those of households; gaps are filled evenly
# 2010 = { North = 41000000, South = 22000000 }

# intensity_cut = 0.18           # asked for within five years by a plan; of all, or by region
"""
README = """\
A multi-regional input-output table for Quotapolis. Fill in your own, then:

    quotapolis data import THIS_FOLDER --to NAME
    quotapolis data check --economy NAME
    quotapolis compare allocation_rules --economy NAME

Every file may be .csv or .parquet.

    Z            flows: rows sell, columns buy; two labels each, region and sector
    Y            final demand: rows as in Z, columns by region and category
    accounts     by region and sector: emissions, and, if you have them, output and value_added
                 (both are checked), imports (inputs from abroad), export (sales abroad)
    regions      the order of the regions; people and household_emissions, name and province,
                 may be left out
    sectors      their order; group and kind may be left out and are then guessed by name
    categories   their order
    economy.toml what the tables do not say

Groups: electricity, metals, minerals, chemicals, petroleum, coal, rest; or those that economy.toml
names. Kinds: agriculture, light_manufacturing, heavy_manufacturing, energy, high_tech, services.
"""


def write_template(folder: Path) -> None:
    """Write a folder in the plain layout: two regions of three sectors, all figures invented.

    Raises
    ------
    InputError
        If the folder is there already, or cannot be written.
    """
    _write(folder, SETTINGS, _tables())


def write_world(folder: Path, world: World | None = None) -> None:
    """Write the invented world, or one like it, in the plain layout; raises as `write_template`."""
    _write(folder, invented_world.SETTINGS, frames_of(world or invented_world.invented_world()))


def _write(folder: Path, settings: str, tables: Mapping[str, pd.DataFrame]) -> None:
    with new_folder(folder) as draft:
        (draft / "economy.toml").write_text(settings, encoding="utf-8")
        (draft / "README.md").write_text(README, encoding="utf-8")
        for name, frame in tables.items():
            frame.to_csv(draft / f"{name}.csv", index=name in ("Z", "Y"), encoding="utf-8")


def _tables() -> dict[str, pd.DataFrame]:
    regions, sectors = ("North", "South"), ("farming", "electricity", "services")
    categories = ("households", "government", "investment")
    rows = pd.MultiIndex.from_product([regions, sectors], names=["region", "sector"])
    demands = pd.MultiIndex.from_product([regions, categories], names=["region", "category"])
    Z = np.array([
        [9.0, 0.5, 4.0, 2.0, 0.0, 1.0],
        [2.0, 3.0, 6.0, 0.5, 1.0, 0.5],
        [5.0, 6.0, 40.0, 1.0, 0.5, 3.0],
        [3.0, 0.0, 1.0, 8.0, 0.5, 3.0],
        [0.5, 0.5, 0.5, 1.0, 2.0, 4.0],
        [1.0, 0.5, 2.0, 3.0, 3.0, 20.0],
    ])  # fmt: skip
    Y = np.array([
        [18.0, 2.0, 1.0, 6.0, 0.5, 0.5],
        [9.0, 1.0, 0.5, 1.0, 0.2, 0.1],
        [60.0, 25.0, 22.0, 4.0, 1.0, 2.0],
        [7.0, 0.5, 0.5, 14.0, 1.5, 1.0],
        [1.0, 0.2, 0.1, 5.0, 0.8, 0.4],
        [5.0, 1.0, 2.0, 30.0, 12.0, 11.0],
    ])  # fmt: skip
    Z, Y = 1e3 * Z, 1e3 * Y
    emissions = np.array([900.0, 24000.0, 4000.0, 800.0, 13000.0, 2000.0])
    accounts = pd.DataFrame({"emissions": emissions, "output": Z.sum(axis=1) + Y.sum(axis=1)}, rows)
    return {
        "Z": pd.DataFrame(Z, rows, rows),
        "Y": pd.DataFrame(Y, rows, demands),
        "accounts": accounts.reset_index(),
        "regions": pd.DataFrame(
            {"region": regions, "people": [4.2e6, 3.1e6], "household_emissions": [1500.0, 900.0]}
        ),
        "sectors": pd.DataFrame(
            {
                "sector": sectors,
                "group": ["rest", "electricity", "rest"],
                "kind": ["agriculture", "energy", "services"],
            }
        ),
        "categories": pd.DataFrame({"category": categories}),
    }
