"""Sectors that move apart from their abatement group are scored as the full economy would be."""

import numpy as np
import pytest
from invented import placed_in_china
from numpy.testing import assert_allclose
from single_sectors import (
    CLEANER_GOODS,
    MANUFACTURING,
    SERVICES,
    WORDS,
    asked,
    assert_scored,
    full_accounts,
    intensities,
)

from data.readers.named_sectors import sectors_of
from data.readers.places import lying_in
from model.footprints.accounts import accounts, embodied_flows
from model.input_output.response_basis import response_basis
from model.labels import CATEGORIES, GROUPS
from simulation.laboratory import Laboratory

named = pytest.mark.parametrize("cleaner", WORDS.values(), ids=[*WORDS])


@pytest.fixture(scope="module")
def laboratory(small) -> Laboratory:
    return Laboratory(placed_in_china(small))


@named
@pytest.mark.parametrize("lever", [False, True])
def test_a_year_is_scored_as_the_full_response_basis_scores_it(laboratory, cleaner, lever) -> None:
    words = {"abatement.demand_lever": lever}
    scenario, economy = asked(cleaner, **words), laboratory.economy
    basis, years = laboratory.prepared(scenario).basis, laboratory.baseline(scenario)
    trend = laboratory.baseline(asked([], **words)).level
    for t, year in enumerate(years.years):
        S, demand = intensities(economy, trend[t], cleaner, t), years.by_kind[t]
        expected = full_accounts(economy, S, demand, years.exports[t])
        assert_scored(year, basis.embodied(years.level[t], demand), expected)


@named
def test_a_year_is_scored_as_leontief_s_equations_solved_anew(laboratory, cleaner) -> None:
    """x = (I − A)⁻¹ y for the year's demand, with more of it for services, and changed S."""
    more = {"where": ["east"], "products": [SERVICES], "growth": 0.05}
    scenario = asked(cleaner, **{"growth.more_demand": [more]})
    economy, basis = laboratory.economy, laboratory.prepared(scenario).basis
    years, trend = laboratory.baseline(scenario), laboratory.baseline(asked([])).level
    east = lying_in(["east"], economy.regions)[:, None, None]
    services = sectors_of(SERVICES, economy.sectors)[:, None]
    regular = np.array([category != "inventory_change" for category in CATEGORIES])
    for t in (0, 5):
        growth = np.where(east & services & regular, 1.05 ** (t + 1), 1.0)
        d = economy.d * years.demand[t][:, None, None] * growth
        solved = response_basis(economy.form, d, economy.export * years.exports[t], lambda *_: None)
        expected = accounts(embodied_flows(solved, intensities(economy, trend[t], cleaner, t)))
        flows = basis.embodied(years.level[t], years.by_kind[t])
        assert_scored(years.years[t], flows, expected, rtol=1e-10)


def test_only_the_named_sector_in_the_named_places_gets_cleaner(laboratory) -> None:
    scenario = asked([CLEANER_GOODS])
    parts = laboratory.prepared(scenario).branches
    level, before = (laboratory.baseline(s).level for s in (scenario, asked([])))
    own = parts.of_sector[sectors_of(MANUFACTURING, laboratory.economy.sectors)]
    east = lying_in(["east"], laboratory.economy.regions)
    expected = before[:, :, parts.group]
    expected[:, east, own] *= 0.97 ** np.arange(1, len(before) + 1)[:, None]
    assert parts.group.size == len(GROUPS) + 1
    assert_allclose(level, expected, rtol=1e-12)


def test_words_for_whole_groups_keep_the_basis_of_the_groups(laboratory) -> None:
    """Of the invented economy's groups, electricity and metals are one sector each."""
    whole = [{**CLEANER_GOODS, "sector": word} for word in ("rest", "power", "s02", "s03")]
    assert laboratory.prepared(asked(whole)) is laboratory.prepared(asked([]))


def test_a_collapsed_basis_serves_every_speed_and_place(laboratory) -> None:
    first = asked([CLEANER_GOODS])
    again = asked([{**CLEANER_GOODS, "change": 0.1}, {**CLEANER_GOODS, "where": ["west"]}])
    assert laboratory.prepared(first) is laboratory.prepared(again)
    assert laboratory.prepared(first) is not laboratory.prepared(asked([]))


@pytest.mark.full
@pytest.mark.parametrize(
    "every", [False, pytest.param(True, marks=pytest.mark.study)], ids=["paper", "all 42"]
)
def test_paper_in_the_east_or_every_sector_moves_by_itself_among_42(
    full, full_laboratory, every
) -> None:
    cleaner = [
        {"where": ["east"], "sector": code, "change": -0.03 + 0.001 * n}
        for n, code in enumerate(full.sectors.codes if every else ["s10"])
    ]
    laboratory = full_laboratory
    scenario, usual = (asked(words, **{"horizon.end": 2014}) for words in (cleaner, []))
    found, years = laboratory.prepared(scenario), laboratory.baseline(scenario)
    S = intensities(full, laboratory.baseline(usual).level[1], cleaner, 1)
    expected = full_accounts(full, S, years.by_kind[1], years.exports[1])
    flows = found.basis.embodied(years.level[1], years.by_kind[1])
    assert_scored(years.years[1], flows, expected)
    assert found.branches.group.size == (42 if every else 8)
