"""Who pays in the end: burden of poor and rich cities by law and after prices, rule by rule."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from analysis.documents.numbers import fixed
from analysis.experiment.measured import measured
from analysis.outcomes.burden import by_law
from analysis.outcomes.one_run import OneRun, cities_of, one_run
from analysis.outcomes.paired import interval_of
from analysis.outcomes.who_pays import (
    borne,
    in_prices,
    leaning,
    of_fifth,
    progressivity,
)
from data.compiled.cache import load_economy
from data.compiled.draws import load_drawn
from model.compile.city_economy import Economy
from scenarios.experiment import Experiment
from scenarios.reading import read_experiment, read_scenario
from simulation.laboratory import Laboratory

DOCUMENT = DOCS / "who-pays.md"
REPLICATIONS = 20
DRAWS = 20
"""Drawn economies."""
IN_EACH_DRAW = 5
"""Replications in each of them."""
SEED = 2012
"""That of the library's experiments."""
OWN_FIFTHS, COMPILED_FIFTHS = "of each economy", "as compiled"
MAIN_RULES = (
    "grandfathering",
    "equal_per_capita",
    "consumption_responsibility",
    "supply_chain_linked",
)
"""Those of the library's `allocation_rules`."""
LAW = "by law"
STAGES = {
    LAW: (by_law, "outlays"),
    "outlays passed on": (borne, "outlays"),
    "price passed on: paid in prices": (in_prices, "price"),
    "price passed on: in the end": (borne, "price"),
}
"""Burdens in the order of the page, and the reading of `incidence.passes_on` they are told from."""
FIFTHS = (5, 4, 3, 2, 1)
"""From the poorest to the richest."""
Measure = Callable[[OneRun], float]
Values = dict[tuple[str, str], pd.DataFrame]
"""Values of a measure by stage and measure: a column a rule, a row a replication."""
Drawn = dict[tuple[str, str, str], list[float]]
"""Leanings by rule, fifths and stage, one an economy."""


def experiment(reading: str, replications: int = REPLICATIONS) -> Experiment:
    """Return every rule with the exchange, all cost passed on in a reading."""
    asked = read_experiment("all_rules", [f"incidence.passes_on={reading}"])
    arms = tuple(arm for arm in asked.arms if not arm.name.endswith("+no_trade"))
    return asked.model_copy(update={"arms": arms, "replications": replications})


def measures(burden: Callable[[OneRun], np.ndarray]) -> dict[str, Measure]:
    """Return what is told of a burden."""
    return {
        **{str(fifth): of_fifth(burden, fifth) for fifth in FIFTHS},
        "leaning": leaning(burden),
        "suits": progressivity(burden),
    }


def gathered(economy: Economy, replications: int = REPLICATIONS) -> Values:
    """Return every measure of every stage, % of final demand in all years; Suits indices 1."""
    found: Values = {}
    for reading in ("outlays", "price"):
        asked = {
            (stage, name): measure
            for stage, (burden, told_from) in STAGES.items()
            if told_from == reading
            for name, measure in measures(burden).items()
        }
        keys = {f"{stage}/{name}": (stage, name) for stage, name in asked}
        values = measured(
            experiment(reading, replications),
            {key: asked[place] for key, place in keys.items()}
            | {f"abroad/{reading}": _share_abroad},
            economy,
        )
        found |= {place: values[key] for key, place in keys.items()}
        found["abroad", reading] = values[f"abroad/{reading}"]
    return found


def leanings(found: Values) -> pd.DataFrame:
    """Return the burden of the richest fifth less that of the poorest, by rule and stage."""
    return pd.DataFrame(
        [
            {"rule": _words(rule)}
            | {
                stage: _with_interval(found[stage, "leaning"][rule].to_numpy(), 3)
                for stage in STAGES
            }
            for rule in rules(found)
        ]
    )


def levels(found: Values) -> pd.DataFrame:
    """Return the burden of the poorest and of the richest fifth, by rule and stage."""
    return pd.DataFrame(
        [
            {"rule": _words(rule)}
            | {
                stage: " / ".join(
                    fixed(found[stage, str(fifth)][rule].mean(), 3) for fifth in (5, 1)
                )
                for stage in STAGES
            }
            for rule in rules(found)
        ]
    )


