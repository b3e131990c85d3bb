"""Meanings: unit and description of every column of the tables of results."""

from dataclasses import dataclass

from analysis.economy.region_table import COLUMNS as REGIONS
from analysis.outcomes.outcomes import OUTCOMES
from analysis.outcomes.shown_money import in_money
from simulation.city_columns import CITY
from simulation.national_columns import NATIONAL


@dataclass(frozen=True, slots=True)
class Meaning:
    """Unit and description of a column."""

    unit: str
    """Empty for words, codes and years; 1 for a pure number."""
    text: str


SHARED = {
    "arm": Meaning("", "arm of the experiment"),
    "rule": Meaning("", "allocation rule of the arm's scenario"),
    "institution": Meaning("", "institution of the arm's market"),
    "replication": Meaning("", "number of the replication; those of one number share their luck"),
    "economy": Meaning("", "number of the replication's drawn economy; 0 as compiled"),
    "year": Meaning("", "year"),
    "region_code": Meaning("", "code of the city (GB/T 2260)"),
    "city": Meaning("", "name of the city"),
    "co2_estimated": Meaning("", "whether the city's CO₂ of the base year is estimated"),
    "outcome": Meaning("", "word of the outcome"),
    "label": Meaning("", "the outcome in words"),
    "unit": Meaning("", "unit of the numbers of the row"),
    "measure": Meaning("", "word of the measure"),
    "mean": Meaning("", "mean over replications, in the unit of the row"),
    "low": Meaning("", "lower end of the band of 95 %"),
    "high": Meaning("", "upper end of the band of 95 %"),
}
"""Columns that stand in several tables."""
RANKING = {
    "better": Meaning("", "better direction: lower, higher, or neither"),
    "rank": Meaning("1", "one more than the arms that are clearly better"),
    "from_no_policy": Meaning("", "paired difference from the arm without policy, mean"),
    "from_no_policy_low": Meaning("", "lower end of its 95 % interval"),
    "from_no_policy_high": Meaning("", "upper end of its 95 % interval"),
    "from_best": Meaning("", "paired difference from the best arm, mean"),
    "from_best_low": Meaning("", "lower end of its 95 % interval"),
    "from_best_high": Meaning("", "upper end of its 95 % interval"),
    "dominated_by": Meaning("", "arms that are clearly better on one outcome and worse on none"),
}
ORDER = {
    "better": Meaning("", "arm of the better mean"),
    "worse": Meaning("", "arm of the worse mean"),
    "replications": Meaning("1", "replications that have both arms"),
    "draws": Meaning("1", "independent ones: drawn economies, or all with one economy"),
    "share": Meaning("1", "share of them in which the arm of the better mean is better"),
}
TRANSITIONS = {
    "reading": Meaning("", "reading of the classes"),
    "from_year": Meaning("", "year from which cities move"),
    "to_year": Meaning("", "year to which cities move"),
    "from": Meaning("", "class in the first of these years"),
    "to": Meaning("", "class in the last of these years"),
    "cities": Meaning("cities", "mean number over replications"),
    "share": Meaning("1", "share of the class of the first year"),
}
CLASSES = {
    "p_strong_beneficiary": Meaning("1", "probability of a strong beneficiary, last year"),
    "p_weak_beneficiary": Meaning("1", "probability of a weak beneficiary, last year"),
    "p_role_model": Meaning("1", "probability of a role model, last year"),
    "p_neither": Meaning("1", "probability of neither, last year"),
    "likely": Meaning("", "likeliest class in the last year"),
    "sure": Meaning("", "whether nine of ten replications agree on it"),
    "ever_strong": Meaning("1", "share of years as a strong beneficiary"),
    "becomes_strong": Meaning("", "year in which it most often becomes one"),
    "stops": Meaning("", "year in which it then most often stops; missing if it mostly does not"),
    "changes": Meaning("1", "mean number of changes of class"),
}


def _split(text: str) -> Meaning:
    unit, found, rest = text.partition(": ")
    return Meaning(unit, rest) if found else Meaning("", text)


MEANINGS: dict[str, dict[str, Meaning]] = {
    "cities": {
        column.name: Meaning("" if column.unit == "word" else column.unit, column.meaning)
        for column in CITY
    },
    "national": {column.name: Meaning(column.unit, column.meaning) for column in NATIONAL},
    "outcomes": {
        outcome.word: Meaning(outcome.declared_unit, outcome.label) for outcome in OUTCOMES
    },
    "ranking": RANKING,
    "order": ORDER,
    "transitions": TRANSITIONS,
    "classes": CLASSES,
    "welfare": {},
    "regions": {name: _split(text) for name, text in REGIONS.items()},
}
"""By table and column, without those that are shared."""


def meaning(table: str, column: str) -> Meaning:
    """Return unit and description of a column of a table of results; its name where no more."""
    found = MEANINGS.get(table, {}).get(column) or SHARED.get(column) or Meaning("", "")
    return Meaning(in_money(found.unit), found.text or column.replace("_", " "))
