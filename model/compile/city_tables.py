"""Step 4: city input–output tables of minimum cross-entropy to their province's."""

import numpy as np

from model.arrays import (
    ByProvinceSector,
    ByRegionSector,
    Coefficients,
    OfRegion,
    ProvinceUse,
    Vector,
)
from model.compile.balancing import fitted, ras
from model.input_output.province_sums import sums


def city_tables(
    provincial: ProvinceUse, x: ByRegionSector, lean: ByRegionSector, province: OfRegion
) -> Coefficients:
    """Return each city's use of inputs per unit of output, 1; (r, i, j).

    Zheng et al. 2022, step 4, by RAS. The cities' tables add up to the provincial table cell by
    cell, and what a city's sector spends on inputs is the province's share of its output. Where
    `lean` is 1 nothing tells the cities' technologies apart and the provincial coefficients come
    back; a `lean` above 1 makes the city use more of a product than its province does.

    Parameters
    ----------
    provincial
        Z of the provinces, 10⁴ CNY; (p, i, j).
    x
        City output, 10⁴ CNY, summing to the provinces'; (r, j).
    lean
        Prior use of a product relative to the province's technology, 1; (r, i).

    Raises
    ------
    Unbalanced
        If the cities' tables cannot add up to the province's.
    """
    a = np.empty((x.shape[0], x.shape[1], x.shape[1]))
    for p in range(provincial.shape[0]):
        cities = np.flatnonzero(province == p)
        total = x[cities].sum(axis=0)
        share = x[cities] * fitted(np.ones_like(total), total)
        inputs = share.T * provincial[p].sum(axis=0)[:, None]
        prior = share.T[:, :, None] * provincial[p].T[:, None, :] * lean[cities]
        table = ras(prior, inputs, provincial[p].T.copy()).transpose(1, 2, 0)
        a[cities] = np.divide(
            table, x[cities][:, None, :], out=np.zeros_like(table), where=x[cities][:, None, :] > 0
        )
    return a


def technology_spread(provincial: ProvinceUse) -> Vector:
    """Return how far provinces' use of each product departs from the nation's, log units; (i,).

    Standard deviation over provinces, weighted by use, of ln(use of product i by all sectors /
    the use that national coefficients call for): what is known of how technologies differ within
    the country, and the range of `lean` where an ensemble draws it.
    """
    inputs = provincial.sum(axis=1)
    national = provincial.sum(axis=0)
    coefficients = national * fitted(np.ones(inputs.shape[1]), national.sum(axis=0))
    found = provincial.sum(axis=2)
    called_for = inputs @ coefficients.T
    known = (found > 0) & (called_for > 0)
    ratio = np.log(np.where(known, found, 1.0) / np.where(known, called_for, 1.0))
    weight = np.where(known, called_for, 0.0)
    weight = weight * fitted(np.ones(weight.shape[1]), weight.sum(axis=0))
    mean = (weight * ratio).sum(axis=0)
    return np.sqrt((weight * (ratio - mean) ** 2).sum(axis=0))


def towards_provincial_ratios(
    provincial: ProvinceUse,
    provincial_final: ByProvinceSector,
    x: ByRegionSector,
    final: ByRegionSector,
    province: OfRegion,
) -> ByRegionSector:
    """Return the `lean` that gives each city its province's ratio of intermediate to final use.

    Zheng et al. 2022 find the degree to which city and province share this ratio a main source of
    uncertainty and weigh it. Where a product has no final or no intermediate use it is 1.

    Parameters
    ----------
    provincial, provincial_final
        Use of products by sectors, (p, i, j), and by final demand without inventory change,
        (p, i); 10⁴ CNY.
    x, final
        Output and final demand of the cities, 10⁴ CNY; (r, i).
    """
    inputs = provincial.sum(axis=2)
    spent = np.zeros_like(x)
    output = sums(x, province, provincial.shape[0])
    for p in range(provincial.shape[0]):
        cities = np.flatnonzero(province == p)
        share = x[cities] * fitted(np.ones(x.shape[1]), output[p])
        spent[cities] = share @ provincial[p].T
    wanted = final * inputs[province]
    found = spent * provincial_final[province]
    known = (wanted > 0) & (found > 0)
    return np.where(known, wanted / np.where(known, found, 1.0), 1.0)
