"""The dense Leontief model against the worked tables of Miller & Blair (2009).

Miller, R. E. & Blair, P. D. (2009): Input–Output Analysis: Foundations and Extensions, 2nd edition,
Cambridge University Press.
"""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from model.input_output.leontief import gross_output, intensities, technical_coefficients

Z = np.array([[150.0, 500.0], [200.0, 100.0]])
x = np.array([1000.0, 2000.0])
f = np.array([350.0, 1700.0])
"""Miller & Blair 2009, table 2.3."""

INTERREGIONAL_Z = np.array(
    [
        [150.0, 500.0, 50.0, 25.0, 75.0],
        [200.0, 100.0, 400.0, 200.0, 100.0],
        [300.0, 500.0, 50.0, 60.0, 40.0],
        [75.0, 100.0, 60.0, 200.0, 250.0],
        [50.0, 25.0, 25.0, 150.0, 100.0],
    ]
)
INTERREGIONAL_x = np.array([1000.0, 2000.0, 1000.0, 1200.0, 800.0])
"""Miller & Blair 2009, section 3.3, the two-region example: three sectors in r, two in s."""


def test_technical_coefficients_are_those_of_the_textbook() -> None:
    """Miller & Blair 2009, table 2.4."""
    assert_allclose(technical_coefficients(Z, x), [[0.15, 0.25], [0.20, 0.05]], rtol=1e-15)


def test_the_textbook_s_final_demand_calls_for_the_textbook_s_output() -> None:
    """Miller & Blair 2009, table 2.3: x = Z i + f."""
    assert_allclose(gross_output(technical_coefficients(Z, x), f[:, None])[:, 0], x, rtol=1e-14)


def test_unit_demands_give_the_leontief_inverse_of_the_textbook() -> None:
    """Miller & Blair 2009, section 2.3: L, printed to four digits."""
    L = gross_output(technical_coefficients(Z, x), np.eye(2))
    assert_allclose(L, [[1.2541, 0.3300], [0.2640, 1.1221]], atol=5e-5)


def test_new_demand_calls_for_the_new_output_of_the_textbook() -> None:
    """Miller & Blair 2009, section 2.3: f = (600, 1500) needs x = (1247.5, 1841.6)."""
    found = gross_output(technical_coefficients(Z, x), np.array([[600.0], [1500.0]]))
    assert_allclose(found[:, 0], [1247.5, 1841.6], atol=0.05)


def test_two_regions_answer_demand_in_one_of_them_as_in_the_textbook() -> None:
    """Miller & Blair 2009, section 3.3: the first column of L, for demand of 100 in r."""
    A = technical_coefficients(INTERREGIONAL_Z, INTERREGIONAL_x)
    new_demand = np.array([[100.0], [0.0], [0.0], [0.0], [0.0]])
    found = gross_output(A, new_demand)[:, 0]
    assert_allclose(found, [142.34, 63.46, 63.83, 26.72, 14.68], atol=5e-3)
    region_s = slice(3, 5)
    assert_allclose(A[region_s, region_s], [[0.1667, 0.3125], [0.125, 0.125]], atol=5e-5)


def test_a_sector_without_output_has_no_coefficients_and_no_intensity() -> None:
    A = technical_coefficients(np.array([[1.0, 0.0], [3.0, 0.0]]), np.array([10.0, 0.0]))
    assert_allclose(A, [[0.1, 0.0], [0.3, 0.0]])
    assert_allclose(intensities(np.array([5.0, 0.0]), np.array([10.0, 0.0])), [0.5, 0.0])


def test_a_sector_that_eats_all_it_makes_has_no_output_to_answer_with() -> None:
    with pytest.raises(np.linalg.LinAlgError):
        gross_output(np.array([[1.0]]), np.array([[1.0]]))
