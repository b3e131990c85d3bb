"""One year hands everything to the next: a run stopped anywhere goes on with the same bits."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from invented import placed_in_china

from analysis.command_line.history import run_history
from data.compiled.synthetic import small_economy
from data.errors import InputError
from scenarios import read_scenario
from simulation import Laboratory, Run, read_state

END = 2018
KINDS: dict[str, dict[str, object]] = {
    "exchange": {},
    "no policy": {"allocation.rule": "none"},
    "no market": {"market.institution": "none"},
    "bilateral": {"market.institution": "bilateral"},
    "auction": {"market.institution": "auction", "market.auction.share": 0.5},
    "auction, support, bonus": {
        "market.institution": "auction", "support.strong_subsidy": 0.3,
        "support.weak_learning": 0.05, "transfer.bonus": 0.3, "support.reading": "rolling",
    },
    "shared responsibility": {"behaviour.consumer_responsibility": 0.5,
                              "transfer.beneficiary_pays": 0.5},
    "imitating": {"behaviour.rule": "imitate"},
    "mixed minds, own targets": {"behaviour.rule": "mix", "behaviour.target_share": 0.5},
    "freed quota, shift of demand": {
        "transfer.freed_share": 0.25, "abatement.demand_lever": True,
        "transfer.distribution": "supply_chain", "transfer.renewal": 2,
        "behaviour.consumer_responsibility": 0.5, "transfer.paid_by": "donors",
    },
    "shortage and expiry": {"compliance.shortage": "lose", "compliance.bank_years": 2,
                            "compliance.verification_error": 0.05, "market.institution": "none"},
    "collar and reserve": {"market.price_floor": 40.0, "market.price_ceiling": 70.0,
                           "market.reserve": "release_and_buy"},
    "performance": {"allocation.rule": "performance_based", "allocation.reference": "rolling"},
    "contracts": {"contract.offered_to": "customers", "contract.offered_by": "all",
                  "market.institution": "none"},
    "programme": {"programme.provinces": ["east"], "programme.until": 2016,
                  "programme.paid_by": "exporters"},
    "cleaner sectors": {"growth.cleaner": [
        {"where": ["west"], "sector": "electricity", "change": -0.03}]},
}  # fmt: skip
"""Scenarios of every kind."""


def asked(kind: str):
    return read_scenario("default", {"horizon.end": END, **KINDS[kind]})


@pytest.fixture(scope="module")
def laboratory() -> Laboratory:
    return Laboratory(placed_in_china(small_economy()))


def assert_same_from(whole: Run, rest: Run) -> None:
    """Assert that the later years of a run are, to the bit, those of another."""
    skipped = len(whole.years) - len(rest.years)
    for kept, found in (
        (whole.recorder.cities, rest.recorder.cities),
        (whole.recorder.national, rest.recorder.national),
    ):
        for name, values in kept.items():
            assert values[skipped:].tobytes() == found[name].tobytes(), name


def test_a_run_stopped_after_any_year_and_read_from_disk_ends_with_the_same_bits(
    laboratory, tmp_path
) -> None:
    """In a new process, for scenarios of every kind, after the first year and the fourth."""
    expected = {}
    for kind in KINDS:
        whole = laboratory.run(asked(kind), 3)
        for year in whole.years[:-1:3]:
            laboratory.run(asked(kind), 3, until=year).state.write(tmp_path / f"{kind}@{year}.npz")
        expected[kind] = whole
    program = """
import sys
from pathlib import Path
import numpy as np
from test_saved_state import Laboratory, placed_in_china, small_economy, read_state
laboratory = Laboratory(placed_in_china(small_economy()))
for path in sorted(Path(sys.argv[1]).glob("*@*.npz")):
    run = laboratory.resume(read_state(path))
    np.savez(path.with_suffix(".out"), **{f"c.{k}": v for k, v in run.recorder.cities.items()},
             **{f"n.{k}": v for k, v in run.recorder.national.items()})
