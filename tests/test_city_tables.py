"""City input–output tables of least cross-entropy to the province's, and city exports."""

import numpy as np
from hypothesis import given
from invented import amounts
from numpy.testing import assert_allclose

from model.compile.city_exports import city_exports
from model.compile.city_tables import city_tables, technology_spread, towards_provincial_ratios
from model.input_output.province_sums import sums

PROVINCE = np.array([0, 0, 1, 1, 1])
Z = np.array([[[4.0, 6.0], [5.0, 1.0]], [[2.0, 3.0], [8.0, 5.0]]])
OUTPUT = np.array([[30.0, 40.0], [50.0, 20.0]])
X = np.array([[10.0, 30.0], [20.0, 10.0], [5.0, 5.0], [25.0, 5.0], [20.0, 10.0]])


def test_where_nothing_tells_cities_apart_they_share_the_province_s_technology() -> None:
    a = city_tables(Z, X, np.ones_like(X), PROVINCE)
    assert_allclose(a, (Z / OUTPUT[:, None, :])[PROVINCE], rtol=1e-9)


@given(amounts((5, 2), 0.3, 3.0))
def test_city_tables_add_up_to_the_province_cell_by_cell(lean: np.ndarray) -> None:
    a = city_tables(Z, X, lean, PROVINCE)
    assert_allclose(sums(a * X[:, None, :], PROVINCE, 2), Z, rtol=1e-9)
    spent = (Z.sum(axis=1) / OUTPUT)[PROVINCE]
    assert_allclose(a.sum(axis=1), spent, rtol=1e-9)


def test_a_city_that_leans_to_a_product_uses_more_of_it() -> None:
    lean = np.ones_like(X)
    lean[2, 0] = 2.0
    a, plain = (city_tables(Z, X, each, PROVINCE) for each in (lean, np.ones_like(X)))
    assert (a[2, 0] > plain[2, 0]).all()
    assert (a[3:, 0] < plain[3:, 0]).all()
    assert_allclose(a[:2], plain[:2], rtol=1e-12)


def test_leaning_towards_provincial_ratios_gives_every_city_its_province_s_ratio() -> None:
    """Zheng et al. 2022: the ratio of intermediate to total demand, here before balancing."""
    provincial_final = np.array([[20.0, 10.0], [10.0, 30.0]])
    final = np.array([[15.0, 2.0], [5.0, 8.0], [1.0, 20.0], [4.0, 5.0], [5.0, 5.0]])
    lean = towards_provincial_ratios(Z, provincial_final, X, final, PROVINCE)
    spent = np.stack([Z[p] @ (X[r] / OUTPUT[p]) for r, p in enumerate(PROVINCE)])
    ratio = (Z.sum(axis=2) / provincial_final)[PROVINCE]
    assert_allclose(lean * spent / final, ratio, rtol=1e-12)


def test_a_product_without_final_use_leans_nowhere() -> None:
    final = np.zeros_like(X)
    lean = towards_provincial_ratios(Z, np.zeros((2, 2)), X, final, PROVINCE)
    assert_allclose(lean, 1.0)


def test_provinces_of_one_technology_have_no_spread_of_technologies() -> None:
    a = np.array([[0.1, 0.3], [0.2, 0.1]])
    alike = a * np.array([[10.0, 20.0], [30.0, 5.0], [1.0, 1.0]])[:, None, :]
    assert_allclose(technology_spread(alike), 0.0, atol=1e-12)
    unlike = alike.copy()
    unlike[1, 0] *= 3.0
    assert (technology_spread(unlike) > 0.1).all()


@given(amounts((5, 2), 0.1, 10.0), amounts((2, 2), 0.0, 1.0))
def test_cities_export_what_the_province_does_and_never_more_than_they_make(lean, rate) -> None:
    provincial = 0.9 * rate * OUTPUT
    export = city_exports(provincial, X, lean, PROVINCE)
    assert_allclose(sums(export, PROVINCE, 2), provincial, rtol=1e-9, atol=1e-12)
    assert (export <= X * (1 + 1e-12)).all()


def test_exports_follow_output_where_nothing_is_known() -> None:
    export = city_exports(0.2 * OUTPUT, X, np.ones_like(X), PROVINCE)
    assert_allclose(export, 0.2 * X)
