"""Code of a user's own in a year: it cannot write into the model, and its mistakes have a name."""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from data.errors import InputError
from model.allocation import RULES
from model.behaviour import RULES as DECISIONS
from model.market.institutions import INSTITUTIONS
from model.quota.cap_paths import CAP_PATHS
from model.registry import parameter
from model.transfers.bonus import MERITS
from scenarios import read_scenario
from simulation import City
from simulation.laboratory import Laboratory


@pytest.fixture(scope="module")
def laboratory(small) -> Laboratory:
    return Laboratory(small)


def ran(laboratory: Laboratory, monkeypatch, rule):
    """Run two years under an allocation rule of one's own."""
    monkeypatch.setitem(RULES, "mine", rule)
    words = {"allocation.rule": "mine", "horizon.end": 2014}
    return laboratory.run(read_scenario("default", words), 1)


def divides_by_nothing(cap, knowledge):
    return cap * (1 / 0)


def writes_into_figures(cap, knowledge):
    knowledge.population[:] = 1.0
    return knowledge.population


def writes_into_costs(cap, knowledge):
    knowledge.mac.g[:] = 1.0
    return knowledge.population


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (divides_by_nothing, r"'mine': ZeroDivisionError: .*\(test_own_code.py, line \d+\)"),
        (writes_into_figures, "'mine': ValueError: .*read-only"),
        (writes_into_costs, "'mine': ValueError: .*read-only"),
        (lambda *_: np.zeros(8), "returned zero for every city"),
        (lambda *_: np.full(8, 1j), "real numbers, not complex"),
    ],
)
def test_what_goes_wrong_in_a_rule_is_said_of_the_rule(laboratory, monkeypatch, rule, said) -> None:
    with pytest.raises(InputError, match=said):
        ran(laboratory, monkeypatch, rule)


def test_quotas_of_a_rule_are_shares_whatever_they_add_up_to(laboratory, monkeypatch) -> None:
    by_heads = [
        ran(laboratory, monkeypatch, lambda cap, known, k=k: k * cap * known.population)
        for k in (1.0, 8.0)
    ]
    assert_array_equal(by_heads[0].cities["quota"], by_heads[1].cities["quota"])


class Quiet(City):
    """Abates on its own."""

    def decide(self, outlook, chance):
        return "mitigate"


class Scribbling(City):
    """The same, and writes over what it was told."""

    def decide(self, outlook, chance):
        outlook.belief[:] = 1e9
        outlook.peer_pressure[:] = 0.0
        outlook.neighbours_free_riding[:] = 1.0
        return "mitigate"


class Careless(City):
    """Divides by what may be nothing."""

    def decide(self, outlook, chance):
        return "mitigate" if 1 / 0 else "transfer"


def test_what_a_city_writes_over_its_outlook_stays_with_it(laboratory) -> None:
    scenario = read_scenario("default", {"horizon.end": 2016})
    quiet, scribbling = (
        laboratory.run(scenario, 1, city_class=kind).cities for kind in (Quiet, Scribbling)
    )
    assert quiet.equals(scribbling)


def test_what_goes_wrong_in_a_decision_is_said_of_the_kind_of_city(laboratory) -> None:
    with pytest.raises(InputError, match=r"decide of Careless: ZeroDivisionError.*line \d+"):
        laboratory.run(read_scenario("default", {"horizon.end": 2013}), 1, city_class=Careless)


@dataclass(frozen=True)
class Pace:
    """Parameters of a word of one's own."""

    faster: float = parameter(1.0, "1", "a choice", "how much faster", ge=0)


def fails(*_):
    return {}["no such thing"]


@pytest.mark.parametrize(
    ("registry", "key", "named"),
    [
        (CAP_PATHS, "cap.path", "cap path"),
        (INSTITUTIONS, "market.institution", "institution"),
        (DECISIONS, "behaviour.rule", "decision rule"),
        (MERITS, "transfer.bonus_for", "merit"),
    ],
)
@pytest.mark.parametrize("parameters", [None, Pace])
def test_what_goes_wrong_in_any_word_is_said_of_it_and_its_line(
    laboratory, monkeypatch, registry, key, named, parameters
) -> None:
    before = registry.entries()
    monkeypatch.setattr(registry, "_entries", dict(before))
    registry.register("mine", parameters=parameters)(fails)
    scenario = read_scenario("default", {key: "mine", "transfer.bonus": 1.0, "horizon.end": 2014})
    with pytest.raises(InputError, match=rf"^{named} 'mine': KeyError.*test_own_code.py, line \d+"):
        laboratory.run(scenario, 1)


def returning(value):
    return lambda *_: value


@pytest.mark.parametrize(
    ("registry", "key", "value", "said"),
    [
        (DECISIONS, "behaviour.rule", np.full(8, -1), "from 0 to 3 .* from -1 to -1"),
        (DECISIONS, "behaviour.rule", np.full(8, 1.5), "from 0 to 3 .* float64"),
        (DECISIONS, "behaviour.rule", 1, r"each of 8 cities.* of shape \(\)"),
        (DECISIONS, "behaviour.rule", ["mitigate"] * 8, "from 0 to 3"),
        (DECISIONS, "behaviour.rule", None, "from 0 to 3"),
        (INSTITUTIONS, "market.institution", None, "must return a .*MarketDay, not NoneType"),
    ],
)
def test_what_a_word_returns_that_is_no_answer_is_said_of_it(
    laboratory, monkeypatch, registry, key, value, said
) -> None:
    monkeypatch.setitem(registry, "mine", returning(value))
    scenario = read_scenario("default", {key: "mine", "horizon.end": 2014})
    with pytest.raises(InputError, match=f"'mine'.*{said}"):
        laboratory.run(scenario, 1)


class Stranger:
    """Is no city."""


class Unfounded(City):
    """Takes none of what a city is given."""

    def __init__(self) -> None:
        pass


@pytest.mark.parametrize(
    ("kind", "said"), [(Stranger, "derive from simulation.City"), (Unfounded, "TypeError")]
)
def test_a_class_that_makes_no_cities_is_named(laboratory, kind, said) -> None:
    with pytest.raises(InputError, match=f"class {kind.__name__}: .*{said}"):
        laboratory.run(read_scenario("default", {"horizon.end": 2013}), 1, city_class=kind)


def runs_out_of_memory(*_):
    raise MemoryError("no room")


def test_a_lack_of_memory_is_not_told_of_the_user_s_code(laboratory, monkeypatch) -> None:
    with pytest.raises(MemoryError, match="no room"):
        ran(laboratory, monkeypatch, runs_out_of_memory)


def test_what_goes_wrong_in_our_equations_is_not_told_of_a_user_s_rule(
    laboratory, monkeypatch
) -> None:
    """Half of the cities follow a rule of one's own, the others one of ours, which fails."""
    monkeypatch.setitem(DECISIONS, "mine", lambda outlook, _: np.zeros_like(outlook.last_choice))
    monkeypatch.setattr(DECISIONS, "_entries", {**DECISIONS.entries()})
    ours = replace(DECISIONS.entry("logit"), function=fails)
    monkeypatch.setitem(DECISIONS._entries, "logit", ours)
    mix = {"behaviour.rule": "mix", "behaviour.shares": {"mine": 0.5, "logit": 0.5}}
    with pytest.raises(KeyError, match="no such thing"):
        laboratory.run(read_scenario("default", {**mix, "horizon.end": 2013}), 1)
