"""Montgomery (1972): a frictionless market is efficient whatever the free allocation."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from data.compiled.synthetic import small_economy
from scenarios import read_scenario
from simulation import City
from simulation.laboratory import Laboratory

FRICTIONLESS = {
    "market.transaction_cost": 0.0,
    "behaviour.risk": 0.0,
    "behaviour.logit.inertia": 0.0,
    "behaviour.forecast_error": 0.0,
    "compliance.audit": 1.0,
    "compliance.penalty_multiple": 20.0,
    "compliance.bank_limit": 0.0,
    "compliance.borrow_limit": 0.0,
    "transfer.reserve": 0.0,
    "abatement.cost_falls_on": "nobody",
    "market.price_floor": 0.0,
    "market.price_ceiling": None,
}
RULES = ("grandfathering", "equal_per_capita", "consumption_responsibility", "supply_chain_linked")


class Trader(City):
    """A city that always trades."""

    def decide(self, outlook, chance):
        return "transfer"


class Saint(City):
    """A city that always meets its own need."""

    def decide(self, outlook, chance):
        return "mitigate"


def under(laboratory, rule: str, *, trade: bool):
    """Return the nation's years under a rule, if all comply by trade or each by itself."""
    institution = {} if trade else {"market.institution": "none"}
    settings = {**FRICTIONLESS, **institution, "allocation.rule": rule}
    everyone = Trader if trade else Saint
    return laboratory.run(read_scenario("default", settings), 3, 0, everyone).national


@pytest.fixture(scope="module", params=[0, 1, 2])
def laboratory(request):
    return Laboratory(small_economy(request.param))


def test_price_and_emissions_are_the_same_for_every_free_allocation(laboratory) -> None:
    """Whole tonnes and the root of the clearing leave 10⁻⁶ of the price, 10⁻⁸ of emissions."""
    runs = [
        laboratory.run(
            read_scenario("default", {**FRICTIONLESS, "allocation.rule": rule}), 3, 0, Trader
        )
        for rule in RULES
    ]
    first = runs[0]
    assert (first.national["price"] > 10).all()
    assert_allclose(first.national["emissions"], first.national["cap"], rtol=1e-8)
    for other in runs[1:]:
        assert_allclose(other.national["price"], first.national["price"], rtol=1e-6)
        assert_allclose(other.national["emissions"], first.national["emissions"], rtol=1e-8)
        assert_allclose(other.cities["emissions"], first.cities["emissions"], rtol=1e-6)
    quotas = {run.scenario.allocation.rule: run.cities["quota"].to_numpy() for run in runs}
    assert not np.allclose(quotas["grandfathering"], quotas["equal_per_capita"], rtol=0.1)


def test_trade_costs_what_a_planner_who_knows_every_curve_would_spend(laboratory) -> None:
    """Baumol & Oates (1971), Montgomery (1972): at least cost, whoever held the quota before.

    Each year to 10⁻⁵, all years together to 10⁻⁶. Without trade only a planner's quotas cost so
    little: consumption_responsibility, which meets the cap as well, costs more.
    """
    planned = under(laboratory, "equal_mac", trade=False)
    assert_allclose(planned["emissions"], planned["cap"], rtol=1e-8)
    for rule in ("grandfathering", "equal_per_capita", "benchmark_intensity"):
        traded = under(laboratory, rule, trade=True)
        assert_allclose(traded["emissions"], planned["emissions"], rtol=1e-7)
        assert_allclose(traded["abatement_cost"], planned["abatement_cost"], rtol=1e-5)
        total = traded["abatement_cost"].sum()
        assert total == pytest.approx(planned["abatement_cost"].sum(), rel=1e-6)
    alone = under(laboratory, "consumption_responsibility", trade=False)
    assert_allclose(alone["emissions"], planned["emissions"], rtol=1e-7)
    assert alone["abatement_cost"].sum() > 1.01 * planned["abatement_cost"].sum()


@pytest.mark.parametrize("rule", RULES)
def test_the_price_is_the_marginal_abatement_cost_of_every_trading_city(laboratory, rule) -> None:
    """−g ln(1 − R) + (ka/ρ) dR = p where the step is neither nothing nor all that a year allows."""
    scenario = read_scenario("default", {**FRICTIONLESS, "allocation.rule": rule})
    model = laboratory.model(scenario, 3, 0, Trader)
    for t in range(len(scenario.horizon.years)):
        before = model.state.abatement.copy()
        mac = model.economy.forecast(model.state).mac
        model.step()
        after, price = model.state.abatement, model.recorder.national["price"][t]
        marginal = -mac.g * np.log1p(-after) + mac.adjustment / mac.pace * (after - before)
        inside = (after > before) & (after - before < 2 * mac.pace - 1e-9) & (after < mac.ceiling)
        assert inside.mean() > 0.9
        assert_allclose(marginal[inside], price, rtol=1e-6)


def test_a_tax_at_the_clearing_price_brings_about_the_same_abatement(laboratory) -> None:
    """Without uncertainty price and quantity are two words for one policy (Weitzman 1974)."""
    scenario = read_scenario("default", FRICTIONLESS)
    model = laboratory.model(scenario, 3, 0, Trader)
    for t in range(5):
        forecast, before = model.economy.forecast(model.state), model.state.abatement.copy()
        model.step()
        tax = np.full(len(model.cities), model.recorder.national["price"][t])
        supply = forecast.mac.supply(before, forecast.own, np.ones_like(before))
        taxed = before + supply.step(tax)
        assert_allclose(model.state.abatement, taxed, rtol=1e-6, atol=1e-9)


def test_frictions_make_the_allocation_matter_again(laboratory) -> None:
    settings = {**FRICTIONLESS, "market.transaction_cost": 15.0}
    by_rule = [
        laboratory.run(
            read_scenario("default", {**settings, "allocation.rule": rule}), 3, 0, Trader
        ).cities["emissions"]
        for rule in RULES[:2]
    ]
    assert not np.allclose(*by_rule, rtol=1e-3)
