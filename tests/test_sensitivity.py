"""Sensitivity: indices of functions whose truth is known, and of the laboratory's own worlds."""

import numpy as np
import pandas as pd
import pytest
from at_the_door import door  # noqa: F401 - a fixture
from test_executors import InTurn

from analysis.command_line import sensitivity_command
from analysis.uncertainty.designs import SAMPLERS, design, fitting, size_of
from analysis.uncertainty.indices import METHODS, elementary_effects
from analysis.uncertainty.sensitivity import sensitivity
from data.errors import InputError
from scenarios import Experiment, read_experiment
from scenarios.ranges import ranges

KEYS = ("compliance.audit", "cap.cut", "abatement.steepness")


def ishigami(shares: np.ndarray, a: float = 7.0, b: float = 0.1) -> np.ndarray:
    """Return sin x + a sin² y + b z⁴ sin x on [−π, π]³ (Ishigami and Homma 1990)."""
    x, y, z = (2 * shares - 1).T * np.pi
    return np.sin(x) + a * np.sin(y) ** 2 + b * z**4 * np.sin(x)


def test_sobol_indices_of_the_ishigami_function_are_those_of_its_closed_form() -> None:
    """Shares of variance from Saltelli et al. 2000, p. 179."""
    a, b, pi = 7.0, 0.1, np.pi
    first = 0.5 * (1 + b * pi**4 / 5) ** 2
    second, both = a**2 / 8, b**2 * pi**8 * (1 / 18 - 1 / 50)
    total = first + second + both
    shares = SAMPLERS["sobol"](3, 2048, 0)
    one, all_of = METHODS["sobol"](KEYS, shares, ishigami(shares), 0, len(shares))
    np.testing.assert_allclose(one.value, np.array([first, second, 0]) / total, atol=0.03)
    np.testing.assert_allclose(
        all_of.value, np.array([first + both, second, both]) / total, atol=0.03
    )
    assert (all_of.low <= all_of.value).all()


def test_variance_that_base_points_do_not_have_is_shared_by_none() -> None:
    shares = SAMPLERS["sobol"](3, 4, 0)
    values = np.zeros(len(shares))
    values[1] = 1.0  # a point between base points alone
    assert METHODS["sobol"](KEYS, shares, values, 0, len(shares)) == []


def test_elementary_effects_of_a_plane_are_its_slopes() -> None:
    """Morris 1991: the effects of a linear function are its coefficients, without spread."""
    slopes = np.array([3.0, -2.0, 0.0])
    shares = SAMPLERS["morris"](3, 12, 0)
    size, spread = METHODS["morris"](KEYS, shares, shares @ slopes, 0, len(shares))
    np.testing.assert_allclose(size.value, np.abs(slopes), atol=1e-12)
    np.testing.assert_allclose(spread.value, 0.0, atol=1e-12)


def test_a_tornado_of_a_plane_goes_half_a_slope_to_either_side() -> None:
    slopes = np.array([3.0, -2.0, 0.0])
    shares = np.tile(SAMPLERS["one_at_a_time"](3, 2, 0), (4, 1))
    luck = np.repeat([0.0, 1.0, 2.0, 3.0], 7)
    low, high = METHODS["one_at_a_time"](KEYS, shares, shares @ slopes + luck, 0, 7)
    np.testing.assert_allclose(low.value, -slopes / 2)
    np.testing.assert_allclose(high.value, slopes / 2)
    np.testing.assert_allclose(high.high, high.low)


@pytest.mark.parametrize("size", [2, 3, 4, 5])
@pytest.mark.parametrize("lucks", [1, 3])
def test_a_tornado_s_ends_are_told_for_what_they_are_whatever_its_steps(size, lucks) -> None:
    """A cubic by hand: at the ends of u³ it moves by 0 − 1/8 and 1 − 1/8 of its coefficient."""
    slopes = np.array([3.0, -2.0, 0.0])
    once = SAMPLERS["one_at_a_time"](3, size, 0)
    assert len(once) == size_of("one_at_a_time", 3, size) == len(np.unique(once, axis=0))
    shares = np.tile(once, (lucks, 1))
    low, high = METHODS["one_at_a_time"](KEYS, shares, shares**3 @ slopes, 0, len(once))
    np.testing.assert_allclose(low.value, -slopes / 8)
    np.testing.assert_allclose(high.value, slopes * 7 / 8)


