"""The two compiled years at one year's prices, and what changed between them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from data.readers.inputs import read_figures
from model.classes.beneficiaries import Change
from model.compile.assumptions import Assumptions
from model.compile.city_economy import CityTables, Economy
from model.compile.compile import compile_tables
from model.footprints.accounts import Accounts
from model.footprints.decomposition import between_years, responses
from model.footprints.embodied_intensity import embodied_accounts, embodied_by_emitter

EARLIER, LATER = 2012, 2017


@dataclass(frozen=True, slots=True)
class Pair:
    """2012 and 2017 on the same regions, sectors and prices."""

    earlier: CityTables
    later: CityTables
    accounts: tuple[Accounts, Accounts]
    """Emission accounts of both years, t CO₂."""
    change: Change
    """Their structural decomposition."""

    @property
    def cities(self) -> np.ndarray:
        """Positions of the 309 cities; (c,)."""
        return self.earlier.players


def pair(earlier: CityTables, later: CityTables) -> Pair:
    """Return two years with their accounts and decomposition (four solves of R columns)."""
    with threadpool_limits(1, user_api="blas"):
        accounts = (_accounts(earlier), _accounts(later))
        found = responses(earlier.trade, earlier.d, later.trade, later.d)
        effect = between_years(earlier.S, later.S, found)
    return Pair(
        earlier=earlier,
        later=later,
        accounts=accounts,
        change=Change(effect=effect, earlier=accounts[0], later=accounts[1]),
    )


def deflated_otherwise(earlier: Economy, deflator: str, told: Callable[[str], None]) -> Pair:
    """Return the pair with 2017 at the prices of another deflator (`industry`, `alternative`)."""
    told(f"2017 at prices by {deflator}")
    chosen = Assumptions(deflator=deflator)  # type: ignore[arg-type] # checked by read_prices
    return pair(earlier, compile_tables(read_figures(LATER), chosen))


def _accounts(tables: CityTables) -> Accounts:
    if isinstance(tables, Economy):
        return tables.accounts()
    M = embodied_by_emitter(tables.form, tables.S)
    return embodied_accounts(M, tables.form, tables.d, tables.export)
