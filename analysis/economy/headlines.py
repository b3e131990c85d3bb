"""The first figures that a reader asks of a city economy, from its embodied flows."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.arrays import ByCity, ByRegionCategory, FlowsByCategory
from model.classes.inequality import quintile
from model.classes.net_producers import net_producer
from model.classes.super_emitters import Pathway, pathway
from model.compile.city_economy import CityTables
from model.footprints.accounts import Accounts, accounts
from model.labels import CATEGORIES, INVENTORY

SUPER_EMITTER_SHARE = 0.01
"""Share of the cities' total above which an account makes a super-emitter (Zheng et al. 2023)."""
CALIBRATED = {"outsourced_share_2012": "calibrated", "intercity_footprint": "calibrated"}
INPUT = {"emissions_total": "input", "n_co2_estimated": "input"}
BY_COUNT = {
    "super_n": "definition chosen by count",
    "super_n_demand_type": "definition chosen by count",
    "super_footprint_share": "definition chosen by count",
    "n_net_producers": "definition chosen by count",
}


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure of an economy."""

    quantity: str
    """Its name, the same as in `published.csv` where a paper gives the figure."""
    what: str
    value: float
    unit: str

    @property
    def obtained(self) -> str:
        """`calibrated`, `definition chosen by count`, `input` or `free`."""
        return (CALIBRATED | BY_COUNT | INPUT).get(self.quantity, "free")


DemandCounted = Literal["all", "without government", "without imports"]
"""Parts of final demand that count as a city's own where cities are ranked by demand per head."""


def headlines(
    tables: CityTables, flows: FlowsByCategory, counted: DemandCounted = "all"
) -> list[Headline]:
    """Return the figures; `flows` are emissions by category, exports last, t CO₂; (K + 1, r, s)."""
    found = accounts(flows)
    return [
        *_totals(tables, flows, found),
        *_affluence(tables, found, counted),
        *_capital_in_demand(tables, counted),
        *_counts(tables, found),
    ]


def per_head_demand(tables: CityTables, counted: DemandCounted = "all") -> ByCity:
    """Return final demand of the cities without inventory change, 10⁴ CNY a head; (c,)."""
    spent = np.delete(counted_demand(tables, counted), INVENTORY, axis=1).sum(axis=1)
    return (spent / tables.population)[tables.players]


def counted_demand(tables: CityTables, counted: DemandCounted) -> ByRegionCategory:
    """Return final demand by category, 10⁴ CNY, 0 or in part where it does not count; (r, k)."""
    d = tables.d
    if counted == "without imports":
        d = d * tables.trade.t.sum(axis=1).T[:, :, None]
    spent = d.sum(axis=1)
    if counted == "without government":
        spent[:, CATEGORIES.index("government")] = 0.0
    return np.asarray(spent)


def _totals(tables: CityTables, flows: FlowsByCategory, found: Accounts) -> list[Headline]:
    cities = tables.players
    footprint = found.D_cba[cities]
    own = np.diag(found.C)[cities]
    capital = CATEGORIES.index("capital_formation")
    by_category = flows[:-1].sum(axis=1)
    spent = tables.d.sum(axis=(0, 1))
    inventory = tables.F.sum()
    rows = (
        ("emissions_total", "emissions of the cities", found.D_pba[cities].sum() / 1e6, "Mt"),
        ("footprint_total", "footprint of the cities", footprint.sum() / 1e6, "Mt"),
        (
            "footprint_share_of_emissions",
            "the same, share of all emissions",
            100 * footprint.sum() / inventory,
            "%",
        ),
        (
            f"outsourced_share_{tables.year}",
            "share of footprints emitted outside the city",
            100 * (1 - own.sum() / footprint.sum()),
            "%",
        ),
        (
            "capital_footprint_share",
            "share of capital formation in footprints",
            100 * by_category[capital, cities].sum() / footprint.sum(),
            "%",
        ),
        (
            "multiplier_capital",
            "CO₂ per capital formation",
            by_category[capital].sum() / spent[capital],
            "t per 10⁴ CNY",
        ),
        (
            "multiplier_consumption",
            "CO₂ per household consumption",
            by_category[:2].sum() / spent[:2].sum(),
            "t per 10⁴ CNY",
        ),
        (
            "exported_share",
            "share of emissions embodied in exports abroad",
            100 * found.exported.sum() / inventory,
            "%",
        ),
    )
    return [Headline(*row[:2], float(row[2]), row[3]) for row in rows]


def _affluence(tables: CityTables, found: Accounts, counted: DemandCounted) -> list[Headline]:
    cities = tables.players
    fifth = quintile(per_head_demand(tables, counted))
    footprint, people = found.D_cba[cities], tables.population[cities]
    each = footprint / people
    rows = []
    for n in (1, 5):
        own = fifth == n
        rows += [
            (
                f"q{n}_footprint_share",
                f"share of quintile Q{n} in footprints",
                100 * footprint[own].sum() / footprint.sum(),
                "%",
            ),
            (
                f"q{n}_population_share",
                f"share of quintile Q{n} in people",
                100 * people[own].sum() / people.sum(),
                "%",
            ),
        ]
    rows += [
        (f"q{n}_per_cap", f"footprint a head in Q{n}, mean of cities", each[fifth == n].mean(), "t")
        for n in (1, 2, 5)
    ]
    return [Headline(*row[:2], float(row[2]), row[3]) for row in rows]


def _capital_in_demand(tables: CityTables, counted: DemandCounted) -> list[Headline]:
    spent = counted_demand(tables, counted)
    regular = np.delete(spent, INVENTORY, axis=1).sum(axis=1)
    share = 100 * spent[:, CATEGORIES.index("capital_formation")] / regular
    names = [name for name in ("Beijing", "Shanghai", "Guangzhou", "Shenzhen")
             if name in tables.regions.names]  # fmt: skip
    return [
        Headline(
            f"capital_share_{name.lower()}",
            f"share of capital formation in demand, {name}",
            float(share[tables.regions.names.index(name)]),
            "%",
        )
        for name in names
    ]


def _counts(tables: CityTables, found: Accounts) -> list[Headline]:
    cities = tables.players
    D_cba, D_pba = found.D_cba[cities], found.D_pba[cities]
    total = float(D_cba.sum())
    kinds = pathway(D_cba, D_pba, SUPER_EMITTER_SHARE * total)
    emitters = kinds != Pathway.NONE
    elsewhere = D_cba.sum() - np.diag(found.C)[cities].sum()
    producers = net_producer(found.C)[cities]
    return [
        Headline("super_n", "super-emitters", float(emitters.sum()), "cities"),
        Headline(
            "super_n_demand_type",
            "super-emitters by demand alone",
            float((kinds == Pathway.DEMAND).sum()),
            "cities",
        ),
        Headline(
            "super_footprint_share",
            "share of super-emitters in footprints",
            100 * float(D_cba[emitters].sum()) / total,
            "%",
        ),
        Headline("n_net_producers", "net producers", float(producers.sum()), "cities"),
        Headline(
            "intercity_footprint",
            "footprints emitted outside the city",
            float(elsewhere) / 1e6,
            "Mt",
        ),
        Headline(
            "n_co2_estimated",
            "cities whose CO₂ is estimated",
            float(tables.co2_estimated[cities].sum()),
            "cities",
        ),
    ]
