"""Scenarios drawn at the ends of every range: what the schema allows must run."""

from functools import partial
from typing import Any, get_args, get_origin

import numpy as np
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from analysis.reliability.door import Verdict, tried
from analysis.reliability.drawing import one_of
from scenarios.reading import read_scenario
from scenarios.scenario import Scenario
from scenarios.schema import section_of
from scenarios.words import Word, Worded
from simulation.laboratory import Laboratory
from simulation.run_result import Run

Words = dict[str, Any]
ENDS = (2013, 2014, 2014, 2015, 2016, 2016, 2018, 2020, 2020, 2060)
"""Last years, the later the rarer: they take longer."""
LEVELS = {"2015": 100.0, "2020": 1e-6}
COVERAGE = ("all", ["power", "metals"], ["rest"], {"2014": "power", "2016": "all"})


def drawn(rng: np.random.Generator) -> Words:
    """Return dotted keys of a scenario and their values, many of them at the ends of their ranges.

    About half of all sections have half of their keys set; all must be given that a word needs.
    """
    told: Words = {"market.price_floor": 0.0}
    for name, field in Scenario.model_fields.items():
        section = section_of(field.annotation)
        if section is None or name in ("horizon", "policy") or rng.random() < 0.5:
            continue
        chosen = _keys(section, rng)
        told |= {f"{name}.{key}": value for key, value in chosen.items()}
        if issubclass(section, Worded):
            for key in section.words():
                word = chosen.get(key, section.model_fields[key].default)
                if word in section.own_tables():
                    prefix = name if section.flat else f"{name}.{word}"
                    inside = _keys(section.table_of(word), rng)
                    told |= {f"{prefix}.{key}": value for key, value in inside.items()}
    if rng.random() < 0.25:
        told["cap.coverage"] = one_of(rng, COVERAGE)
    foreseen = told.get("behaviour.expectations") == "path"  # runs many times until it comes true
    return {**told, "horizon.end": ENDS[0] if foreseen else one_of(rng, ENDS)}


def trial(rng: np.random.Generator, laboratory: Laboratory) -> Verdict:
    """Return how a drawn scenario ends."""
    return tried(partial(run, drawn(rng), laboratory))


def run(words: Words, laboratory: Laboratory) -> bool:
    """Run drawn words; return whether every figure of every city is one and no tonne is lost."""
    return conserved(laboratory.run(read_scenario("default", words)))


def conserved(done: Run) -> bool:
    """Return whether every figure of every city is one and no tonne is lost."""
    if not done.scenario.has_policy:  # much is missing then, by intention
        return True
    finite = all(np.isfinite(column).all() for column in done.recorder.cities.values())
    return finite and bool((done.recorder.national["ledger_gap"] == 0).all())


def _keys(section: type[BaseModel], rng: np.random.Generator) -> Words:
    told = {}
    for name, field in section.model_fields.items():
        if field.is_required() or rng.random() < 0.5:
            value = LEVELS if name == "levels_mt" else _value(field, rng)
            if value is not ...:
                told[name] = value
    return told


def _value(field: FieldInfo, rng: np.random.Generator) -> Any:
    """Return a value of a field, `...` where none is drawn."""
    words = [word for word in get_args(field.annotation) if isinstance(word, str)]
    words += [w for word in field.metadata if isinstance(word, Word) for w in word.known()]
    kinds = {field.annotation, *get_args(field.annotation)}
    if get_origin(field.annotation) in (tuple, dict) or tuple in [
        get_origin(kind) for kind in kinds
    ]:
        return ...
    if words:
        return one_of(rng, words)
    if bool in kinds:
        return bool(rng.random() < 0.5)
    if type(None) in kinds and rng.random() < 0.3:
        return None
    return _number(field, rng) if kinds & {int, float} else ...


def _number(field: FieldInfo, rng: np.random.Generator) -> int | float:
    """Return an end of a field's range, something next to it, or something within."""
    low = high = 0.0
    for bound in field.metadata:
        low = getattr(bound, "ge", getattr(bound, "gt", low))
        high = getattr(bound, "le", getattr(bound, "lt", high))
    if int in (field.annotation, *get_args(field.annotation)):
        return one_of(
            rng, (int(low), int(high), int(rng.integers(int(low), int(high), endpoint=True)))
        )
    span = 1e-9 * (high - low)
    near = span * any(hasattr(bound, "gt") for bound in field.metadata)
    below = span * any(hasattr(bound, "lt") for bound in field.metadata)
    within = low + (high - low) * rng.random() ** 3
    return one_of(rng, (low + near, high - below, low + span, within, within))