@pytest.mark.parametrize("lucks", [2, 3, 5])
def test_a_tornado_s_intervals_over_lucks_cover_in_nineteen_of_twenty(lucks) -> None:
    """Simulated: normal luck of 2,000 studies of three numbers; 1.96 · s/√L covers 70 to 89 %."""
    slopes, rng = np.array([3.0, -2.0, 0.0]), np.random.default_rng(0)
    shares = np.tile(SAMPLERS["one_at_a_time"](3, 2, 0), (lucks, 1))
    covered = []
    for _ in range(2000):
        noisy = shares @ slopes + rng.normal(size=len(shares))
        _, high = METHODS["one_at_a_time"](KEYS, shares, noisy, 0, 7)
        covered.append((high.low <= slopes / 2) & (slopes / 2 <= high.high))
    assert np.mean(covered) == pytest.approx(0.95, abs=0.015)


@pytest.mark.parametrize(
    ("method", "asked", "largest"),
    [("sobol", 37, 32), ("sobol", 0, 0), ("one_at_a_time", 1, 0), ("morris", 7, 7)],
)
def test_a_size_that_fits_the_time_is_one_that_the_design_has(method, asked, largest) -> None:
    assert fitting(method, asked) == largest


def experiment() -> Experiment:
    full = read_experiment("allocation_rules", ["horizon.end=2014"])
    return full.model_copy(update={"arms": full.arms[:3], "claims": ()})


def study(small, folder, **more):
    return sensitivity(
        experiment(), economy=small, out=folder, keys=KEYS, executor=InTurn(), **more
    )


@pytest.mark.parametrize(
    ("method", "size", "lucks", "worlds"),
    [("morris", 4, 1, 16), ("sobol", 4, 1, 20), ("one_at_a_time", 2, 2, 14)],
)
def test_levels_differences_and_ranks_get_indices_with_intervals(
    method, size, lucks, worlds, small, tmp_path
) -> None:
    done = study(small, tmp_path / "r", method=method, size=size, of=["emissions"], lucks=lucks)
    assert len(done.worlds) == worlds
    table = pd.read_csv(tmp_path / "r" / "sensitivity.csv")
    assert {"level", "difference"} <= set(table["kind"])
    assert set(table["key"]) == set(KEYS)
    main = done.indices[done.indices["index"] != "sigma"]
    assert (main["low"] <= main["value"]).all()
    assert (main["value"] <= main["high"]).all()
    assert done.indices[["low", "high"]].notna().all(axis=None)
    shares = done.shares()
    np.testing.assert_allclose(shares.groupby(["kind", "outcome"])["share"].sum(), 1.0)
    assert (shares["low"] <= shares["share"]).all()
    assert (shares["share"] <= shares["high"]).all()


def test_one_luck_gives_a_tornado_no_interval(small, tmp_path) -> None:
    done = study(small, tmp_path / "r", method="one_at_a_time", of=["emissions"])
    assert done.indices[["low", "high"]].isna().all(axis=None)


def test_elementary_effects_are_those_of_the_paths() -> None:
    """A linear function has its slopes for effects, whatever the path (Morris 1991)."""
    shares = design("morris", [ranges()[key] for key in KEYS], 5, 3).shares
    effects = elementary_effects(shares, shares @ np.arange(1.0, 1.0 + len(KEYS)))
    np.testing.assert_allclose(effects, np.tile(np.arange(1.0, 1.0 + len(KEYS)), (5, 1)))


