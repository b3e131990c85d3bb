"""Numbers as they are written: no more digits than they carry, a true minus, no minus zero."""

import numpy as np
import pytest

from analysis.documents.numbers import (
    by_size,
    bytes_in_words,
    count_span,
    fixed,
    places,
    rounded,
    span,
)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (1234.56, 1, "1,234.6"),
        (-1234.56, 0, "\N{MINUS SIGN}1,235"),
        (-0.04, 1, "0.0"),
        (np.nan, 2, "\N{EN DASH}"),
    ],
)
def test_a_number_has_its_decimals_a_true_minus_and_no_minus_zero(value, digits, text) -> None:
    assert fixed(value, digits) == text


def test_a_difference_carries_its_sign() -> None:
    assert [fixed(v, 1, sign=True) for v in (2.0, -2.0)] == ["+2.0", "\N{MINUS SIGN}2.0"]


def test_a_range_reads_as_one_number_where_its_ends_read_alike() -> None:
    assert span(8.71, 10.88) == "8.7 to 10.9"
    assert span(60.01, 60.02) == rounded(60.0) == "60"
    assert count_span(0.2, 271.0) == "0 to 271"


def test_a_number_by_its_size_has_fewer_decimals_the_larger_it_is() -> None:
    assert [by_size(v) for v in (0.0001, 1.5, 15.25, 1500.0)] == ["0", "1.500", "15.2", "1,500"]


def test_memory_is_said_in_the_unit_it_fills() -> None:
    assert [bytes_in_words(v) for v in (240, 1.2e6, 3.4e9)] == ["240 B", "1.2 MB", "3.4 GB"]


@pytest.mark.parametrize(
    ("largest", "told"),
    [(123.4, "123.4"), (1.0, "1.0"), (0.51, "0.51"), (0.00768, "0.0077"), (0.0, "0.0")],
)
def test_the_largest_of_small_amounts_has_two_figures(largest, told) -> None:
    assert fixed(largest, places(largest, 1)) == told
