"""Step 2, demand: city final demand from population, income and provincial structure."""

import numpy as np

from model.arrays import (
    ByCategory,
    ByProvince,
    ByProvinceCategory,
    ByRegion,
    OfRegion,
    ProvinceFinalUse,
    RegularFinalUse,
    Vector,
)
from model.compile.calibration import to_province
from model.compile.nation import INVENTORY


def income_elasticities(
    demand: ByProvinceCategory, gdp: ByProvince, population: ByProvince
) -> ByCategory:
    """Estimate the income elasticity of final demand per head, one a category, 1; (k,).

    Ordinary least squares of ln(demand per head) on ln(GDP per head) over provinces. `demand` is
    (p, k), 10⁴ CNY, positive; `gdp` 10⁴ CNY and `population` persons are (p,).
    """
    income = np.log(gdp / population)
    income = income - income.mean()
    per_head = np.log(demand / population[:, None])
    slopes: ByCategory = income @ (per_head - per_head.mean(axis=0)) / (income @ income)
    return slopes


def city_demand(
    provincial: ProvinceFinalUse,
    gdp: ByRegion,
    population: ByRegion,
    elasticity: Vector,
    province: OfRegion,
) -> RegularFinalUse:
    """Return city demand d[c,i,k] without inventory change, 10⁴ CNY; (c, i, l).

    Within a province demand per head rises with (GDP per head)^elasticity, by category; its
    product mix is the province's. City sums meet the province's demand.
    """
    final = np.delete(provincial, INVENTORY, axis=2)
    weight = population[:, None] * (gdp / population)[:, None] ** elasticity
    share = to_province(weight, np.ones((final.shape[0], final.shape[2])), province)
    return final[province] * share[:, None, :]
