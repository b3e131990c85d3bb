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
    "off_cap": "off the cap in {year}",
    "abatement_cost": "abatement cost",
    "price": "mean price",
    "borne_poorest": "burden of the poorest fifth",
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
