"""A portrait as plain values, for JSON and for whoever reads on."""

from typing import Any

from analysis.one_city.course import Course, known
from analysis.one_city.portrait import Portrait
from analysis.outcomes.paired import Interval
from analysis.outcomes.shown_money import in_money

UNITS = {"emissions": "Mt CO₂", "quota": "Mt CO₂", "bought": "Mt CO₂", "price": "CNY/t"}


def as_words(found: Portrait) -> dict[str, Any]:
    """Return a portrait as JSON holds it; accounts in whole tonnes, what is missing is null."""
    years = found.experiment.arms[0].scenario.horizon.years
    partners = found.partners
    return {
        "city": found.who.to_dict(),
        "experiment": found.experiment.name,
        "title": found.experiment.title,
        "years": [years[0], years[-1]],
        "replications": found.replications,
        "units": {name: in_money(unit) for name, unit in UNITS.items()}
        | {"account": "t CO₂", "partners": "t CO₂"},
        "arms": [_course_words(one) for one in found.courses],
        "partners": None
        if partners is None
        else {name: getattr(partners, name) for name in type(partners).__slots__},
        "folder": str(found.folder),
    }


def _course_words(one: Course) -> dict[str, Any]:
    kind = one.class_
    return {
        "arm": one.arm,
        **{name: _interval(getattr(one, name)) for name in UNITS},
        "actions": dict(one.actions),
        "class": {name: getattr(kind, name) for name in type(kind).__slots__},
        "accounts": [
            {
                str(year): {str(name): round(tonnes) for name, tonnes in row.items()}
                for year, row in account.iterrows()
            }
            for account in one.accounts
        ],
    }


def _interval(value: Interval) -> dict[str, float | None]:
    return {name: known(getattr(value, name)) for name in ("mean", "low", "high")}
