"""City statistics of demand and jobs: read, estimated from, and put to use in the compile."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import floats
from numpy.testing import assert_allclose, assert_array_equal

from analysis.documents.markdown import with_tables
from analysis.economy.demand_evidence import capital_per_investment, persistence
from analysis.studies import city_statistics as study
from data.compiled.synthetic import small_figures
from data.errors import InputError
from data.readers.city_statistics import KINDS, read_demand_statistics, read_jobs
from data.readers.figures import read_regions, read_sectors
from data.readers.inputs import read_figures
from data.readers.verified import read_table
from model.compile.assumptions import Assumptions
from model.compile.city_demand import city_demand
from model.compile.city_steps import curves, outputs
from model.compile.compile import compile_tables
from model.compile.demand_curves import (
    CAPITAL,
    combined,
    filled_urban_share,
    of_urban_and_rural,
)
from model.compile.figures import CityPanel, Estimate, Jobs
from model.compile.margins import at_base_prices, calibrated_emissions
from model.compile.nation import balanced, with_categories
from model.compile.specialisation import specialisation
from model.compile.within_provinces import around_the_curve, within_elasticity
from model.labels import INVENTORY

PROVINCE = np.repeat(np.arange(10), 5)


def panel(elasticity: float, noise: float = 0.0, seed: int = 0) -> CityPanel:
    """Return figures of two years whose level differs by province and year."""
    rng = np.random.default_rng(seed)
    income = np.exp(0.5 * rng.standard_normal((2, PROVINCE.size)))
    level = np.exp(rng.standard_normal((2, 10)))[:, PROVINCE]
    error = np.exp(noise * rng.standard_normal(income.shape))
    return CityPanel((2012, 2013), level * income**elasticity * error, income)


@given(elasticity=floats(-1.0, 2.0))
def test_an_elasticity_that_holds_exactly_is_found_whatever_the_provinces_levels(
    elasticity: float,
) -> None:
    found = within_elasticity(panel(elasticity), PROVINCE)
    assert found.value == pytest.approx(elasticity, abs=1e-9)
    assert found.cities == PROVINCE.size


def test_the_standard_error_covers_the_truth_as_often_as_it_should() -> None:
    found = [within_elasticity(panel(0.9, 0.2, seed), PROVINCE) for seed in range(200)]
    inside = [abs(e.value - 0.9) < 2.26 * e.standard_error for e in found]  # t of 9
    assert 0.88 <= np.mean(inside) <= 0.99


def test_one_misreport_moves_the_elasticity_little() -> None:
    sound = panel(0.9, 0.1)
    spoiled = sound.per_head.copy()
    spoiled[0, 7] *= 1e7
    found = within_elasticity(replace(sound, per_head=spoiled), PROVINCE)
    assert found.value == pytest.approx(within_elasticity(sound, PROVINCE).value, abs=0.05)
    departure = around_the_curve(replace(sound, per_head=spoiled), 0.9, PROVINCE)
    assert np.abs(departure).max() < 0.5


def test_figures_without_company_in_their_province_say_nothing() -> None:
    alone = np.where(np.arange(50) % 5 == 0, 1.0, np.nan)[None, :]
    lonely = CityPanel((2012,), alone, panel(0.9).income[:1])
    with pytest.raises(ValueError, match="give more"):
        within_elasticity(lonely, PROVINCE)


def test_estimates_are_combined_by_their_precision() -> None:
    both = combined(Estimate(1.0, 0.1, 5), Estimate(0.7, 0.2, 9))
    assert both.value == pytest.approx((1.0 * 100 + 0.7 * 25) / 125)
    assert both.standard_error == pytest.approx(125**-0.5)


@given(whole=floats(0.3, 1.5), seed=st.integers(0, 50))
def test_urban_and_rural_people_share_the_elasticity_that_leaves_the_whole(whole, seed) -> None:
    """All households per head, regressed on income within provinces, rise by the whole again."""
    rng = np.random.default_rng(seed)
    income = np.exp(0.4 * rng.standard_normal(50))
    urban = np.clip(0.5 + 0.3 * np.log(income), 0.1, 0.9)
    people = np.stack([1 - urban, urban, np.ones(50), np.ones(50)], axis=1)
    spent = rng.uniform(1.0, 3.0, (10, 2)) * [1.0, 4.0]
    found = of_urban_and_rural(whole, spent, people, income, PROVINCE)
    weight = people[:, :2] * income[:, None] ** found
    sums = np.stack([np.bincount(PROVINCE, weight[:, k]) for k in (0, 1)], axis=1)
    demand = (weight / sums[PROVINCE] * spent[PROVINCE]).sum(axis=1)
    y, x = np.log(demand), np.log(income)
    for p in range(10):
        y[p == PROVINCE] -= y[p == PROVINCE].mean()
        x[p == PROVINCE] -= x[p == PROVINCE].mean()
    assert y @ x / (x @ x) == pytest.approx(whole, abs=1e-9)
    assert found < whole


def test_missing_urban_shares_follow_income_inside_the_province() -> None:
    income = np.exp(np.linspace(-1, 1, 50))
    true = 1.0 / (1.0 + np.exp(-(0.3 + 0.8 * np.log(income))))
    gaps = true.copy()
    gaps[[3, 20, 44]] = np.nan
    assert_allclose(filled_urban_share(gaps, income, PROVINCE), true, rtol=1e-9)


def test_no_city_is_without_rural_or_urban_people() -> None:
    """One far richer, or poorer, than all whose share is known has 99 % or 1 %, and no more."""
    income = np.exp(np.linspace(-1, 1, 50))
    income[[0, 49]] = np.exp([-9.0, 9.0])
    share = 1.0 / (1.0 + np.exp(-0.8 * np.log(income)))
    share[[0, 49]] = np.nan
    assert_allclose(filled_urban_share(share, income, PROVINCE)[[0, 49]], [0.01, 0.99])


def test_where_no_province_has_two_cities_income_says_nothing_of_urban_shares() -> None:
    """What is missing is the nation's mean, of the log odds: logit⁻¹(½ (logit 0.2 + logit 0.8))."""
    found = filled_urban_share(
        np.array([0.2, 0.8, np.nan]), np.array([1.0, 2.0, 9.0]), np.arange(3)
    )
    assert_allclose(found, [0.2, 0.8, 0.5], rtol=1e-9)


