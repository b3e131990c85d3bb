"""How much work is done, counted rather than timed: no inverse, no table in full, no copies."""

import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest
import scipy.linalg

from data.compiled.synthetic import small_economy
from model.footprints.embodied_intensity import embodied_by_emitter
from model.input_output.dense_form import dense_form
from model.input_output.response_basis import response_basis
from model.input_output.trade_form import TradeForm
from scenarios import read_scenario
from simulation.laboratory import Laboratory


@pytest.fixture
def largest_inverted(monkeypatch) -> list[int]:
    """Note the rows of every matrix that is inverted; numpy's is allowed, no other."""
    rows: list[int] = []
    inverse = np.linalg.inv

    def noted(matrix: np.ndarray) -> np.ndarray:
        rows.append(matrix.shape[-1])
        return inverse(matrix)

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("an inverse was formed; solve instead")

    monkeypatch.setattr(np.linalg, "inv", noted)
    monkeypatch.setattr(np.linalg, "pinv", refused)
    monkeypatch.setattr(scipy.linalg, "inv", refused)
    return rows


def peak_of(work: Callable[[], object]) -> int:
    """Return the most memory that arrays and objects of the work took at once, bytes."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def trading(regions: int, sectors: int) -> TradeForm:
    """Return an economy in which everybody buys of everybody."""
    rng = np.random.default_rng(0)
    t = rng.uniform(0.5, 1.5, (sectors, regions, regions))
    a = rng.uniform(0.5, 1.5, (regions, sectors, sectors)) * 0.6 / sectors
    return TradeForm(t=t / t.sum(axis=1, keepdims=True), a=a)


def peak_of_basis(regions: int, sectors: int) -> int:
    form = trading(regions, sectors)
    d, export = np.ones((regions, sectors, 1)), np.ones((regions, sectors))
    return peak_of(lambda: response_basis(form, d, export, lambda _done, _of: None))


def test_a_compile_inverts_no_more_than_a_region_s_own_block(largest_inverted) -> None:
    """The preconditioner's, of 5 sectors in the invented economy; its A has 40 rows."""
    economy = small_economy(3)
    assert set(largest_inverted) == {len(economy.sectors.codes)}


def test_a_run_inverts_nothing(largest_inverted) -> None:
    laboratory = Laboratory(small_economy(3))
    largest_inverted.clear()
    laboratory.run(read_scenario("default"))
    assert largest_inverted == []


def test_a_table_in_full_is_factorised_and_not_inverted(largest_inverted, small) -> None:
    origin = small.form.final_demand(np.ones_like(small.d))
    form = dense_form(small.form.dense(), origin)
    response_basis(form, small.d, small.export, lambda _done, _of: None)
    embodied_by_emitter(form, small.S)
    assert largest_inverted == []


def test_a_compile_never_holds_the_table_in_full() -> None:
    """30 regions × 60 sectors in full would be 26 MB for A alone."""
    in_full = (30 * 60) ** 2 * 8
    assert peak_of_basis(30, 60) < 0.6 * in_full


def test_memory_of_the_basis_grows_with_sectors_not_with_their_square() -> None:
    assert peak_of_basis(20, 80) / peak_of_basis(20, 40) < 2.4


@pytest.mark.full
def test_a_laboratory_does_not_copy_the_basis(full) -> None:
    """What it keeps of it, flows by group, and their sums on the way are far smaller."""
    assert isinstance(full.basis, np.memmap)
    assert peak_of(lambda: Laboratory(full)) < 0.6 * full.basis.nbytes
