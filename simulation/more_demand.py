"""An economy prepared for more demand for some products than the baseline says."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from data.readers.places import lying_in
from data.readers.products import products_of
from model.arrays import FinalUse
from model.compile.city_economy import Economy
from model.footprints.accounts import embodied_flows
from model.input_output.product_demand import response_to
from model.input_output.response_basis import collapsed
from scenarios.added_trends import MoreDemand
from simulation.baseline import Prepared


def with_more_demand(prepared: Prepared, more: Sequence[MoreDemand]) -> Prepared:
    """Return the economy with one further kind of demand for each of the words.

    The mix of products changes, so each is solved anew: exact, one column a region.
    """
    economy, basis, demand = prepared.economy, prepared.basis, prepared.demand
    parts = prepared.branches
    per_output = economy.value_added_per_output
    for words in more:
        use = _use(economy, words)
        output = response_to(economy.form, use)
        flows = collapsed(output, economy.S, parts.of_sector, parts.group.size)
        basis = basis.with_further(flows, embodied_flows(output, per_output))
        demand = np.vstack([demand, use.sum(axis=2).sum(axis=1)])
    return replace(prepared, basis=basis, demand=demand)


def _use(economy: Economy, words: MoreDemand) -> FinalUse:
    """Return the base year's regular demand for the products in the places, 10⁴ CNY.

    By category, (s, i, k); inventory change, which has a sign, takes no part.
    """
    regular = np.array(economy.d)
    regular[:, :, list(economy.categories.of("inventory_change"))] = 0.0
    where = lying_in(words.where, economy.regions)[:, None]
    return regular * (where & products_of(words.products, economy.sectors))[:, :, None]
