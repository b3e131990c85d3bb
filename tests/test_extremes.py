"""Extreme prices and numbers: searches end, and a year without a result says what was asked."""

import numpy as np
import pytest
from invented import laboratory_of, outlook

from data.errors import InputError
from model.market.exchange import Book, clear
from scenarios import read_scenario
from simulation.sound_numbers import sound


@pytest.mark.parametrize("price", [1e7, 1e9, 1e12])
def test_the_exchange_finds_prices_whose_neighbours_are_far_apart(price) -> None:
    """Above 8.4 million yuan neighbouring numbers are farther apart than a billionth of a yuan."""
    trend = np.full((2, 1), 1e6)
    asked = outlook(
        [4e5, -1e5],
        trend,
        belief=np.full(2, price),
        g=np.full((2, 1), price),
        ceiling=0.9,
        pace=0.4,
    )
    book = Book(asked, np.array([True, True]), None, np.zeros(2))
    found = clear(book, 0.0, np.inf)
    assert np.isfinite(found.price) or np.isnan(found.price)
    assert abs(found.net_purchase.sum()) < 1.0


def test_a_high_fine_and_a_deep_cut_end() -> None:
    words = {"compliance.penalty_multiple": 100.0, "cap.cut": 0.5, "horizon.end": 2016}
    found = laboratory_of(1).run(read_scenario("baseline", words)).recorder.national
    assert np.isfinite(found["emissions"]).all()


def test_a_year_whose_numbers_have_no_result_names_itself_and_what_was_asked() -> None:
    scenario = read_scenario("baseline", {"cap.cut": 0.3})
    said = r"2020: the numbers .* among .*cap.cut = 0.3"
    with pytest.raises(InputError, match=said), sound(scenario, 2020):
        np.log(np.zeros(1))
