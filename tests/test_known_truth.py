"""City tables whose truth is known: what the compile finds of it, and what simpler rules find."""

from functools import cache, partial

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from pandas.testing import assert_frame_equal
from pymrio_truth import pairings, shipped, truth_of

from analysis.documents.markdown import between, with_tables
from analysis.studies.known_truth.city_yearbook import Noise
from analysis.studies.known_truth.errors import (
    MEASURES,
    OF_CHANGE,
    between_cities,
    classes_wrong,
    median_error,
    weighted_error,
)
from analysis.studies.known_truth.findings import of_trade_form
from analysis.studies.known_truth.invention import invented_truth
from analysis.studies.known_truth.later_year import Changes, later_year
from analysis.studies.known_truth.methods import METHODS
from analysis.studies.known_truth.mitigation import Mitigation, mitigation
from analysis.studies.known_truth.publication import published
from analysis.studies.known_truth.report import DOCUMENT, tables, verdict
from analysis.studies.known_truth.study import study, summary
from analysis.studies.known_truth.truth import Truth
from model.classes.beneficiaries import Beneficiary
from model.compile.assumptions import Assumptions
from model.compile.compile import compile_tables
from model.compile.provinces import reconciled
from model.footprints.decomposition import intensity_effect
from model.input_output.province_sums import sums
from model.input_output.trade_form import TradeForm

SEEDS = st.integers(0, 3)
SMALL = partial(invented_truth, cities=(2, 2, 2))


@cache
def truth(seed: int, cities: tuple[int, ...] = (3, 2, 4, 2)) -> Truth:
    return invented_truth(np.random.default_rng(seed), cities)


@given(SEEDS)
def test_every_product_of_the_truth_is_sold_and_every_input_is_paid(seed: int) -> None:
    true = truth(seed)
    assert_allclose(true.found.trade.sum(axis=2).T + true.export, true.found.x, rtol=1e-9)
    assert true.value_added.min() > 0.0
    assert_allclose(true.imports + true.found.trade.sum(axis=1).T, true.use, rtol=1e-9)


@given(SEEDS)
def test_published_provinces_balance_and_trade_with_each_other_only(seed: int) -> None:
    found = published(truth(seed), np.random.default_rng(7)).tables
    assert_allclose(found.row_gap / found.x, 0.0, atol=1e-9)
    assert_allclose(found.column_gap / found.x, 0.0, atol=1e-9)
    assert_allclose(found.outflow.sum(axis=0), found.inflow.sum(axis=0), rtol=1e-9)


@given(SEEDS)
def test_city_statistics_add_up_to_the_provinces(seed: int) -> None:
    figures = published(truth(seed), np.random.default_rng(7))
    province, provinces = figures.regions.province, figures.tables.x.shape[0]
    gdp = sums(figures.statistics.gdp, province, provinces)
    assert_allclose(gdp.sum(axis=1), figures.tables.value_added.sum(axis=1), rtol=1e-9)
    inventory = figures.inventory.production.sum(axis=1) + figures.inventory.households.sum(axis=1)
    assert_allclose(sums(figures.statistics.co2, province, provinces), inventory, rtol=1e-9)


@given(SEEDS)
def test_reconciling_leaves_figures_without_error_alone(seed: int) -> None:
    figures = published(invented_truth(np.random.default_rng(seed)), np.random.default_rng(7))
    found = reconciled(figures.tables, figures.national)
    for name in ("Z", "Y", "export", "imports", "outflow", "inflow", "x"):
        reported = getattr(figures.tables, name)
        assert_allclose(getattr(found, name), reported, rtol=1e-9, atol=1e-12 * reported.max())


@given(SEEDS)
def test_the_full_table_and_the_trade_form_say_the_same(seed: int) -> None:
    true = truth(seed)
    t = true.found.trade / true.use.T[:, None, :]
    form = TradeForm(t=t, a=true.inputs / true.found.x[:, None, :])
    found = of_trade_form(form, true.d, true.found.x, true.F / true.found.x)
    assert_allclose(found.embodied, true.found.embodied, rtol=1e-8, atol=1e-6)
    assert_allclose(found.trade, true.found.trade, rtol=1e-9)


@given(SEEDS)
def test_the_truth_is_no_distance_from_itself(seed: int) -> None:
    found = truth(seed).found
    assert {name: error(found, found) for name, error in MEASURES.items()} == dict.fromkeys(
        MEASURES, 0.0
    )


@given(SEEDS)
def test_a_province_of_one_city_is_found_exactly_but_for_its_trade(seed: int) -> None:
    true = truth(seed, (1, 1, 1, 1, 1))
    found = compile_tables(published(true, np.random.default_rng(7)), Assumptions())
    assert_allclose(found.x, true.found.x, rtol=1e-9)
    assert_allclose(found.F, true.F, rtol=1e-9)
    assert_allclose(found.form.a * found.x[:, None, :], true.inputs, rtol=1e-8)
    assert_allclose(found.d, true.d, rtol=1e-8, atol=1e-9 * true.d.max())
    assert_allclose(found.export, true.export, rtol=1e-9)


