"""What decides a city: how often it answers yes, and the number that goes with the answer."""

from io import StringIO

import numpy as np
import pandas as pd
import pytest
from rich.console import Console
from scipy.stats import norm, spearmanr
from test_executors import InTurn

from analysis.command_line.cities_printing import print_cities
from analysis.figures.cities_decided import draw_cities
from analysis.outcomes.city_outcomes import CITY_OUTCOMES
from analysis.outcomes.outcomes import OUTCOMES
from analysis.uncertainty.city_answers import CityAnswers
from analysis.uncertainty.city_decisions import city_decisions, decided, shown
from analysis.uncertainty.robustness import robustness
from analysis.uncertainty.shares import interval
from analysis.uncertainty.worlds import Worlds
from model.behaviour.payoffs import FREE_RIDE
from model.classes.beneficiaries import Beneficiary
from scenarios import read_experiment
from scenarios.uncertainties import in_world
from scenarios.uncertainty import Uncertainty
from simulation.laboratory import Laboratory

KEYS = tuple(
    Uncertainty(key=key, low=0.0, high=1.0)
    for key in ("compliance.audit", "compliance.hideable", "behaviour.risk")
)
FREE = [outcome.word for outcome in CITY_OUTCOMES].index("rides_free")


def worlds(cities: int, audited: int, count: int = 80) -> Worlds:
    """Return worlds in which the first `audited` cities ride free where audits are rare."""
    rng = np.random.default_rng(4)
    shares = rng.random((count, len(KEYS)))
    answers = np.zeros((count, 2, len(CITY_OUTCOMES), cities), np.uint8)
    answers[:, 1, FREE] = 100 * (rng.random((count, cities)) < 0.4)
    rare = shares[:, :1] + 0.2 * rng.normal(size=(count, audited)) < 0.4
    answers[:, 1, FREE, :audited] = 100 * rare
    names = tuple(f"city {n}" for n in range(cities))
    told = CityAnswers(names, names, tuple(world.tobytes() for world in answers))
    values = np.ones((count, 2, len(OUTCOMES)))
    return Worlds(
        ("no_policy", "a"), "no_policy", KEYS, shares, np.arange(count), values, {}, 1.0, told
    )


def free_rows(found: pd.DataFrame) -> pd.DataFrame:
    return found[found["outcome"] == "rides_free"].reset_index(drop=True)


def test_the_number_that_decides_a_city_is_found_and_no_other_city_has_one() -> None:
    table = free_rows(city_decisions(worlds(cities=60, audited=12)))
    assert (table["decided_by"][:12] == "compliance.audit").all()
    assert (table["decided_by"][12:] == "").all()
    assert (table["correlation"][:12] < 0).all()
    assert table["correlation"][12:].isna().all()
    assert (table["correlation_low"][:12] < table["correlation"][:12]).all()
    assert (table["correlation_high"][:12] < 0).all()


def test_intervals_of_the_cities_that_are_told_hold_though_they_are_the_strongest() -> None:
    """Simulated: 12 studies of 160 worlds, 20 numbers and 100 cities of one true correlation.

    Oracle: Pearson's r = 2 sin(π ρ / 6) gives Spearman's ρ of a normal pair (Kruskal 1958).
    """
    pearson, held = 0.28, []
    spearman = 6 / np.pi * np.arcsin(pearson / 2)
    keys = tuple(Uncertainty(key=f"k.n{n}", low=0.0, high=1.0) for n in range(20))
    for seed in range(12):
        rng = np.random.default_rng(seed)
        numbers = rng.normal(size=(160, len(keys)))
        noise = rng.normal(size=(160, 100)) * np.sqrt(1 - pearson**2)
        years = norm.cdf(pearson * numbers[:, :1] + noise)
        answers = np.zeros((160, 2, len(CITY_OUTCOMES), 100), np.uint8)
        answers[:, 1, FREE] = (200 * years).round()
        names = tuple(f"city {n}" for n in range(100))
        told = CityAnswers(names, names, tuple(world.tobytes() for world in answers))
        table = city_decisions(
            Worlds(
                ("no_policy", "a"), "no_policy", keys, norm.cdf(numbers), np.arange(160),
                np.ones((160, 2, len(OUTCOMES))), {}, 1.0, told,
            )
        )  # fmt: skip
        known = table[table["decided_by"] == "k.n0"]
        held.extend((known["correlation_low"] < spearman) & (spearman < known["correlation_high"]))
        assert (known["correlation"] > spearman).all()
        assert (known["correlation_low"] > 0).all()
    assert len(held) > 50
    assert np.mean(held) >= 0.95  # 80 % without regard to the choice


