"""Scenarios drawn at the ends of every range: what the schema allows must run."""

from dataclasses import dataclass
from typing import Any, get_args, get_origin

import numpy as np
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from data.errors import InputError
from scenarios import Scenario, read_scenario
from scenarios.schema import section_of
from scenarios.words import Word, Worded
from simulation import Laboratory

LEVELS = st.just({"2015": 100.0, "2020": 1e-6})
PLACES = st.sampled_from([["east"], ["west"], ["west", "east"]])
SECTOR = st.sampled_from(["electricity", "metals", "rest", "s04", "services"])
LISTS = {
    "cap.coverage": st.sampled_from(
        ["all", ["power", "metals"], ["rest"], {"2014": "power", "2016": "all"}]
    ),
    "programme.provinces": PLACES,
    "growth.cleaner": st.lists(
        st.fixed_dictionaries(
            {"where": PLACES, "sector": SECTOR, "change": st.floats(-0.499, 0.499)}
        ),
        min_size=1,
        max_size=2,
    ),
    "growth.more_demand": st.lists(
        st.fixed_dictionaries(
            {
                "where": PLACES,
                "products": st.sampled_from([["s02"], ["s04", "services"]]),
                "growth": st.sampled_from([0.0, 0.05, 0.499]),
            }
        ),
        min_size=1,
        max_size=1,
    ),
}
"""Lists and tables of a scenario, by key."""


def limits(field: FieldInfo) -> tuple[float | None, float | None]:
    """Return the ends of a field's range, None where it has none."""
    low = high = None
    for bound in field.metadata:
        low = getattr(bound, "ge", getattr(bound, "gt", low))
        high = getattr(bound, "le", getattr(bound, "lt", high))
    return low, high


def numbers(field: FieldInfo) -> st.SearchStrategy[Any]:
    """Return numbers of a field's range, its ends and what lies next to them above all."""
    low, high = limits(field)
    assert low is not None
    assert high is not None
    whole = int in (field.annotation, *get_args(field.annotation))
    if whole:
        return st.sampled_from([int(low), int(high)]) | st.integers(int(low), int(high))
    open_low = any(hasattr(bound, "gt") for bound in field.metadata)
    open_high = any(hasattr(bound, "lt") for bound in field.metadata)
    inside = st.floats(low, high, exclude_min=open_low, exclude_max=open_high)
    span = float(high) - float(low)
    near = (low + span * 1e-9 * open_low, high - span * 1e-9 * open_high, low + span * 1e-6)
    return st.sampled_from(near) | inside


def values(field: FieldInfo) -> st.SearchStrategy[Any] | None:
    """Return values of a field; None where none is drawn."""
    for word in field.metadata:
        if isinstance(word, Word):
            return st.sampled_from([w for w in word.known() if w != "mix"])
    if field.annotation is bool:
        return st.booleans()
    words = [word for word in get_args(field.annotation) if isinstance(word, str)]
    if tuple in {get_origin(field.annotation), *map(get_origin, get_args(field.annotation))}:
        return None
    if words:
        return st.sampled_from(words)
    kinds = {field.annotation, *get_args(field.annotation)}
    if str not in kinds and kinds & {int, float}:
        drawn = numbers(field)
        return st.none() | drawn if type(None) in kinds else drawn
    return None


def keys(section: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    """Return some keys of a section with their values, those that must be given always."""
    drawn = {
        name: LEVELS if name == "levels_mt" else values(field)
        for name, field in section.model_fields.items()
    }
    known = {name: kind for name, kind in drawn.items() if kind is not None}
    required = {n: kind for n, kind in known.items() if section.model_fields[n].is_required()}
    return st.fixed_dictionaries(
        required, optional={n: kind for n, kind in known.items() if n not in required}
    )


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn of a section: its keys, and parameters of the words that they hold."""

    keys: st.SearchStrategy[dict[str, Any]]
    flat: bool
    defaults: dict[str, str]
    """Words that its keys hold if nothing is said."""
    tables: dict[str, st.SearchStrategy[dict[str, Any]]]
    """Parameters of each word that has some."""


def drawn_of(section: type[BaseModel]) -> Drawn:
    """Return what is drawn of a section."""
    if not issubclass(section, Worded):
        return Drawn(keys(section), flat=False, defaults={}, tables={})
    defaults = {name: section.model_fields[name].default for name in section.words()}
    tables = {word: keys(section.table_of(word)) for word in section.own_tables()}
    return Drawn(keys(section), section.flat, defaults, tables)


SECTIONS = {
    name: drawn_of(section)
    for name, field in Scenario.model_fields.items()
    if (section := section_of(field.annotation)) and name not in ("horizon", "policy")
}
"""Made once: what is drawn must not depend on chance outside the drawing."""


@st.composite
def scenarios(draw: st.DrawFn) -> dict[str, Any]:
    """Return the words of a scenario, many of them at the ends of their ranges."""
    told: dict[str, Any] = {}
    for name, section in SECTIONS.items():
        if draw(st.booleans()):
            told[name] = draw(section.keys)
            for key, word in section.defaults.items():
                inside = section.tables.get(told[name].get(key, word))
                if inside is not None:
                    more = draw(inside)
                    told[name] |= more if section.flat else {told[name].get(key, word): more}
    for key, options in LISTS.items():
        if draw(st.integers(0, 4)) == 0:
            name, _, word = key.partition(".")
            told[name] = {**told.get(name, {}), word: draw(options)}
    end = draw(st.sampled_from([2013, 2014, 2014, 2015, 2016, 2016, 2018, 2020, 2020, 2060]))
    return {**told, "horizon": {"end": end}}


def outcome(words: dict[str, Any], laboratory: Laboratory) -> str:
    """Run drawn words through the door; return `ran`, `refused` or what went wrong."""
    flat = {
        f"{section}.{key}": value for section, keys in words.items() for key, value in keys.items()
    }
    try:
        run = laboratory.run(read_scenario("default", {"market.price_floor": 0.0, **flat}))
    except InputError as error:
        return f"{'in several lines' if chr(10) in str(error) else 'refused'}: {error}"
    if not run.scenario.has_policy:  # much is missing then, by intention
        return "ran"
    wrong = [name for name, column in run.recorder.cities.items() if not np.isfinite(column).all()]
    if wrong:
        return f"not finite: {wrong}"
    gap = run.recorder.national["ledger_gap"]
    return "ran" if (gap == 0).all() else f"tonnes lost: {gap.min()} to {gap.max()}"