"""
    tests = Path(__file__).parent
    search = f"import sys; sys.path[:0] = [{str(tests)!r}, {str(tests.parent)!r}]\n"
    done = subprocess.run(
        [sys.executable, "-c", search + program, str(tmp_path)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    for kind, whole in expected.items():
        for year in whole.years[:-1:3]:
            skipped = year - whole.years[0] + 1
            with np.load(tmp_path / f"{kind}@{year}.out.npz") as found:
                for name, values in whole.recorder.cities.items():
                    same = values[skipped:].tobytes() == found[f"c.{name}"].tobytes()
                    assert same, (kind, year, name)
                for name, values in whole.recorder.national.items():
                    same = values[skipped:].tobytes() == found[f"n.{name}"].tobytes()
                    assert same, (kind, year, name)


def test_recording_changes_nothing(laboratory, monkeypatch) -> None:
    """A model whose record is thrown away comes to the same state."""
    from simulation import quota_model

    scenario = asked("auction, support, bonus")
    usual = laboratory.model(scenario, 3)
    for _ in range(4):
        usual.step()
    monkeypatch.setattr(quota_model, "record", lambda *_: None)
    silent = laboratory.model(scenario, 3)
    for _ in range(4):
        silent.step()
    assert np.array_equal(usual.state.classes, silent.state.classes)
    assert np.array_equal(usual.state.payoff, silent.state.payoff)
    assert usual.state.ledger.issued == silent.state.ledger.issued


def test_a_phase_leaves_the_state_it_was_given_as_it_was(laboratory) -> None:
    model = laboratory.model(asked("auction, support, bonus"), 3)
    model.step()
    before = model.state
    kept = before.belief.copy(), before.abatement.copy(), before.ledger.held.copy()
    model.step()
    assert model.state is not before
    for found, value in zip((before.belief, before.abatement, before.ledger.held), kept,
                            strict=True):  # fmt: skip
        assert np.array_equal(found, value)


def test_one_history_can_be_branched_into_several_policies(laboratory) -> None:
    begun = laboratory.run(asked("exchange"), 3, until=2015)
    same = laboratory.resume(begun.state)
    strict = laboratory.resume(
        begun.state, read_scenario("default", {"horizon.end": 2020, "compliance.audit": 0.9})
    )
    assert list(same.years) == [2016, 2017, 2018]
    assert list(strict.years) == [2016, 2017, 2018, 2019, 2020]
    first = same.cities["quota"].iloc[:8].to_numpy(), strict.cities["quota"].iloc[:8].to_numpy()
    assert strict.national["ledger_gap"].eq(0).all()
    assert first[0].sum() > 0
    assert not np.array_equal(
        same.recorder.cities["payoff"][-1], strict.recorder.cities["payoff"][2]
    )
    assert begun.state.year == 2015


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"growth.long_run": 0.03}, "growth.long_run = 0.03: the saved run has 0.045"),
        ({"behaviour.consumer_responsibility": 0.5}, "behaviour.consumer_responsibility = 0.5"),
        ({"cap.coverage": ["power"]}, "cap.coverage"),
        ({"abatement.demand_lever": True}, "abatement.demand_lever = True"),
        ({"transfer.growth_mix": "green"}, "transfer.growth_mix = 'green'"),
        ({"horizon.end": 2015}, "has reached 2015"),
        ({"economy.home_weight": 5}, "economy.home_weight = 5.0: the saved run has 28.0"),
    ],
)
def test_what_a_branch_must_keep_is_named(laboratory, settings, named) -> None:
    begun = laboratory.run(asked("exchange"), 3, until=2015)
    with pytest.raises(InputError, match=named.replace(".", r"\.")):
        laboratory.resume(begun.state, read_scenario("default", settings))


def test_a_state_of_another_economy_is_refused(laboratory) -> None:
    begun = laboratory.run(asked("exchange"), 3, until=2015)
    with pytest.raises(InputError, match="another economy"):
        Laboratory(small_economy(1)).resume(begun.state)


def test_a_state_of_the_same_figures_under_other_trade_is_refused(laboratory) -> None:
    """Another home weight moves trade among cities, and neither output nor emissions."""
    begun = laboratory.run(asked("exchange"), 3, until=2015)
    economy = laboratory.economy
    other = replace(economy, form=replace(economy.form, t=economy.form.t[::-1, ::-1]))
    with pytest.raises(InputError, match="another economy"):
        Laboratory(other).resume(begun.state)


def test_a_laboratory_refuses_assumptions_that_its_economy_was_not_compiled_under(
    laboratory,
) -> None:
    scenario = read_scenario("default", {"economy.home_weight": 5.0, "horizon.end": 2013})
    with pytest.raises(InputError, match=r"economy\.home_weight = 5\.0: .* has 28\.0"):
        laboratory.run(scenario)
    with pytest.raises(InputError, match=r"economy\.home_weight"):
        laboratory.runs(scenario, replications=(0, 1))
    told = replace(laboratory.economy, assumptions=scenario.economy.assumptions)
    assert Laboratory(told).run(scenario).years == range(2013, 2014)


@pytest.mark.parametrize("content", [b"", b"nonsense", b'extends = "default"\n'])
def test_a_file_that_is_no_saved_state_is_named(tmp_path, content) -> None:
    path = tmp_path / "state.npz"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"state\.npz: no saved state.*no archive of arrays\)"):
        read_state(path)
    with pytest.raises(InputError, match="no such file"):
        read_state(tmp_path / "nowhere.npz")


def test_a_truncated_state_is_named(laboratory, tmp_path) -> None:
    path = tmp_path / "state.npz"
    laboratory.run(asked("exchange"), 3, until=2014).state.write(path)
    path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(InputError, match=r"state\.npz: no saved state"):
        read_state(path)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"seed": "x"}, r"damaged one \(seed = 'x' is no whole number\)"),
        ({"replication": 1.5}, r"damaged one \(replication = 1\.5 is no whole number\)"),
        ({"scenario": {"cap": {"cut": 7}}}, r"damaged one \(scenario\.cap: cut = 7: [^\n]*\)"),
        (
            {"scenario": {"allocation": {"rule": "blend", "blend": {"heads": 0.8}}}},
            r"allocation\.rule = 'blend': no word that is known here; add --plugin FILE",
        ),
    ],
)
def test_a_header_that_says_what_cannot_be_is_named(laboratory, tmp_path, words, told) -> None:
    path = tmp_path / "state.npz"
    laboratory.run(asked("exchange"), 3, until=2014).state.write(path)
    with np.load(path) as held:
        arrays = dict(held)
    arrays["header"] = np.array(json.dumps({**json.loads(str(arrays["header"])), **words}))
    np.savez(path, **arrays)
    with pytest.raises(InputError, match=told):
        read_state(path)


@pytest.mark.parametrize(("field", "value"), [("flag_bits", 1), ("compress_type", 99)])
def test_an_archive_that_is_locked_or_packed_unknown_is_named(
    laboratory, tmp_path, field, value
) -> None:
    """As its list of contents says: a copy of a state in which one field differs."""
    path = tmp_path / "state.npz"
    laboratory.run(asked("exchange"), 3, until=2014).state.write(path)
    place = {"flag_bits": 8, "compress_type": 10}[field]
    content = bytearray(path.read_bytes())
    entry = content.index(b"PK\x01\x02")
    while entry >= 0:
        content[entry + place : entry + place + 2] = value.to_bytes(2, "little")
        entry = content.find(b"PK\x01\x02", entry + 4)
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"state\.npz: no saved state, or a damaged one"):
        read_state(path)


def test_a_branch_from_another_base_year_is_named_before_an_economy_is_loaded(
    laboratory, tmp_path
) -> None:
    path = tmp_path / "state.npz"
    laboratory.run(asked("exchange"), 3, until=2014).state.write(path)
    later = read_scenario("default", {"horizon.base_year": 2017})
    with pytest.raises(InputError, match=r"horizon\.base_year = 2017: the saved run has 2012"):
        run_history(later, 0, path, None, None, None, None, lambda *_: None)