def test_a_province_of_one_city_says_nothing_of_how_urban_shares_follow_income() -> None:
    """A metropolis that is a province of its own stands off every line within provinces."""
    income = np.exp(np.append(np.linspace(-1, 1, 50), 2.0))
    odds = np.append(0.3 + 0.8 * np.log(income[:50]), -3.0)
    true = 1.0 / (1.0 + np.exp(-odds))
    gaps = true.copy()
    gaps[[3, 20, 44]] = np.nan
    found = filled_urban_share(gaps, income, np.append(PROVINCE, 10))
    assert_allclose(found, true, rtol=1e-9)


def test_a_city_s_capital_formation_follows_the_believed_part_of_its_investment() -> None:
    figures = small_figures(0)
    tables = at_base_prices(figures, Assumptions())
    province = figures.regions.province
    income = figures.statistics.gdp.sum(axis=1) / figures.statistics.population
    d = []
    for weight in (0.0, 0.5):
        found = curves(figures, tables, Assumptions(investment_weight=weight))
        d.append(city_demand(tables.Y, found, income, np.ones((len(income), 4)), province))
    departure = found.deviation[:, CAPITAL]
    ratio = np.log(d[1][:, :, CAPITAL].sum(axis=1) / d[0][:, :, CAPITAL].sum(axis=1))
    own = province == 0
    assert_allclose(ratio[own] - ratio[own][0], departure[own] - departure[own][0], atol=1e-9)
    assert departure[2] == 0.0  # has no figures
    assert_array_equal(d[0][:, :, :CAPITAL], d[1][:, :, :CAPITAL])


def test_specialisation_is_the_location_quotient_by_hand() -> None:
    """Manufacturing is 60 and 20 of 100 jobs; by value added of 3 to 1 the province has 50."""
    jobs = Jobs(
        persons=np.array([[40.0, 60.0, 9.0], [80.0, 20.0, 9.0], [np.nan] * 3]),
        of_sector=np.array([0, 1, 1, 2]),
    )
    made = np.array([[0.0, 3.0, 1.0], [0.0, 1.0, 1.0], [0.0, 5.0, 1.0]])
    industry = np.array([1, 1, 1, 2])
    found = specialisation(jobs, industry, made, np.arange(3))
    assert_allclose(found[0], [40 / 50, 60 / 50, 60 / 50, 1.0])
    assert_allclose(found[1], [80 / 50, 20 / 50, 20 / 50, 1.0])
    assert_array_equal(found[2], 1.0)
    assert_array_equal(specialisation(jobs, industry, made, np.array([0, 2])), 1.0)


def test_a_city_of_miners_mines_more() -> None:
    figures = small_figures(0)
    tables = at_base_prices(figures, Assumptions())
    persons = figures.jobs.persons.copy()
    persons[0, 1] *= 20
    more = replace(figures, jobs=replace(figures.jobs, persons=persons))
    production = calibrated_emissions(figures)
    before, after = (outputs(f, tables, production, Assumptions()) for f in (figures, more))
    assert after[0, 1] > before[0, 1]
    assert_allclose(after[:4].sum(axis=0), before[:4].sum(axis=0), rtol=1e-9)


