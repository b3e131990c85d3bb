"""Units of a table: money brought to 10⁴ CNY and emissions to tonnes, within what can be meant."""

from dataclasses import dataclass

from data.errors import InputError
from data.importing.guesses import money_of, tonnes_of
from data.importing.raw_table import RawTable
from data.importing.settings import MOST_TONNES, Settings
from data.readers.figures import read_national_series
from model.labels import CNY_PER_UNIT, Money

PRICE_YEAR = 2012
"""Year of the prices that costs of abatement are in."""
PER_HEAD = (7e2, 5e6)
"""Value added a head that can be meant, CNY a year: the poorest country's was 1,600 in 2012."""
IN_ALL = (1e9, 1e17)
"""Value added of all regions that can be meant, CNY a year."""
FEWEST_TONNES = 1e3
"""Emissions of a region, on average, that whole tonnes of quota can be divided by."""


@dataclass(frozen=True, slots=True)
class Units:
    """Factors that bring a table's numbers to ours."""

    money: float
    """10⁴ CNY in one unit of money of the table."""
    emissions: float
    """Tonnes in one unit of emissions of the table."""
    shown: Money
    """What results are told in: the table's own currency."""
    said: dict[str, str]
    """How they were found."""


def units_of(table: RawTable, settings: Settings) -> Units:
    """Return the factors; raises InputError where neither settings nor table tell one."""
    multiple, currency, how = _money(table, settings)
    rate, how_rate = _rate(table, settings, currency)
    tonnes = settings.emissions.unit or tonnes_of(table.emission_unit)
    if tonnes is None:
        raise InputError(
            f"{table.source}: emissions.unit is not known ({table.emission_unit or 'no unit'!r});"
            " set the tonnes in one, such as emissions.unit = 1000 for kt"
        )
    said = {
        "money": f"{multiple:g} {currency} a unit ({how}); {rate:g} CNY a {currency} ({how_rate})",
        "emissions' unit": f"{tonnes:g} t a unit"
        + (
            " (settings)" if settings.emissions.unit else f" ({table.emission_unit!r} in the table)"
        ),
    }
    return Units(multiple * rate / CNY_PER_UNIT, tonnes, Money(currency, rate), said)


def require_plausible(table: RawTable, value_added: float, people: float | None) -> None:
    """Raise InputError if money can hardly be in the unit that it is taken for.

    `value_added` of all regions is in 10⁴ CNY, `people` are the residents of all, if given.
    """
    total = value_added * CNY_PER_UNIT
    amount, limits, what = total, IN_ALL, "in all"
    if people is not None:
        amount, limits, what = total / people, PER_HEAD, "a head"
    if not limits[0] <= amount <= limits[1]:
        raise InputError(
            f"{table.source}: value added is {amount:.3g} CNY {what}, and {limits[0]:g} to"
            f" {limits[1]:g} can be meant; set money.unit (1e6 for millions), money.currency,"
            " money.cny, or mend people"
        )


def require_tonnes(table: RawTable, tonnes: float) -> None:
    """Raise InputError if regions emit too few tonnes to divide, or more than can be meant."""
    if tonnes > MOST_TONNES:
        raise InputError(
            f"{table.source}: {tonnes:.3g} t of emissions, and at most {MOST_TONNES:g} can be"
            " meant; set emissions.unit to the tonnes in one unit of the table"
        )
    if tonnes / len(table.regions) < FEWEST_TONNES:
        raise InputError(
            f"{table.source}: {tonnes:.3g} t of emissions are too few to divide among"
            f" {len(table.regions)} regions in whole tonnes; set emissions.unit to the tonnes in"
            " one unit of the table"
        )


def _money(table: RawTable, settings: Settings) -> tuple[float, str, str]:
    read = money_of(table.unit)
    words = settings.money
    if words.unit is not None and words.currency is not None:
        return words.unit, words.currency.upper(), "settings"
    if read is None:
        unit = repr(table.unit) if table.unit else "no unit"
        raise InputError(
            f"{table.source}: the unit of money is not known ({unit}); set money.unit, such as 1e6"
            " for millions, and money.currency, such as 'USD'"
        )
    multiple, currency = words.unit or read[0], (words.currency or read[1]).upper()
    return multiple, currency, f"{table.unit!r} in the table"


def _rate(table: RawTable, settings: Settings, currency: str) -> tuple[float, str]:
    if settings.money.cny is not None:
        return settings.money.cny, "settings"
    if currency == "CNY":
        return 1.0, "itself"
    if currency == "USD":
        rate = read_national_series("exchange_rate_cny_per_usd")[PRICE_YEAR]
        return rate, f"mean rate of {PRICE_YEAR}, the prices that abatement costs are in"
    raise InputError(
        f"{table.source}: money is in {currency}, and costs of abatement are in CNY of"
        f" {PRICE_YEAR}; set money.cny, the CNY that one {currency} is worth"
    )
