"""Cost of the policy that producers put into prices in a year, and who pays it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from model.arrays import AnyFloats, BranchMask, ByCity, ByCityBranch, ByCityGroup, Number
from model.footprints.price_incidence import PriceIncidence, price_incidence
from model.runs import rows_of, wide
from simulation.forecast import YearOutcome
from simulation.scheme import Scheme
from simulation.year import QuotaYear


@dataclass(frozen=True, slots=True)
class QuotaCost:
    """What quota cost the cities in a year, and the tonnes that it was for."""

    paid: ByCity
    """Net purchases, with transaction cost, contracts and fines, CNY; (c,)."""
    price: Number
    """Mean price of the year, CNY/t; missing where nothing was traded."""
    covered: ByCityBranch
    """Emissions under the cap, t; (c, b)."""
    under_cap: BranchMask
    """Branches that the cap covers; (b,)."""


def outlays(quota: QuotaCost) -> ByCityBranch:
    """Return what was paid for quota, spread over all covered tonnes of a city, CNY/t; (c, b)."""
    each = _per_tonne(quota.paid, quota.covered.sum(axis=-1))
    return each[..., None] * quota.under_cap


def market_price(quota: QuotaCost) -> ByCityBranch:
    """Return the price for each covered tonne, whatever was paid, CNY/t; (c, b).

    Quota received free costs its owner what it would have fetched (Sijm et al. 2006). Where nothing
    was traded there is no price, and outlays are passed on.
    """
    price = np.asarray(quota.price)[..., None]
    return np.where(np.isnan(price), outlays(quota), price * quota.under_cap)


PASSED_ON: dict[str, Callable[[QuotaCost], ByCityBranch]] = {
    "outlays": outlays,
    "price": market_price,
}
"""What quota costs a covered tonne, by the words of `incidence.passes_on`."""


def cost_in_prices(
    scheme: Scheme, phases: QuotaYear, outcome: YearOutcome, transaction_cost: ByCity
) -> PriceIncidence:
    """Return the cost put into prices in a year under quota, and who pays it.

    Abatement cost goes into the prices of the group that abates. A shift of demand is no cost of
    producers. Where a city or a group emits nothing there is nothing to spread a cost over, and it
    stays at home.
    """
    economy, words = scheme.economy, scheme.asked.incidence
    branches, day = economy.branches, phases.traded.day
    emitted = rows_of(outcome.scored.emitted, economy.cities)
    under_cap = economy.covered[phases.complied.state.t][branches.group]
    quota = QuotaCost(
        paid=day.payment + transaction_cost + phases.given.paid + phases.complied.fines,
        price=day.price,
        covered=emitted * under_cap,
        under_cap=under_cap,
    )
    abatement = _per_tonne(_abatement_cost(phases), branches.sums(emitted))
    per_tonne = np.zeros_like(outcome.scored.emitted)
    per_tonne[..., economy.cities, :] = branches.spread(abatement) + PASSED_ON[words.passes_on](
        quota
    )
    level = economy.level(phases.complied.state)
    return price_incidence(
        economy.basis, outcome.scored, level, wide(words.pass_through) * per_tonne
    )


def _abatement_cost(phases: QuotaYear) -> ByCityGroup:
    """Return running and adjustment cost of technology by abatement group, CNY; (c, g)."""
    forecast = phases.aided.forecast
    state, dR = phases.complied.state, phases.traded.day.dR
    by_lever = forecast.mac.cost_by_lever(state.abatement, dR, forecast.trend)
    return by_lever[..., : state.groups]


def _per_tonne(cost: AnyFloats, tonnes: AnyFloats) -> AnyFloats:
    return np.divide(cost, tonnes, out=np.zeros_like(cost), where=tonnes > 0)
