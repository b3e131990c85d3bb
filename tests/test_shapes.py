"""Shapes stand in the signatures, and the import hook in conftest.py checks them."""

from dataclasses import replace

import numpy as np
import pytest
from invented import known
from jaxtyping import TypeCheckError

from model.abatement.mac import MacCurve
from model.footprints.accounts import at_intensity, embodied_flows
from model.input_output.leontief import technical_coefficients
from model.input_output.trade_form import TradeForm
from model.quota.ledger import Ledger


def test_a_vector_of_the_wrong_length_is_caught_at_the_door() -> None:
    with pytest.raises(TypeCheckError, match="'x'"):
        technical_coefficients(np.ones((2, 2)), np.ones(3))


def test_a_table_that_is_not_square_is_caught() -> None:
    with pytest.raises(TypeCheckError, match="'Z'"):
        technical_coefficients(np.ones((2, 3)), np.ones(2))


def test_intensities_told_by_sector_and_region_the_wrong_way_round_are_caught() -> None:
    basis, S = np.ones((3, 2, 6)), np.ones((3, 2))
    assert embodied_flows(basis, S).shape == (2, 3, 3)
    with pytest.raises(TypeCheckError, match="'S'"):
        embodied_flows(basis, S.T)


def test_flows_by_category_do_not_pass_for_flows_by_group() -> None:
    with pytest.raises(TypeCheckError, match="'level'"):
        at_intensity(np.ones((6, 3, 3)), np.ones((3, 7)))


def test_whole_tonnes_are_whole() -> None:
    with pytest.raises(TypeCheckError, match="'held'"):
        Ledger(held=np.ones(3))


def test_nothing_is_half_built() -> None:
    with pytest.raises(TypeCheckError, match="'a'"):
        TradeForm(t=np.ones((2, 3, 3)), a=np.ones((3, 5, 5)))
    figures = known()
    with pytest.raises(TypeCheckError, match="'D_cba'"):
        replace(figures, D_cba=np.ones(3))
    with pytest.raises(TypeCheckError, match="'past_emissions'"):
        replace(figures, past_emissions=np.ones((2, 5)))


def test_a_step_of_every_city_but_one_is_caught() -> None:
    curve = MacCurve(g=np.ones((3, 2)), adjustment=40.0, pace=0.03, ceiling=0.7)
    with pytest.raises(TypeCheckError, match="'dR'"):
        curve.marginal_cost(np.zeros((3, 2)), np.zeros((2, 2)))
