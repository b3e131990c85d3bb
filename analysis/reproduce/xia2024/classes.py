"""Xia et al. 2024: the classes of cities under every reading, and the cities of each class."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.economy.pair import Pair
from analysis.economy.provinces import province_names
from model.arrays import Whole
from model.classes.beneficiaries import DEFAULT_READING, READINGS, Beneficiary, Reading
from simulation.industry import INDUSTRIAL_TYPES, cluster_names, industry_shares

MT = 1e6
"""Tonnes in a million tonnes."""
ALL_KINDS = (*INDUSTRIAL_TYPES, "services")


def classes_of(pair: Pair, reading: Reading = DEFAULT_READING) -> Whole:
    """Return the class of each city; (c,)."""
    return reading.classes(pair.change)[pair.cities]


def counts_by_reading(prices: Mapping[str, Pair]) -> pd.DataFrame:
    """Return how many cities are in each class, by deflator of the later year and reading."""
    rows = []
    for deflator, pair in prices.items():
        for name, reading in READINGS.items():
            number = np.bincount(classes_of(pair, reading), minlength=len(Beneficiary))
            rows += [(deflator, name, kind.label, int(number[kind])) for kind in Beneficiary]
    return pd.DataFrame(rows, columns=["deflator", "reading", "class", "cities"])


def cities_by_class(pair: Pair) -> pd.DataFrame:
    """Return every city with its class under the default reading, strong beneficiaries first.

    Mitigation, changes and footprints in t CO₂; `own_change_t` is that of C[s,s] and
    `D_pba_change_t` that of all emissions at home.
    """
    cities, regions, effect = pair.cities, pair.earlier.regions, pair.change.effect
    before, after = pair.accounts
    first, last = pair.earlier.year, pair.later.year
    provinces = province_names(regions)
    kinds = classes_of(pair)
    table = pd.DataFrame(
        {
            "region_code": [regions.codes[s] for s in cities],
            "city": [regions.names[s] for s in cities],
            "province": [provinces[regions.province[s]] for s in cities],
            "kind": kinds,
            "class": [Beneficiary(kind).label for kind in kinds],
            "cluster": cluster_names(pair.earlier),
            f"co2_estimated_{first}": pair.earlier.co2_estimated[cities],
            f"co2_estimated_{last}": pair.later.co2_estimated[cities],
            "local_mitigation_t": effect.local_mitigation[cities],
            "outsourced_mitigation_t": effect.outsourced_mitigation[cities],
            "dE_t": effect.dE.sum(axis=0)[cities],
            "dL_t": effect.dL.sum(axis=0)[cities],
            "dF_t": effect.dF.sum(axis=0)[cities],
            "own_change_t": np.diag(after.C - before.C)[cities],
            "D_pba_change_t": (after.D_pba - before.D_pba)[cities],
            f"footprint_{first}_t": before.D_cba[cities],
            f"footprint_{last}_t": after.D_cba[cities],
        }
    )
    return table.sort_values(
        ["kind", "outsourced_mitigation_t"], ascending=[True, False], ignore_index=True
    )


def structure_by_class(pair: Pair) -> pd.DataFrame:
    """Return the mean share of each kind of sectors in value added, 1, by class and year."""
    kinds = classes_of(pair)
    rows = []
    for tables in (pair.earlier, pair.later):
        share = industry_shares(tables, ALL_KINDS)
        for kind in Beneficiary:
            if (member := kinds == kind).any():
                means = share[member].mean(axis=0)
                rows += [
                    (tables.year, kind.label, int(member.sum()), word, float(mean))
                    for word, mean in zip(ALL_KINDS, means, strict=True)
                ]
    return pd.DataFrame(rows, columns=["year", "class", "cities", "sectors", "share"])