@given(SEEDS)
def test_the_later_year_is_in_balance_with_the_same_technology(seed: int) -> None:
    first = truth(seed)
    later = later_year(first, np.random.default_rng(7))
    assert_allclose(later.found.trade.sum(axis=2).T + later.export, later.found.x, rtol=1e-9)
    assert_allclose(later.form.a, first.form.a, rtol=1e-9)
    assert_allclose(later.imports / later.use, first.imports / first.use, rtol=1e-8)
    assert np.log(later.d.sum() / first.d.sum()) == pytest.approx(Changes().growth, abs=0.1)


@given(SEEDS)
def test_where_every_intensity_falls_alike_mitigation_is_a_share_of_the_flows(seed: int) -> None:
    alike = Changes(
        sector=0.0, province=0.0, city=0.0, city_sector=0.0,
        growth=0.0, growth_of_city=0.0, growth_of_sector=0.0,
    )  # fmt: skip
    first = truth(seed)
    later = later_year(first, np.random.default_rng(7), alike)
    fall = 1.0 - np.exp(alike.trend)
    found = mitigation(first.found, later.found)
    assert_allclose(found.local, fall * np.diag(first.found.C), rtol=1e-8)
    assert_allclose(found.local + found.outsourced, fall * first.found.D_cba, rtol=1e-8)


@given(SEEDS)
def test_mitigation_of_findings_is_that_of_the_decomposition(seed: int) -> None:
    """`intensity_effect` gets the same from transposed solves of the trade forms."""
    first = truth(seed)
    later = later_year(first, np.random.default_rng(7))
    S0, S1 = first.F / first.found.x, later.F / later.found.x
    dE = intensity_effect(first.form, first.d, later.form, later.d, S0, S1)
    assert_allclose(mitigation(first.found, later.found).dE, dE, rtol=1e-7, atol=1e-3)
    same_form = of_trade_form(first.form, first.d, first.found.x, S0)
    assert_allclose(mitigation(same_form, later.found).dE, dE, rtol=1e-7, atol=1e-3)


def test_classes_wrong_by_hand() -> None:
    """Of three cities the second gains from others in truth, and is a role model as found."""
    true = Mitigation(-np.array([[5.0, 4.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 2.0]]))
    found = Mitigation(-np.array([[5.0, 0.5, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 2.0]]))
    assert list(true.classes) == [Beneficiary.ROLE_MODEL, Beneficiary.WEAK, Beneficiary.ROLE_MODEL]
    assert classes_wrong(found, true) == pytest.approx(100.0 / 3.0)
    assert classes_wrong(true, true) == 0.0


def test_errors_by_hand() -> None:
    true, found = np.array([[4.0, 2.0], [0.0, 4.0]]), np.array([[5.0, 1.0], [1.0, 4.0]])
    assert weighted_error(found, true) == pytest.approx(30.0)
    assert weighted_error(between_cities(found), between_cities(true)) == pytest.approx(100.0)
    assert median_error(np.array([1.0, 2.0, 6.0]), np.array([1.0, 4.0, 4.0])) == 50.0


def test_the_compile_before_city_statistics_reads_none_of_them() -> None:
    """The study of noise computes it once for all noises."""
    silent, loud = (
        METHODS["compile, before city statistics"](
            published(truth(0), np.random.default_rng(7), noise)
        )
        for noise in (Noise(silent=0.5), Noise().times(4.0))
    )
    assert_allclose(silent.embodied, loud.embodied, rtol=0.0)
    assert_allclose(silent.x, loud.x, rtol=0.0)


@pytest.mark.study
def test_a_study_is_the_same_for_the_same_seed() -> None:
    first, again, other = (study(1, seed, SMALL) for seed in (3, 3, 4))
    assert_frame_equal(first, again)
    assert not first["mean"].equals(other["mean"])


def by_hand() -> pd.DataFrame:
    """Return a summary of errors 1 and 5 with the first method, and 2 more with each next."""
    return summary(
        pd.concat(
            pd.DataFrame(
                {"method": method, "measure": measure, "error": [base + 2.0 * n], "economy": e}
            )
            for e, base in enumerate((1.0, 5.0))
            for n, method in enumerate(METHODS)
            for measure in (*MEASURES, *OF_CHANGE)
        )
    )


def test_a_summary_pairs_each_method_with_the_compile() -> None:
    rows = by_hand().set_index(["method", "measure"])
    row = rows.loc[("proportional", "output")]
    assert row["difference"] == row["difference_low"] == row["difference_high"]
    assert row["difference"] == -2.0 * (len(METHODS) - 1)
    assert rows.loc[("compile", "output"), "mean"] == 3.0
    assert verdict(row.to_dict()) == "wins"


def test_renewing_the_document_changes_its_tables_only() -> None:
    document, written = DOCUMENT.read_text(encoding="utf-8"), tables(by_hand())
    once = with_tables(document, written)
    for name, table in written.items():
        assert between(once, name) == table
    assert with_tables(once, written) == once
    assert once.splitlines()[0] == document.splitlines()[0]


def test_pymrio_s_table_says_of_itself_what_pymrio_says() -> None:
    provinces = next(pairings(tuple(shipped().get_regions())))
    system = shipped().copy().calc_all()
    footprints = system.emissions.D_cba_reg.loc[("emission_type1", "air")]
    true = truth_of(provinces)
    households = system.emissions.F_Y.T.groupby(level=0).sum().T.loc[("emission_type1", "air")]
    order = list(true.regions.codes)
    assert_allclose(true.found.D_cba, (footprints - households)[order], rtol=1e-9)
