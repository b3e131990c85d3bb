"""Short names of outcomes: heads of narrow columns, and what a sentence calls them."""

from analysis.outcomes.outcome import Outcome

MATTER = (
    "emissions",
    "off_cap",
    "abatement_cost",
    "price",
    "borne_poorest",
    "free_riding",
    "strong_policy",
)
"""Outcomes that are shown where none are asked for."""
HEADS = {
    "emissions": "emissions in {year}",
    "over_cap": "over the cap, all years",
    "off_cap": "off the cap in {year}",
    "abatement_cost": "abatement cost",
    "price": "mean price",
    "volume": "quota traded a year",
    "burden_poor": "burden of the poorest 40 % ÷ of all",
    "quota_poor": "quota a head of the poorest 40 % ÷ of all",
    "burden_poorest": "burden by law of the poorest fifth",
    "borne_poorest": "burden of the poorest fifth",
    "burden_leaning": "burden by law, richest less poorest fifth",
    "borne_leaning": "burden, richest less poorest fifth",
    "demand_gap": "demand a head of the poorest 40 % ÷ of the middle fifth",
    "free_riding": "free riding",
    "strong_policy": "strong beneficiaries of the policy",
}
"""By word; the words of any other are its head."""


def head_of(outcome: Outcome, year: int) -> str:
    """Return the head of an outcome's column, which may be broken at its spaces."""
    return HEADS.get(outcome.word, outcome.word.replace("_", " ")).format(year=year)


def unit_of(outcome: Outcome) -> str:
    """Return an outcome's unit; nothing for a pure number."""
    return "" if outcome.unit == "1" else outcome.unit