def test_the_cap_decides_the_level_of_emissions(small, tmp_path) -> None:
    done = study(small, tmp_path / "r", size=4, of=["emissions"])
    assert done.deciding(1)["level", "emissions"][0][0] == "cap.cut"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"method": "moris"}, "--method moris: unknown; did you mean morris"),
        ({"of": ["emisions"]}, "--of emisions: no such outcome; did you mean emissions"),
        ({"keys": ["compliance.audt"]}, "--keys compliance.audt: has no range; did you mean"),
        (
            {"keys": ["allocation.super_emitter_shar"]},
            "did you mean allocation.super_emitter_share",
        ),
        ({"keys": ["behaviour.imitate.mutation"]}, "arms differ in it, or set it, or use no such"),
        ({"lucks": 0}, "--lucks 0: at least one"),
        ({"method": "one_at_a_time", "size": 1}, "--size 1: .* two ends; take --size 2"),
        ({"method": "sobol", "size": 5}, "--size 5: .* powers of two alone; take --size 4 or 8"),
    ],
)
def test_a_wrong_word_gets_the_nearest(change, said, small, tmp_path) -> None:
    with pytest.raises(InputError, match=said):
        sensitivity(experiment(), economy=small, out=tmp_path / "r", **change)


def test_a_number_that_has_a_range_can_be_asked_about_though_it_is_a_choice(
    small, tmp_path
) -> None:
    full = read_experiment("allocation_rules", ["horizon.end=2014"])
    asked = full.model_copy(update={"arms": full.arms[:2]})
    done = sensitivity(
        asked, economy=small, out=tmp_path / "r", keys=["transfer.reserve"], executor=InTurn(),
        method="one_at_a_time", of=["emissions"],
    )  # fmt: skip
    assert done.worlds.keys == ("transfer.reserve",)


def test_the_experiment_s_own_outcomes_are_explained(small, tmp_path) -> None:
    asked = experiment().model_copy(update={"outcomes": ("abatement_cost",)})
    done = sensitivity(
        asked, economy=small, out=tmp_path / "r", keys=KEYS, executor=InTurn(), size=4
    )
    assert set(done.indices["outcome"]) == {"abatement_cost"}


def test_an_outcome_that_no_world_moves_is_said_to_explain_nothing(small, tmp_path) -> None:
    with pytest.raises(InputError, match="freed_quota: the same in all worlds, or missing in most"):
        study(small, tmp_path / "r", size=4, of=["freed_quota"])


def test_the_command_tells_what_decides_outcomes_and_cities(
    door,  # noqa: F811 - the fixture
    small,
    monkeypatch,
    tmp_path,
) -> None:
    monkeypatch.setattr(
        sensitivity_command,
        "sensitivity",
        lambda *words, **more: sensitivity(
            *words, **(more | {"economy": small, "executor": InTurn()})
        ),
    )
    answer = door(
        "sensitivity", "allocation_rules", "--set", "horizon.end=2014", "--keys",
        "compliance.audit,cap.cut,behaviour.risk", "--size", "4", "--of", "emissions",
        "--out", str(tmp_path / "r"),
    )  # fmt: skip
    assert answer.code == 0
    said = " ".join(answer.out.split())
    assert "morris: 16 worlds, 3 uncertain numbers, 10 rules." in said
    assert ": cap.cut " in said
    assert "Rides free in some year short of quota" in said
    assert "8 cities" in said
    assert (tmp_path / "r" / "cities.csv").exists()


def test_a_tornado_of_one_luck_says_what_cities_would_take(
    door,  # noqa: F811 - the fixture
    small,
    monkeypatch,
    tmp_path,
) -> None:
    done = study(small, tmp_path / "r", method="one_at_a_time", of=["emissions"])
    monkeypatch.setattr(sensitivity_command, "sensitivity", lambda *_, **__: done)
    answer = door("sensitivity", "allocation_rules", "--method", "one_at_a_time")
    assert answer.code == 0
    assert "--lucks 4 of a tornado" in " ".join(answer.out.split())
    assert done.cities.empty