def indices(found: Values) -> pd.DataFrame:
    """Return Suits indices by rule and stage, and the share of cost that foreign buyers pay, %."""
    stages = [stage for stage in STAGES if stage != "price passed on: in the end"]
    return pd.DataFrame(
        [
            {"rule": _words(rule)}
            | {stage: _with_interval(found[stage, "suits"][rule].to_numpy(), 3) for stage in stages}
            | {
                "abroad, % of outlays": fixed(found["abroad", "outlays"][rule].mean(), 1),
                "abroad, % of price": fixed(found["abroad", "price"][rule].mean(), 1),
            }
            for rule in rules(found)
        ]
    )


def fifths(found: Values, rule: str = "grandfathering+exchange") -> pd.DataFrame:
    """Return the burden of every fifth under one rule, by stage."""
    names = {5: "poorest", 4: "second", 3: "third", 2: "fourth", 1: "richest"}
    return pd.DataFrame(
        [
            {"fifth": names[fifth]}
            | {
                stage: _with_interval(found[stage, str(fifth)][rule].to_numpy(), 3)
                for stage in STAGES
            }
            for fifth in FIFTHS
        ]
    )


def in_drawn_economies(compiled: Economy, drawn: Iterable[Economy]) -> Drawn:
    """Return leanings under the main rules in drawn economies, each a mean over a few replications.

    Fifths are those of each economy, whose people and demand are drawn too, or those as compiled.
    """
    found: Drawn = {}
    as_compiled = cities_of(compiled)
    for economy in drawn:
        laboratory = Laboratory(economy)
        for rule, reading in product(MAIN_RULES, ("outlays", "price")):
            words = {"allocation.rule": rule, "incidence.passes_on": reading}
            scenario = read_scenario("default", words)
            done = laboratory.runs(scenario, SEED, range(IN_EACH_DRAW))
            own = [one_run(run, economy) for run in done]
            same = [replace(run, cities=as_compiled) for run in own]
            for fifths_of, runs in ((OWN_FIFTHS, own), (COMPILED_FIFTHS, same)):
                for stage, (burden, told_from) in STAGES.items():
                    if told_from == reading:
                        mean = float(np.mean([leaning(burden)(run) for run in runs]))
                        found.setdefault((rule, fifths_of, stage), []).append(mean)
    return found


def over_economies(found: Drawn) -> pd.DataFrame:
    """Return the range of leanings over economies, and in how many the richest bear more."""

    def said(values: list[float]) -> str:
        ends = f"{fixed(min(values), 3)} to {fixed(max(values), 3)}"
        return f"{ends} ({sum(value > 0 for value in values)} of {len(values)})"

    return pd.DataFrame(
        [
            {"rule": _words(rule), "fifths": fifths_of}
            | {stage: said(found[rule, fifths_of, stage]) for stage in STAGES}
            for rule, fifths_of in product(MAIN_RULES, (OWN_FIFTHS, COMPILED_FIFTHS))
        ]
    )


def rules(found: Values) -> list[str]:
    """Return the arms with a policy."""
    return [arm for arm in found[LAW, "leaning"].columns if arm != "no_policy"]


def tables(found: Values) -> dict[str, str]:
    """Return the document's tables as Markdown, by the name of their markers."""
    return {
        "leanings": markdown(leanings(found)),
        "levels": markdown(levels(found)),
        "fifths": markdown(fifths(found)),
        "indices": markdown(indices(found)),
    }


def renew() -> None:
    """Write the tables into the document."""
    compiled = load_economy(2012)
    draws = (load_drawn(2012, number + 1) for number in range(DRAWS))
    drawn = in_drawn_economies(compiled, draws)
    said = tables(gathered(compiled))
    renew_tables(DOCUMENT, said | {"economies": markdown(over_economies(drawn))})


def _share_abroad(run: OneRun) -> float:
    passed = run.national.total("passed_on")
    return 100 * run.national.total("passed_abroad") / passed if passed > 0 else float("nan")


def _with_interval(values: np.ndarray, digits: int) -> str:
    found = interval_of(values)
    ends = f"{fixed(found.low, digits)}; {fixed(found.high, digits)}"
    return f"{fixed(found.mean, digits)} [{ends}]"


def _words(arm: str) -> str:
    return arm.partition("+")[0].replace("_", " ")
