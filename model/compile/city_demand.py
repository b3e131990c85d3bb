"""Step 2, demand: city final demand from population, income and provincial structure."""

from dataclasses import dataclass

import numpy as np

from model.arrays import (
    ByCategory,
    ByProvince,
    ByProvinceCategory,
    ByRegion,
    Matrix,
    OfRegion,
    ProvinceFinalUse,
    RegularFinalUse,
    Vector,
)
from model.compile.demand_curves import DemandCurves
from model.compile.figures import Estimate
from model.input_output.province_sums import to_province
from model.labels import INVENTORY


@dataclass(frozen=True, slots=True)
class Elasticities:
    """Income elasticities of final demand per head, one a category."""

    value: ByCategory
    """Estimate, 1; (l,)."""
    standard_error: ByCategory
    """Of the estimate, 1; (l,)."""


def income_elasticities(
    demand: ByProvinceCategory, gdp: ByProvince, population: ByProvince
) -> Elasticities:
    """Estimate how demand per head rises with income, from the cross-section of provinces.

    Ordinary least squares of ln(demand per head) on ln(GDP per head). `demand` is (p, l), 10⁴
    CNY, positive; `gdp` 10⁴ CNY and `population` persons are (p,), of three provinces or more.
    """
    income = np.log(gdp / population)
    income = income - income.mean()
    per_head = np.log(demand / population[:, None])
    per_head = per_head - per_head.mean(axis=0)
    slope = income @ per_head / (income @ income)
    left = per_head - income[:, None] * slope
    variance = (left**2).sum(axis=0) / max(income.size - 2, 1)
    return Elasticities(value=slope, standard_error=np.sqrt(variance / (income @ income)))


def city_demand(
    provincial: ProvinceFinalUse,
    curves: DemandCurves,
    income: ByRegion,
    lean: Matrix,
    province: OfRegion,
) -> RegularFinalUse:
    """Return city demand d[c,i,k] without inventory change, 10⁴ CNY; (c, i, l).

    A city's share of its province's demand, by category, is people × income^elasticity ×
    exp(deviation) × `lean`; the product mix is the province's. City sums meet the province's.
    """
    final = np.delete(provincial, INVENTORY, axis=2)
    relative = np.log(income / income.mean())
    weight = curves.people * np.exp(relative[:, None] * curves.elasticity + curves.deviation) * lean
    share = to_province(weight, np.ones((final.shape[0], final.shape[2])), province)
    return final[province] * share[:, None, :]


def on_curve(elasticity: Vector, error: Vector, population: ByRegion) -> DemandCurves:
    """Return curves of given elasticities for all people, without departures."""
    people = np.repeat(population[:, None], elasticity.size, axis=1)
    whole = Estimate(float(elasticity[1]), float(error[1]), 0)
    return DemandCurves(people, elasticity, error, np.zeros_like(people), whole)
