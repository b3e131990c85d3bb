"""What the regulator remembers: past emissions, brought to the level that a coverage counts."""

import numpy as np
from numpy.testing import assert_allclose

from simulation.regulator_knowledge import scaled


def test_the_course_of_past_emissions_ends_in_the_level_given_and_keeps_its_shape() -> None:
    past = np.array([[1.0, 8.0], [3.0, 2.0], [2.0, 4.0]])
    found = scaled(past, np.array([20.0, 1.0]))
    assert_allclose(found, [[10.0, 2.0], [30.0, 0.5], [20.0, 1.0]])


def test_a_course_that_ends_in_zero_is_missing_and_no_other() -> None:
    found = scaled(np.array([[0.0, 5.0, 6.0], [1.0, 0.0, 3.0]]), np.array([7.0, 7.0, 7.0]))
    assert_allclose(found, [[0.0, np.nan, 14.0], [7.0, np.nan, 7.0]])
