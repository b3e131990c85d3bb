"""Answers to the library's five questions: power, practice, transfers, giving, announced caps."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from analysis.documents.numbers import by_size
from analysis.experiment.measured import measured
from analysis.outcomes.one_run import OneRun
from analysis.outcomes.paired import paired
from analysis.studies.question_measures import (
    ANNOUNCED,
    CLEAN,
    GIVING,
    MT,
    PRACTICE,
    TRANSFERS,
    Measure,
    Places,
)
from data.compiled.cache import load_economy
from data.readers.places import MACRO_REGIONS, lying_in
from model.compile.city_economy import Economy
from scenarios.experiment import Experiment
from scenarios.reading import read_experiment
from simulation.laboratory import Laboratory

DOCUMENT = DOCS / "scenarios.md"


@dataclass(frozen=True, slots=True)
class Question:
    """An experiment of the library, and what is asked of it."""

    key: str
    """Under which its tables stand in the document."""
    experiment: str
    measures: dict[str, Measure]
    against: dict[str, tuple[str, ...]]
    """Arms whose differences are shown, by the arm they are paired with."""
    settings: tuple[str, ...] = ()
    """Overrides of all arms."""


ALONG_THE_CHAIN = "freed+supply_chain"
TRANSFERS_AGAINST = {
    "no_transfer": ("reserve_only",),
    "reserve_only": (ALONG_THE_CHAIN,),
    ALONG_THE_CHAIN: ("freed+need", "freed+population", "freed+performance", "freed+stays",
                      "freed+investment_led", "freed+green", "freed+donors", "freed+borrowed"),
}  # fmt: skip
QUESTIONS = (
    Question(
        "clean_power",
        "clean_power_west_effect",
        CLEAN,
        {"no_policy": ("clean_power_west", "high_tech_east", "both"), "quota": ("quota+both",)},
    ),
    Question(
        "best_practice",
        "best_practice_effect",
        PRACTICE,
        {
            "no_policy": ("programme_alone", "programme_alone+all_sectors"),
            "exchange": ("exchange+programme", "exchange+programme+own_cost"),
            "no_trade": ("no_trade+programme",),
        },
    ),
    Question("transfers", "super_emitter_transfers", TRANSFERS, TRANSFERS_AGAINST),
    Question(
        "transfers_no_trade",
        "super_emitter_transfers",
        {
            name: measure
            for name, measure in TRANSFERS.items()
            if name not in ("price, CNY/t", "quota bill of the poor, bn")
        },
        TRANSFERS_AGAINST,
        ("market.institution=none",),
    ),
    Question(
        "giving",
        "giving",
        GIVING,
        {
            "no_trade": (
                "no_trade+pool",
                "no_trade+suppliers",
                "no_trade+aided",
                "no_trade+aided_suppliers",
                "no_trade+all_to_customers",
                "exchange",
            ),
            "exchange": ("exchange+suppliers", "exchange+suppliers+standing"),
            "per_capita": ("per_capita+all_to_suppliers",),
        },
    ),
    Question(
        "announced",
        "announced_targets",
        ANNOUNCED,
        {
            "no_policy": ("intensity", "peak", "power_alone", "national_market"),
            "power_alone": ("national_market",),
        },
    ),
)


def at(places: Places, measure: Measure) -> Callable[[OneRun], float]:
    """Return a measure of runs alone, the places given."""
    return lambda run: measure(run, places)


def levels(found: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the means, a row an arm."""
    arms = next(iter(found.values())).columns
    means = {name: [by_size(values[arm].mean()) for arm in arms] for name, values in found.items()}
    return pd.DataFrame({"arm": arms, **means})


def differences(
    found: dict[str, pd.DataFrame], against: dict[str, tuple[str, ...]]
) -> pd.DataFrame:
    """Return paired differences with their 95 % intervals, a row a pair of arms."""
    pairs = [(these, those) for those, several in against.items() for these in several]
    return pd.DataFrame(
        {
            "difference": [f"{these} − {those}" for these, those in pairs],
            **{
                name: [_interval(values, these, those) for these, those in pairs]
                for name, values in found.items()
            },
        }
    )


def eastern_mitigation(laboratory: Laboratory, experiment: Experiment) -> pd.DataFrame:
    """Return where mitigation for eastern cities' demand falls, last year, without quota, Mt."""
    regions, players = laboratory.economy.regions, laboratory.economy.players
    east = lying_in(["east"], regions)
    consumers = np.zeros_like(east)
    consumers[players] = east[players]
    rows = []
    for arm in experiment.arms:
        if arm.scenario.has_policy:
            continue
        basis = laboratory.prepared(arm.scenario).basis
        years = laboratory.baseline(arm.scenario)
        mean = (basis.unchanged + years.by_kind[-1]) / 2
        flows = basis.embodied(1.0 - years.level[-1], mean)
        at_home = float(np.diag(flows)[consumers].sum())
        np.fill_diagonal(flows, 0.0)
        by_place = {
            f"in the {word}": flows[np.ix_(lying_in([word], regions), consumers)].sum()
            for word in MACRO_REGIONS
        }
        parts = {"at home": at_home} | by_place
        rows.append({"arm": arm.name} | {k: by_size(v / MT) for k, v in parts.items()})
    return pd.DataFrame(rows).rename(columns={"in the east": "in other eastern cities"})


def _interval(values: pd.DataFrame, these: str, those: str) -> str:
    found = paired(values, these, those)
    mean = by_size(found.mean)
    if np.isnan(found.mean) or found.high - found.low < 1e-9 * max(abs(found.mean), 1e-9):
        return mean
    return f"{mean} [{by_size(found.low)}; {by_size(found.high)}]"


def tables(economy: Economy) -> dict[str, str]:
    """Return the document's tables as Markdown, by the name of their markers."""
    programme = read_experiment("best_practice_effect").arm("programme_alone").scenario.programme
    places = Places.of(economy, programme.provinces)
    found = {}
    for question in QUESTIONS:
        experiment = read_experiment(question.experiment, question.settings)
        measures = {name: at(places, measure) for name, measure in question.measures.items()}
        values = measured(experiment, measures, economy)
        found[f"{question.key}-levels"] = markdown(levels(values))
        found[f"{question.key}-differences"] = markdown(differences(values, question.against))
        if question.key == "clean_power":
            east = eastern_mitigation(Laboratory(economy), experiment)
            found[f"{question.key}-east"] = markdown(east)
    return found


def renew() -> None:
    """Run the experiments and write their tables into the document."""
    renew_tables(DOCUMENT, tables(load_economy(2012)))
