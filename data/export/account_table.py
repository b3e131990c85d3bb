"""The accounts of every region in one tidy table, ready for a spreadsheet."""

import numpy as np
import pandas as pd

from data.readers.fuel_mix import MIX_YEAR, read_fuel_mix
from model.classes.net_producers import net_producer, net_producer_with_exports
from model.compile.city_economy import Economy
from model.footprints.accounts import Accounts, accounts, by_emitting_sector, embodied_flows
from model.input_output.trade_form import TradeForm

COLUMNS = {
    "population": "residents",
    "co2_estimated": "the city's CO₂ is no inventory value of the year",
    "D_pba": "production-based emissions without households, t CO₂",
    "D_cba": "footprint: emissions for the region's final demand, wherever emitted, t CO₂",
    "local": "emitted at home for own final demand, t CO₂",
    "emitted_for_others": "emitted at home for other regions' final demand, t CO₂",
    "emitted_by_others": "emitted in other regions for own final demand, t CO₂",
    "exported": "emitted at home for exports abroad, whoever ships them, t CO₂",
    "households": "direct emissions of households, in no other column, t CO₂",
    "outsourced_share": "share of the footprint emitted in other regions, 1",
    "net_producer": "emits more for other regions than they for it",
    "net_producer_with_exports": "D_pba > D_cba",
    "value_added": "10⁴ CNY at the table's prices",
    "value_added_for_others": "value added at home for other regions' final demand, 10⁴ CNY",
    "value_added_by_others": "value added elsewhere for own final demand, 10⁴ CNY",
}
"""Column → meaning; further columns stand for categories, emitting sectors and fuels."""


def account_table(economy: Economy) -> pd.DataFrame:
    """Return one row a region: accounts of CO₂ and value added, whole and by part.

    Columns of parts: `D_cba_<category>` (what the demand is for), `D_cba_in_<sector>` (where it is
    emitted), `D_pba_<sector>`, and in 2012 `D_pba_from_<fuel>`, the national fuel mix.
    """
    flows = embodied_flows(economy.basis, economy.S)
    found = accounts(flows)
    earned = accounts(economy.embodied_value_added())
    by_sector = by_emitting_sector(economy.basis, economy.S)[:, :, :-1].sum(axis=2)
    per = economy.money.cny
    columns: dict[str, np.ndarray] = {
        **_emissions(economy, found),
        "value_added": economy.value_added.sum(axis=1) / per,
        "value_added_for_others": earned.outflow / per,
        "value_added_by_others": earned.inflow / per,
    }
    for k, category in enumerate(economy.categories.names):
        columns[f"D_cba_{category}"] = flows[k].sum(axis=0)
    for i, code in enumerate(economy.sectors.codes):
        columns[f"D_cba_in_{code}"] = by_sector[:, i]
        columns[f"D_pba_{code}"] = economy.F[:, i]
    if economy.year == MIX_YEAR and isinstance(economy.form, TradeForm):
        mix = read_fuel_mix(economy.sectors)
        by_fuel = mix.emissions(economy.F)
        columns |= {f"D_pba_from_{fuel}": by_fuel[:, f] for f, fuel in enumerate(mix.fuels)}
    regions = economy.regions
    labels = {"region_code": regions.codes, "region": regions.names, "is_city": regions.is_city}
    return pd.DataFrame({**labels, **columns})


def _emissions(economy: Economy, found: Accounts) -> dict[str, np.ndarray]:
    return {
        "population": economy.population,
        "co2_estimated": economy.co2_estimated,
        "D_pba": found.D_pba,
        "D_cba": found.D_cba,
        "local": np.diag(found.C),
        "emitted_for_others": found.outflow,
        "emitted_by_others": found.inflow,
        "exported": found.exported,
        "households": economy.household_emissions,
        "outsourced_share": found.inflow / found.D_cba,
        "net_producer": net_producer(found.C),
        "net_producer_with_exports": net_producer_with_exports(found.D_pba, found.D_cba),
    }
