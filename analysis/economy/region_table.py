"""Table of the cities: who they are, beside the results of what they do."""

import numpy as np
import pandas as pd

from analysis.economy.headlines import SUPER_EMITTER_SHARE
from data.export.region_names import chinese_names, province_names
from model.classes.inequality import quintile
from model.classes.super_emitters import Pathway, pathway
from model.compile.city_economy import Economy
from model.labels import CNY_PER_UNIT
from simulation.city_facts import city_facts

COLUMNS = {
    "region_code": "code of the city (GB/T 2260)",
    "city": "name",
    "name_zh": "name in Chinese; the name again where the statistics know none",
    "province_code": "code of its province",
    "province": "name of its province; the code again where the statistics know none",
    "longitude": "degrees east",
    "latitude": "degrees north",
    "population": "heads: residents in the base year",
    "demand_per_head": "CNY/yr a head at the table's prices: final demand in the base year",
    "income_quintile": "fifth of cities by demand a head: 1 the most affluent, 5 the poorest",
    "cluster": "industry cluster by shares of sectors in value added (Zheng et al. 2023)",
    "super_emitter": "pathway on which emissions or footprint are above 1 % of all, in words",
    "emissions_base": "t CO₂/yr: production-based account of the base year",
    "footprint_base": "t CO₂/yr: consumption-based account of the base year",
}
"""Columns of `regions.csv`, with unit and meaning."""


def region_table(economy: Economy) -> pd.DataFrame:
    """Return a row a city, in the order of every table of cities; see `COLUMNS`."""
    players, regions = economy.players, economy.regions
    facts, found = city_facts(economy), economy.accounts()
    D_cba, D_pba = found.D_cba[players], found.D_pba[players]
    codes = [regions.codes[r] for r in players]
    names = [regions.names[r] for r in players]
    chinese, provinces = chinese_names(), province_names()
    demand = economy.d.sum(axis=(1, 2))[players] / economy.population[players]
    kinds = pathway(D_cba, D_pba, SUPER_EMITTER_SHARE * float(D_cba.sum()))
    table = {
        "region_code": codes,
        "city": names,
        "name_zh": [chinese.get(code, name) for code, name in zip(codes, names, strict=True)],
        "province_code": list(facts.province),
        "province": [provinces.get(code, code) for code in facts.province],
        "longitude": regions.lon[players],
        "latitude": regions.lat[players],
        "population": np.asarray(facts.population, dtype=np.float64),
        "demand_per_head": CNY_PER_UNIT * demand / economy.money.cny,
        "income_quintile": quintile(demand),
        "cluster": list(facts.cluster),
        "super_emitter": [Pathway(kind).label for kind in kinds],
        "emissions_base": D_pba,
        "footprint_base": D_cba,
    }
    return pd.DataFrame(table)[list(COLUMNS)]
