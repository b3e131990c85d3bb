"""What decides a city in a design of sensitivity: answers whose cause is known, and noise."""

from io import StringIO

import numpy as np
import pandas as pd
import pytest
from rich.console import Console
from test_executors import InTurn

from analysis.command_line.cities_printing import print_cities
from analysis.figures.cities_decided import draw_cities
from analysis.outcomes.city_evidence import EFFECT
from analysis.outcomes.city_outcomes import CITY_OUTCOMES
from analysis.outcomes.outcomes import OUTCOMES
from analysis.uncertainty.city_answers import CityAnswers
from analysis.uncertainty.city_decisions import shown
from analysis.uncertainty.city_indices import city_indices
from analysis.uncertainty.designs import SAMPLERS
from analysis.uncertainty.indices import METHODS
from analysis.uncertainty.sensitivity import sensitivity
from analysis.uncertainty.worlds import Worlds
from scenarios import read_experiment
from scenarios.uncertainty import Uncertainty

WORDS = ("compliance.audit", "compliance.hideable", "behaviour.risk", "market.transaction_cost")
FREE = [outcome.word for outcome in CITY_OUTCOMES].index("rides_free")
SIZES = {"morris": (12, 1), "sobol": (32, 1), "one_at_a_time": (3, 12)}
"""Size and lucks of each design."""


def designed(method: str) -> tuple[np.ndarray, int]:
    """Return the points of a design, each for every luck, and how many there are of one luck."""
    size, lucks = SIZES[method]
    once = SAMPLERS[method](len(WORDS), size, 0)
    return np.tile(once, (lucks, 1)), len(once)


def worlds(shares: np.ndarray, rides: np.ndarray, left_out: tuple[int, ...] = ()) -> Worlds:
    """Return worlds of a design in which cities ride free or not; rides is (worlds, c), %."""
    answers = np.zeros((len(shares), 2, len(CITY_OUTCOMES), rides.shape[1]), np.uint8)
    answers[:, 1, FREE] = rides
    numbers = np.delete(np.arange(len(shares)), left_out)
    names = tuple(f"city {n}" for n in range(rides.shape[1]))
    told = CityAnswers(names, names, tuple(answers[number].tobytes() for number in numbers))
    keys = tuple(Uncertainty(key=word, low=0.0, high=1.0) for word in WORDS)
    values = np.ones((len(numbers), 2, len(OUTCOMES)))
    return Worlds(
        ("no_policy", "a"), "no_policy", keys, shares[numbers], numbers, values, {}, 1.0, told
    )


def riding(made: Worlds, method: str, count: int) -> pd.DataFrame:
    table = city_indices(made, method, count)
    return table[table["outcome"] == "rides_free"].reset_index(drop=True)


def causes(shares: np.ndarray, cities: int) -> np.ndarray:
    """Return who rides: first cities by audits, next by risk, the last by lot; %."""
    lots = np.random.default_rng(2).random((len(shares), cities)) < 0.5
    thirds = np.arange(cities) * 3 // cities
    by_number = np.where(thirds == 0, shares[:, :1] < 0.5, shares[:, 2:3] > 0.4)
    return 100 * np.where(thirds == 2, lots, by_number)


@pytest.mark.parametrize("method", sorted(SIZES))
def test_the_number_that_moves_a_city_is_found_and_chance_decides_none(method) -> None:
    shares, count = designed(method)
    table = riding(worlds(shares, causes(shares, 30)), method, count)
    assert (table["decided_by"][:10] == "compliance.audit").all()
    assert (table["decided_by"][10:20] == "behaviour.risk").all()
    assert (table["decided_by"][20:] == "").all()
    assert table["effect"][20:].isna().all()
    assert (table["low"][:20] <= table["effect"][:20]).all()
    assert (table["effect"][:20] <= table["high"][:20]).all()


