"""Step 2, structure: what a city does more of than its province, by jobs."""

import numpy as np

from model.arrays import AnyFloats, ByCitySector, ByIndustry, Matrix, OfSector, Positions
from model.compile.figures import Jobs
from model.input_output.province_sums import sums


def specialisation(
    jobs: Jobs, industry: OfSector, value_added: ByIndustry, cities: Positions
) -> ByCitySector:
    """Return a location quotient by sector for cities of one province, 1; (c, i).

    The share of a kind of work in the jobs of its industry, relative to the province's mean with
    the cities' value added in that industry for weights (Isard 1960, chapter 7). 1 where a city,
    or all cities but one, have no figures.

    Parameters
    ----------
    industry
        Industry of each sector: 0 primary, 1 secondary, 2 tertiary; (i,).
    value_added
        Of all regions by industry, 10⁴ CNY; (r, 3).
    cities
        Positions of the province's cities among the regions; (c,).
    """
    result = np.ones((cities.size, industry.size))
    persons = jobs.persons[cities]
    known = np.isfinite(persons).all(axis=1)
    if known.sum() < 2:
        return result
    kinds = persons.shape[1]
    of_kind = np.zeros(kinds, dtype=np.int64)
    of_kind[jobs.of_sector] = industry
    share = _divided(persons[known], _of_industry(persons[known], of_kind))
    weight = value_added[cities[known]][:, of_kind]
    mean = (share * weight).sum(axis=0) / weight.sum(axis=0)
    quotient = np.where(mean > 0, _divided(share, np.broadcast_to(mean, share.shape)), 1.0)
    result[known] = quotient[:, jobs.of_sector]
    return result


def _of_industry(persons: Matrix, of_kind: Positions) -> Matrix:
    """Return the jobs of the industry that each kind of work belongs to; (c, n)."""
    return sums(persons.T, of_kind, int(of_kind.max()) + 1)[of_kind].T


def _divided(part: AnyFloats, whole: AnyFloats) -> AnyFloats:
    return np.divide(part, whole, out=np.ones_like(part), where=whole > 0)
