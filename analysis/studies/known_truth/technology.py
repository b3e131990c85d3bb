"""Purchases of invented cities: inputs per output, and final demand per head."""

from dataclasses import dataclass

import numpy as np

from analysis.studies.known_truth.country import Diversity, spread
from model.arrays import (
    ByRegion,
    ByRegionSector,
    Coefficients,
    FinalUse,
    OfRegion,
    RegularFinalUse,
    Vector,
)
from model.labels import INVENTORY

INPUTS = np.array([0.41, 0.53, 0.74, 0.79, 0.78, 0.71, 0.75, 0.46])
"""Spending on inputs per output by sector, 1, about that of China in 2012."""
LARGEST_INPUTS = 0.88
"""No city's sector spends more of its output on inputs, 1."""
IN_INPUTS = np.array([1.0, 0.7, 1.2, 1.0, 1.0, 0.5, 0.2, 1.5])
"""Weight of each product among the inputs of the average sector, 1."""
OWN_INPUTS = 2.0
"""Added weight of a sector's own product among its inputs, 1."""
SPENT = np.array([0.10, 0.28, 0.13, 0.45])
"""Spending per income by category without inventory change, 1."""
IN_DEMAND = np.array(
    [
        [0.30, 0.12, 0.02, 0.02],
        [0.01, 0.01, 0.01, 0.01],
        [0.30, 0.28, 0.03, 0.03],
        [0.01, 0.01, 0.01, 0.05],
        [0.06, 0.10, 0.02, 0.28],
        [0.04, 0.05, 0.01, 0.01],
        [0.01, 0.01, 0.01, 0.55],
        [0.27, 0.42, 0.89, 0.05],
    ]
)
"""Share of each product in the spending of each category, 1; (i, l)."""
STOCKS = 0.02
"""Standard deviation of inventory change, of either sign, per final demand for the product, 1."""
ELASTICITY = (0.9, 1.3)
"""Range of the income elasticity of demand of a category, 1."""


def invented_technologies(
    rng: np.random.Generator, province: OfRegion, diversity: Diversity
) -> Coefficients:
    """Return inputs per output, 1; (s, i, j): a national mix, bent by province, bent by city."""
    sectors = INPUTS.size
    weight = IN_INPUTS[:, None] + OWN_INPUTS * np.eye(sectors)
    mix = np.stack([rng.dirichlet(weight[:, j]) for j in range(sectors)], axis=1)
    a = (
        mix
        * INPUTS
        * spread(rng, diversity.technology, (int(province.max()) + 1, sectors, sectors))
    )
    a = a[province] * spread(rng, diversity.technology, (province.size, sectors, sectors))
    return a * np.minimum(1.0, LARGEST_INPUTS / a.sum(axis=1, keepdims=True))


@dataclass(frozen=True, slots=True)
class Tastes:
    """Final demand of a city at a given income."""

    elasticity: Vector
    """Rise of demand per head with income per head, by category, 1; (l,)."""
    spent: RegularFinalUse
    """Share of the mean income spent on each product by a city of that income, 1; (s, i, l)."""
    stocks: ByRegionSector
    """Inventory change per final demand for the product, of either sign, 1; (s, i)."""

    def demand(self, population: ByRegion, income: ByRegion) -> FinalUse:
        """Return final demand, 10⁴ CNY; (s, i, k); per head it rises as income^elasticity."""
        mean = np.average(income, weights=population)
        per_head = mean * (income / mean)[:, None] ** self.elasticity
        d = self.spent * (population[:, None] * per_head)[:, None, :]
        return np.insert(d, INVENTORY, self.stocks * d.sum(axis=2), axis=2)


def invented_tastes(rng: np.random.Generator, cities: int, diversity: Diversity) -> Tastes:
    """Return tastes that differ between cities by category and by product."""
    products, categories = IN_DEMAND.shape
    by_category = spread(rng, diversity.demand, (cities, 1, categories))
    by_product = spread(rng, diversity.demand, (cities, products, categories))
    return Tastes(
        elasticity=rng.uniform(ELASTICITY[0], ELASTICITY[1], (categories,)),
        spent=SPENT * IN_DEMAND * by_category * by_product,
        stocks=STOCKS * rng.standard_normal((cities, products)),
    )