def test_demand_divided_as_in_the_provinces_keeps_the_use_of_every_product() -> None:
    figures = small_figures(0)
    nation = balanced(figures.national)
    reported = figures.tables.Y.sum(axis=(0, 1))
    moved = with_categories(nation, reported, 0.0)
    assert_allclose(moved.Y.sum(axis=1), nation.Y.sum(axis=1), rtol=1e-9)
    shares = [np.delete(Y, INVENTORY) for Y in (moved.Y.sum(axis=0), reported)]
    assert_allclose(shares[0] / shares[0].sum(), shares[1] / shares[1].sum(), rtol=1e-9)
    assert with_categories(nation, reported, 1.0) is nation


@pytest.mark.parametrize("words", ["midway", "provinces"])
def test_an_economy_balances_however_demand_is_divided(words) -> None:
    tables = compile_tables(small_figures(0), Assumptions(home_weight=5.0, categories_of=words))
    use = np.einsum("sij,sj->si", tables.form.a, tables.x) + tables.d.sum(axis=2)
    sold = tables.form.supply(use[:, :, None])[:, :, 0] + tables.export
    assert_allclose(sold, tables.x, rtol=1e-9)


def test_misprints_are_left_out_of_the_statistics() -> None:
    regions = read_regions()
    found = read_demand_statistics(2012, regions)
    at = {name: regions.names.index(name) for name in ("Tianshui", "Heihe", "Pingliang")}
    year = {y: n for n, y in enumerate(found.investment.years)}
    rate = found.investment.per_head / found.investment.income
    assert np.isnan(rate[year[2012], at["Tianshui"]])
    assert np.isnan(rate[year[2013], at["Heihe"]])
    assert rate[year[2012], at["Pingliang"]] > 1.5  # inflated, not a misprint
    assert np.nanmax(rate) < 3.0
    assert np.isfinite(rate[year[2012]]).sum() == 268
    known = found.urban_share[np.isfinite(found.urban_share)]
    assert known.size == 301
    assert ((known >= 0) & (known <= 1)).all()


def test_misread_rows_of_jobs_give_way_to_the_nearest_sound_year() -> None:
    regions, sectors = read_regions(), read_sectors()
    table = read_table("city_employment.csv")
    misread = table[(table["status"] == "misread") & (table["year"] == 2012)]["region_code"]
    jobs = read_jobs(2012, regions, sectors)
    row = list(regions.codes).index(misread.iloc[0])
    sound = table[(table["region_code"] == misread.iloc[0]) & (table["year"] == 2013)].iloc[0]
    expected = [1e4 * (0.0 if np.isnan(v) else v) for v in (sound[f"{k}_10k"] for k in KINDS)]
    assert_allclose(jobs.persons[row], expected)
    assert np.isfinite(jobs.persons).all(axis=1).sum() == 274


def test_every_sector_has_one_kind_of_work() -> None:
    codes = [code for codes in KINDS.values() for code in codes]
    assert sorted(codes) == sorted(read_sectors().codes)


def test_weights_of_investment_are_those_that_provinces_and_years_show() -> None:
    figures = read_figures(2012)
    assert Assumptions().investment_weight == round(
        capital_per_investment(figures).investment.value, 2
    )
    assert Assumptions().investment_persistence == round(persistence(figures).value, 2)
    with pytest.raises(ValueError, match="no investment of 2017"):
        capital_per_investment(read_figures(2017))


def test_a_demand_that_the_table_lacks_is_named(monkeypatch) -> None:
    from data.readers import city_statistics

    empty = read_table("demand_elasticities.csv").iloc[:0]
    real = city_statistics.read_table
    monkeypatch.setattr(
        city_statistics,
        "read_table",
        lambda name, directory=None: empty if name.startswith("demand") else real(name, directory),
    )
    with pytest.raises(InputError, match="no row 'households'"):
        read_demand_statistics(2012, read_regions())


@pytest.mark.study
def test_the_page_shows_what_the_figures_say_and_the_defaults_foretell_best() -> None:
    text = study.DOCUMENT.read_text(encoding="utf-8")
    assert with_tables(text, study.tables()) == text, (
        "renew: .venv/bin/python -m analysis.documents city-statistics"
    )
    found = study.residuals([read_figures(year) for year in (2012, 2017)])
    best = min(found, key=lambda weights: study.scatter(found[weights]))
    assert best.capacity == Assumptions().capacity_weight
    assert best.jobs == Assumptions().jobs_weight
