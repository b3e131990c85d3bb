"""Measures of the report: which columns it shows, in which unit, and what a ledger is made of."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.outcomes.shown_money import in_money
from simulation.columns import CITY_COLUMNS, NATIONAL_COLUMNS

SHOWN = (
    "emissions",
    "footprint",
    "quota",
    "net_purchase",
    "abated",
    "abatement_cost",
    "purchase_cost",
    "open_gap",
    "hidden_gap",
    "value_added",
)
"""City columns to choose from for the map."""
RECEIVED = (
    "quota",
    "aid_quota",
    "returned_quota",
    "borrowed_quota",
    "auction_quota",
    "net_purchase",
    "contract_quota",
)
SPENT = ("repaid_quota", "deducted_quota", "freed_quota", "surrendered", "expired_quota")
"""What a city's quota account takes in and pays out beside its bank."""
BANK = "bank"
WITH_BAND = ("emissions",)
"""City columns with a band for 95 % of replications."""
NATIONAL = (
    "emissions",
    "price",
    "volume",
    "abatement_cost",
    "compliance",
    "value_added_change",
    "penalty",
    "outsourced_share",
)
"""National columns whose paths are drawn."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that suits the size of a measure."""

    word: str
    size: float
    """Of the column's own unit in one of this."""


LADDERS: Mapping[str, tuple[Unit, ...]] = {
    "t CO₂": tuple(
        Unit(word, size)
        for word, size in (("Gt CO₂", 1e9), ("Mt CO₂", 1e6), ("kt CO₂", 1e3), ("t CO₂", 1.0))
    ),
    "CNY": tuple(
        Unit(word, size) for word, size in (("bn CNY", 1e9), ("M CNY", 1e6), ("CNY", 1.0))
    ),
    "10⁴ CNY at base-year prices": (Unit("bn CNY", 1e5), Unit("M CNY", 1e2)),
    "1": (Unit("%", 0.01),),
}
"""By a column's own unit, the largest first."""


def unit_of(column: str, values: np.ndarray, *, national: bool = False) -> Unit:
    """Return the unit for a column: the largest of which there is one or more at the highest."""
    own = _own_unit(NATIONAL_COLUMNS if national else CITY_COLUMNS, column)
    ladder = LADDERS.get(own, (Unit(own, 1.0),))
    known = np.abs(values[np.isfinite(values)])
    highest = float(known.max()) if known.size else 0.0
    chosen = next((unit for unit in ladder if highest >= unit.size), ladder[-1])
    return Unit(in_money(chosen.word), chosen.size)


def is_tonnes(column: str) -> bool:
    """Return whether a column of the cities is in tonnes of CO₂."""
    return _own_unit(CITY_COLUMNS, column) == "t CO₂"


def _own_unit(columns: Mapping[str, str], column: str) -> str:
    """Return the unit that a description such as "t CO₂: what the city answers for" begins with."""
    return columns[column].partition(":")[0].strip()