@pytest.mark.parametrize("method", ["morris", "sobol"])
def test_the_effect_on_a_city_is_the_index_of_its_answers(method) -> None:
    """Oracle: SALib, of the same values one by one."""
    shares, count = designed(method)
    rides = causes(shares, 30)
    found = riding(worlds(shares, rides), method, count)
    for city in (0, 10):
        answers = rides[:, city] / 100
        indices = {one.name: one for one in METHODS[method](WORDS, shares, answers, 0, count)}
        main = indices["mu_star" if method == "morris" else "ST"]
        place = WORDS.index(found["decided_by"][city])
        assert found["effect"][city] == pytest.approx(main.value[place], rel=1e-9)
        assert found["share"][city] == pytest.approx((rides[:, city] > 0).mean())


def test_a_tornado_s_effect_is_the_larger_move_from_the_middle() -> None:
    """A city that rides free in 40 % of years at one end and 10 % else is moved by 0.3."""
    shares, count = designed("one_at_a_time")
    rides = np.where(shares[:, :1] == 0.0, 40, 10) * np.ones((1, 3), int)
    table = riding(worlds(shares, rides), "one_at_a_time", count)
    assert (table["decided_by"] == "compliance.audit").all()
    np.testing.assert_allclose(table[["effect", "low", "high"]], 0.3)


def test_a_tornado_s_interval_of_a_city_covers_its_effect_over_few_lucks() -> None:
    """Simulated: 20 studies of 40 cities that an end moves by 50 %, give or take luck."""
    once = SAMPLERS["one_at_a_time"](len(WORDS), 2, 0)
    shares, rng = np.tile(once, (5, 1)), np.random.default_rng(3)
    covered = []
    for _ in range(20):
        moved = np.clip(rng.normal(50, 12, (len(shares), 40)), 0, 100).round()
        table = riding(
            worlds(shares, np.where(shares[:, :1] == 0.0, moved, 0)), "one_at_a_time", len(once)
        )
        known = table[table["decided_by"] != ""]
        covered.extend((known["low"] <= 0.5) & (known["high"] >= 0.5))
    assert len(covered) > 700
    assert np.mean(covered) == pytest.approx(0.95, abs=0.03)


def test_a_block_with_a_missing_world_does_not_count() -> None:
    shares, count = designed("morris")
    rides = causes(shares, 30)
    rides[7] = 77
    per = len(WORDS) + 1
    whole = riding(worlds(shares, rides, left_out=(7,)), "morris", count)
    rest = np.r_[0:per, 2 * per : count]
    without = riding(worlds(shares[rest], rides[rest]), "morris", len(rest))
    pd.testing.assert_frame_equal(whole, without)


@pytest.mark.parametrize("whole", [0, 3])
def test_few_whole_blocks_tell_nothing(whole) -> None:
    shares, count = designed("morris")
    per = len(WORDS) + 1
    left_out = tuple(range(whole * per, count, per))
    assert city_indices(worlds(shares, causes(shares, 6), left_out), "morris", count).empty


def test_a_picture_and_a_sentence_say_what_decides_cities(tmp_path) -> None:
    shares, count = designed("morris")
    table = city_indices(worlds(shares, causes(shares, 30)), "morris", count)
    screen = Console(file=StringIO(), width=200)
    print_cities(table, screen, EFFECT)
    said = screen.file.getvalue()
    assert "30 cities: compliance.audit decides 10 (city 0" in said
    assert "behaviour.risk decides 10" in said
    question, rows = shown(table, EFFECT)
    draw_cities(rows, question, tmp_path, by=EFFECT)
    drawn = (tmp_path / "cities.svg").read_text(encoding="utf-8")
    assert "compliance.audit decides 10 of 30 cities" in drawn
    assert "60 worlds of the design" in drawn


def test_a_study_writes_what_decides_its_cities(small, tmp_path) -> None:
    done = sensitivity(
        read_experiment("allocation_rules", ["horizon.end=2014"]), economy=small, out=tmp_path,
        keys=["compliance.audit", "cap.cut"], executor=InTurn(), size=4, of=["emissions"],
    )  # fmt: skip
    table = pd.read_csv(tmp_path / "cities.csv", dtype={"region_code": str})
    assert len(table) == len(done.worlds.rivals) * len(CITY_OUTCOMES) * table["city"].nunique()
    assert set(table["region_code"]) == set(done.worlds.cities.codes)
    assert table["share"].between(0, 1).all()