def test_noise_decides_no_city() -> None:
    assert (city_decisions(worlds(cities=200, audited=0))["decided_by"] == "").all()


def test_the_correlation_is_spearman_s_and_the_share_that_of_worlds() -> None:
    made = worlds(cities=5, audited=1)
    row = free_rows(city_decisions(made)).iloc[0]
    answers = made.cities.of("rides_free", 1)[:, 0]
    assert row["correlation"] == pytest.approx(spearmanr(made.shares[:, 0], answers).statistic)
    yes = int((answers > 0).sum())
    assert row["share"] == yes / len(answers)
    assert (row["low"], row["high"]) == pytest.approx(interval(yes, len(answers)))


def test_cities_are_counted_by_the_number_that_decides_them() -> None:
    found = city_decisions(worlds(cities=30, audited=7))
    (row,) = decided(found).to_dict("records")
    assert (row["arm"], row["outcome"]) == ("a", "rides_free")
    assert (row["key"], row["cities"]) == ("compliance.audit", 7)
    console = Console(width=300, record=True, file=StringIO())
    print_cities(found, console)
    text = console.export_text()
    assert "30 cities: compliance.audit decides 7 (city " in text
    assert "no number stands out in any of 30 cities" in text


def test_a_study_keeps_what_every_city_answered_in_every_world(small, tmp_path) -> None:
    full = read_experiment("allocation_rules", ["horizon.end=2015"])
    asked = full.model_copy(update={"arms": full.arms[:2], "claims": ()})
    done = robustness(
        asked, economy=small, out=tmp_path / "r", worlds=4, executor=InTurn(), regions=False
    )
    arms = [(arm.name, arm.scenario) for arm in asked.arms]
    world = dict(in_world(arms, done.worlds.uncertainties, done.worlds.shares[2]))
    name = asked.arms[1].name
    run = Laboratory(small).run(world[name], asked.seed, 2)
    columns = run.recorder.cities
    short = columns["need"] > 0
    free = (short & (columns["action"] == FREE_RIDE)).sum(axis=0) / np.maximum(short.sum(axis=0), 1)
    np.testing.assert_array_equal(
        done.worlds.cities.of("rides_free", 1)[2], np.round(100 * free).astype(int)
    )
    strong = columns["class_policy"][-1] == int(Beneficiary.STRONG)
    np.testing.assert_array_equal(done.worlds.cities.of("strong_policy", 1)[2] > 0, strong)
    again = robustness(
        asked, economy=small, out=tmp_path / "r", worlds=4, executor=InTurn(), regions=False,
        resume=True,
    )  # fmt: skip
    assert again.worlds.cities == done.worlds.cities
    written = pd.read_csv(tmp_path / "r" / "cities.csv", dtype={"region_code": str})
    assert len(written) == len(small.players) * len(CITY_OUTCOMES)
    assert len(pd.read_parquet(tmp_path / "r" / "cities.parquet")) == len(written)


def test_cities_without_outlines_are_drawn_as_dots_and_those_with_them_as_maps(tmp_path) -> None:
    question, rows = shown(city_decisions(worlds(cities=9, audited=4)))
    assert question == "Rides free in some year short of quota"
    (dots, _) = draw_cities(rows, question, tmp_path / "dots")
    codes = ["110000", "120000", "310000", "500000", "440100", "440300", "420100", "610100"]
    known = rows.iloc[:8].assign(region_code=codes)
    (maps, _) = draw_cities(known, question, tmp_path / "maps")
    assert "city 0" in (tmp_path / "dots" / "cities.svg").read_text(encoding="utf-8")
    assert "none stands out" in (tmp_path / "maps" / "cities.svg").read_text(encoding="utf-8")
    assert dots.read_bytes() != maps.read_bytes()


def test_a_study_in_which_nothing_is_decided_has_no_picture_of_cities() -> None:
    question, rows = shown(city_decisions(worlds(cities=9, audited=0)))
    assert question == ""
    assert rows.empty
