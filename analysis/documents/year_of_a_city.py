"""The page docs/how-a-year-works.md: one city through one year, with the numbers of a run."""

from pathlib import Path

import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.numbers import fixed, percent
from data.compiled.cache import load_economy
from data.errors import InputError
from model.behaviour.payoffs import ACTIONS
from model.compile.city_economy import Economy
from scenarios.reading import read_scenario
from scenarios.scenario import Scenario
from simulation.run_result import Run
from simulation.running import run

PAGE = DOCS / "how-a-year-works.md"
TEMPLATE = Path(__file__).with_name("how-a-year-works.template.md")
"""The page's prose; `{{name}}` stands where `numbers` has a value."""

CITY, YEAR, SCENARIO, SEED = "Tangshan", 2027, "default", 0

DONE = {
    "mitigate": "*mitigate*: it abates more than before and trades nothing",
    "transfer": "*transfer*: it has an order in the book",
    "free_ride": "*free_ride*: it stays short of quota without an order or new abatement",
    "hold": "*hold*: it is short of nothing, and neither trades nor abates more than before",
}
"""Meaning of each recorded action."""


def million(tonnes: float) -> str:
    """Return tonnes in millions, to three digits after the point."""
    return fixed(tonnes / 1e6, 3)


def billion(tonnes: float) -> str:
    """Return tonnes in billions, to three digits after the point."""
    return fixed(tonnes / 1e9, 3)


def numbers(done: Run, city: str = CITY, year: int = YEAR) -> dict[str, str]:
    """Return what a run recorded of a city in a year, ready for the page.

    Raises
    ------
    InputError
        If the run has no such city, or not this year and the one before it.
    """
    cities = done.cities[done.cities["city"] == city].set_index("year")
    if not {year - 1, year} <= set(cities.index):
        raise InputError(f"{city}, {year}: no such city, or the year before it is not simulated")
    now, before = cities.loc[[year]].iloc[0], cities.loc[[year - 1]].iloc[0]
    nation = done.national.set_index("year").loc[[year]].iloc[0]
    return {
        "city": city,
        "year": str(year),
        "before": str(year - 1),
        "seed": str(done.seed),
        **_of_the_scenario(done.scenario),
        **_of_the_nation(nation),
        **_of_the_fine(done, year),
        **_of_the_city(now, before, nation, done.scenario),
    }


def _of_the_scenario(scenario: Scenario) -> dict[str, str]:
    law, mind = scenario.compliance, scenario.behaviour
    return {
        "reserve_share": percent(scenario.transfer.reserve),
        "transaction_cost": f"{scenario.market.transaction_cost:g}",
        "penalty_multiple": f"{law.penalty_multiple:g}",
        "fine_years": f"{law.fine_years:g}",
        "audit": f"{law.audit:g}",
        "audit_most": f"{min(law.audit + law.detection_slope * law.hideable, 1.0):g}",
        "bank_limit": percent(law.bank_limit),
        "forecast_error": percent(mind.forecast_error),
        "inertia": f"{mind.parameters('logit')['inertia']:g}",
        "reference_price": f"{mind.reference_price:g}",
        "risk": f"{mind.risk:g}",
        "discount": f"{mind.discount:g}",
        "belief_speed": f"{mind.belief_speed:g}",
    }


def _of_the_nation(nation: pd.Series) -> dict[str, str]:
    return {
        "cap": billion(nation["cap"]),
        "baseline": billion(nation["baseline"]),
        "below": percent(1 - nation["cap"] / nation["baseline"], 1),
        "price": fixed(nation["price"], 2),
        "volume": million(nation["volume"]),
        "nation_emissions": billion(nation["emissions"]),
        "compliance": percent(nation["compliance"], 2),
        "ledger_gap": f"{nation['ledger_gap']:.0f}",
    }


def _of_the_fine(done: Run, year: int) -> dict[str, str]:
    """Return the fine a tonne, by the price announced for a year, and the mean price before it."""
    law, prices = done.scenario.compliance, done.national.set_index("year")["price"]
    announced = done.national.set_index("year")["fine_price"].loc[year]
    return {
        "mean_price": fixed(prices.loc[year - law.fine_years : year - 1].mean(), 2),
        "fine": fixed(law.penalty_multiple * announced, 2),
    }


def _of_the_city(
    now: pd.Series, before: pd.Series, nation: pd.Series, scenario: Scenario
) -> dict[str, str]:
    bought = now["net_purchase"] + now["auction_quota"]
    known = before["bank"] + now["quota"] + now["aid_quota"] - now["freed_quota"]
    given_back = now["surrendered"] + now["bank"] - known - bought
    held = known + given_back
    expected = held + now["need"]
    mind = scenario.behaviour
    room = 1 - before["bank"] / max(scenario.compliance.bank_limit * expected, 1.0)
    worth = mind.discount * before["belief"] * (1 - mind.risk) * max(room, 0.0)
    tonnes = {
        name: million(now[name])
        for name in (
            "quota", "aid_quota", "need", "abated", "emissions", "footprint", "liability",
            "verified", "surrendered", "open_gap", "hidden_gap", "bank", "net_purchase",
            "local_additional", "outsourced_additional",
        )
    }  # fmt: skip
    return {
        **tonnes,
        "bank_before": million(before["bank"]),
        "given_back": million(given_back),
        "held": million(held),
        "expected": million(expected),
        "surprise": percent(now["liability"] / expected - 1, 1),
        "position": "has a surplus" if now["need"] < 0 else "is short",
        "trend": million(now["emissions"] + now["abated"]),
        "abated_share": percent(now["abated"] / (now["emissions"] + now["abated"]), 1),
        "abatement_cost": million(now["abatement_cost"]),
        "penalty": million(now["penalty"]),
        "payoff": million(now["payoff"]),
        "quota_share": percent(now["quota"] / nation["cap"], 2),
        "belief_before": fixed(before["belief"], 2),
        "belief": fixed(now["belief"], 2),
        "audit_expected": fixed(now["audit_expected"], 2),
        "worth": fixed(worth, 2),
        "worth_of_bank": million(worth * now["bank"]),
        "done": DONE[ACTIONS[int(now["action"])]],
    }


def page(economy: Economy) -> str:
    """Return the page for the run of the default policy on an economy."""
    text = TEMPLATE.read_text(encoding="utf-8")
    for name, value in numbers(run(read_scenario(SCENARIO), seed=SEED, economy=economy)).items():
        text = text.replace("{{" + name + "}}", value)
    return text


def renew_page() -> None:
    """Write the page anew."""
    PAGE.write_text(page(load_economy(2012)), encoding="utf-8", newline="\n")
