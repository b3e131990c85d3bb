"""What an exported table is and whose: its title, source and terms, and the money it is in."""

from dataclasses import dataclass

from model.compile.city_economy import CityTables
from model.input_output.trade_form import TradeForm

REST = "rest of China"
"""The region that stands for all that were not chosen."""
REST_OF_OWN = "rest"
"""The same in an economy of one's own."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Words that go with a table."""

    title: str
    source: str
    terms: str
    rest: str
    """Name of the region that stands for all that were not chosen."""
    money: str
    """Unit of money."""


def origin_of(tables: CityTables) -> Origin:
    """Return the words for the compiled economy, or for one that was imported."""
    if isinstance(tables.form, TradeForm):
        return Origin(
            f"A city input-output table of China, {tables.year}",
            "Modelled by Quotapolis from provincial input-output tables, city statistics and"
            " CEADs\nemission inventories: no flow between two cities is an observation.",
            "DATA-LICENCE.md of Quotapolis; whoever publishes results cites the CEADs papers it"
            " names.",
            REST,
            "10,000 CNY a year at prices of 2012",
        )
    return Origin(
        f"An input-output table of {tables.year}",
        "Imported into Quotapolis from a table that somebody gave; its flows are those of that"
        " table.",
        "The terms are those of the table that was imported.",
        REST_OF_OWN,
        f"10,000 {tables.money.currency} a year at prices of the table",
    )
