"""A simulated year is scored exactly, without ever forming its flows."""

import numpy as np
import pytest
from hypothesis import given
from invented import amounts, floats
from numpy.testing import assert_allclose

from model.footprints.accounts import accounts, embodied_flows
from model.footprints.decomposition import since_base_year
from model.footprints.scored_year import ScoredYear, abated, covered_part, mitigation, scored_year
from model.labels import GROUPS, OUR_CATEGORIES
from scenarios import read_scenario
from simulation.baseline import Prepared, prepare
from simulation.laboratory import Laboratory

REGIONS = 8
LEVELS = amounts((REGIONS, len(GROUPS)), 0.2, 2.0)
DEMANDS = amounts((3, REGIONS), 0.1, 3.0)


def year_of(prepared: Prepared, level, demand, exports: float) -> ScoredYear:
    basis = prepared.basis
    unabated = basis.unabated(demand, exports)
    return scored_year(basis, level, demand, unabated, exports)


@given(LEVELS, DEMANDS, floats(0.5, 2.0))
def test_accounts_are_those_of_the_full_response_basis(small, level, demand, exports) -> None:
    """Σ_i S X over all 42 (here 5) sectors and every category, from the basis itself."""
    found = year_of(prepare(small, OUR_CATEGORIES.by_kind), level, demand, exports)
    S = small.S * level[:, small.sectors.group]
    flows = embodied_flows(small.basis, S)
    for kind, categories in enumerate(OUR_CATEGORIES.by_kind):
        flows[list(categories)] *= demand[kind]
    flows[-1] *= exports
    expected = accounts(flows)
    assert_allclose(found.D_pba, expected.D_pba, rtol=1e-10)
    assert_allclose(found.D_cba, expected.D_cba, rtol=1e-10)
    assert_allclose(found.exported, expected.exported, rtol=1e-10)
    assert_allclose(found.own, np.diag(expected.C), rtol=1e-9, atol=1e-6)
    C = prepare(small, OUR_CATEGORIES.by_kind).basis.embodied(level, demand)
    assert_allclose(C, expected.C, rtol=1e-9, atol=1e-6)


@given(LEVELS, DEMANDS)
def test_mitigation_is_that_of_the_structural_decomposition(small, level, demand) -> None:
    demand = demand[:1]
    prepared = prepare(small, OUR_CATEGORIES.as_one)
    found = mitigation(prepared.base, year_of(prepared, level, demand, 1.0))
    flows = small.flows_by_group()[:-1].sum(axis=0)
    expected = since_base_year(flows, level, demand[0])
    scale = np.abs(expected.dE).sum()
    assert_allclose(found.local, expected.local_mitigation, atol=1e-9 * scale)
    assert_allclose(found.outsourced, expected.outsourced_mitigation, atol=1e-9 * scale)


@given(LEVELS, DEMANDS)
def test_what_policy_abates_is_the_gap_between_two_footprints_of_one_demand(
    small, level, demand
) -> None:
    prepared = prepare(small, OUR_CATEGORIES.by_kind)
    without = year_of(prepared, np.ones_like(level), demand, 1.0)
    now = year_of(prepared, level, demand, 1.0)
    found = abated(without, now)
    assert_allclose(found.local + found.outsourced, without.D_cba - now.D_cba, rtol=1e-9, atol=1e-4)


@given(LEVELS, DEMANDS)
def test_covered_groups_and_the_others_add_up_to_all(small, level, demand) -> None:
    prepared = prepare(small, OUR_CATEGORIES.by_kind)
    year = year_of(prepared, level, demand, 1.5)
    some = np.arange(len(GROUPS)) < 3
    parts = [covered_part(prepared.basis, year, level, groups) for groups in (some, ~some)]
    for account in ("D_pba", "D_cba", "own", "exported"):
        total = sum(getattr(part, account) for part in parts)
        assert_allclose(total, getattr(year, account), rtol=1e-9, atol=1e-6)


def test_kinds_that_leave_a_category_out_are_refused(small) -> None:
    with pytest.raises(ValueError, match=r"must hold each of .*'inventory_change'.* once"):
        prepare(small, ((0, 1), (3,), (4,)))


@pytest.mark.parametrize("omega", [0.0, 0.5])
def test_only_covered_sectors_answer_and_abate(small, omega) -> None:
    words = {
        "cap.coverage": ["power"],
        "behaviour.consumer_responsibility": omega,
        "compliance.audit": 0.9,
    }
    model = Laboratory(small).model(read_scenario("default", words), 1)
    for _ in range(6):
        model.step()
    power = GROUPS.index("electricity")
    assert model.state.abatement[:, power].max() > 0
    assert not np.delete(model.state.abatement, power, axis=1).any()
    national = model.recorder.national
    assert (national["liability"][:6] < national["emissions"][:6]).all()
    assert (national["cap"][:6] < national["emissions"][:6]).all()
