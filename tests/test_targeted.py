"""Targeted opportunities: exports decomposed, best practice, and the few cells that matter."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import SEEDS, amounts, economy_of
from numpy.testing import assert_allclose, assert_array_equal

from model.footprints.embodied_intensity import embodied_by_emitter, embodied_in_exports
from model.footprints.targeted import (
    adopted,
    best_practice,
    export_decomposition,
    few_cells,
    leverage,
)

SHAPE = (12, 3)
intensities, outputs = amounts(SHAPE, 0.0, 20.0), amounts(SHAPE, 0.0, 1e8)
shares = st.floats(0.05, 0.95)


@given(outputs, intensities, outputs, intensities)
def test_volume_mix_and_intensity_add_up_to_the_change_of_emissions(x0, q0, x1, q1) -> None:
    found = export_decomposition(x0, q0, x1, q1)
    change = (q1 * x1).sum(axis=1) - (q0 * x0).sum(axis=1)
    assert_allclose(found.volume + found.mix + found.intensity, change, rtol=1e-9, atol=1e-3)


@given(st.integers(0, 10_000))
def test_each_effect_is_the_mean_over_the_orders_of_change(seed: int) -> None:
    """Dietzenbacher & Los (1998): all n! exchangeable forms, here written out one by one."""
    rng = np.random.default_rng(seed)
    exports, q = rng.uniform(0.0, 1e6, (2, *SHAPE)), rng.uniform(0.0, 9.0, (2, *SHAPE))
    V = exports.sum(axis=2)
    m = exports / V[:, :, None]
    effects = np.zeros((3, SHAPE[0]))
    for order in permutations(range(3)):
        year = [0, 0, 0]
        for factor in order:
            before = V[year[0]] * (m[year[1]] * q[year[2]]).sum(axis=1)
            year[factor] = 1
            effects[factor] += V[year[0]] * (m[year[1]] * q[year[2]]).sum(axis=1) - before
    found = export_decomposition(exports[0], q[0], exports[1], q[1])
    assert_allclose([found.volume, found.mix, found.intensity], effects / 6, rtol=1e-9, atol=1e-3)


@given(SEEDS, SEEDS)
def test_emissions_for_exports_are_decomposed_by_shipper_and_by_emitter(first, second) -> None:
    earlier, later = economy_of(first), economy_of(second)
    M = [embodied_by_emitter(economy.form, economy.S) for economy in (earlier, later)]
    shipped = export_decomposition(earlier.export, M[0].sum(axis=0), later.export, M[1].sum(axis=0))
    E = [embodied_in_exports(M[0], earlier.export), embodied_in_exports(M[1], later.export)]
    total = shipped.volume + shipped.mix + shipped.intensity
    assert_allclose(total, (E[1] - E[0]).sum(axis=0), rtol=1e-9, atol=1e-9 * E[0].max())

    regions = earlier.x.shape[0]
    ships = [np.tile(economy.export.ravel(), (regions, 1)) for economy in (earlier, later)]
    contents = [each.reshape(regions, -1) for each in M]
    emitted = export_decomposition(ships[0], contents[0], ships[1], contents[1])
    total = emitted.volume + emitted.mix + emitted.intensity
    change = later.accounts().exported - earlier.accounts().exported
    assert_allclose(total, change, rtol=1e-8, atol=1e-9 * E[0].max())


def test_one_change_alone_is_the_whole_effect() -> None:
    exports, q = np.array([[10.0, 30.0]]), np.array([[1.0, 3.0]])
    more = export_decomposition(exports, q, 2.0 * exports, q)
    assert_allclose([more.volume, more.mix, more.intensity], [[100.0], [0.0], [0.0]])
    dirtier = export_decomposition(exports, q, exports[:, ::-1].copy(), q)
    assert_allclose([dirtier.volume, dirtier.mix, dirtier.intensity], [[0.0], [-40.0], [0.0]])
    cleaner = export_decomposition(exports, q, exports, q / 2.0)
    assert_allclose([cleaner.volume, cleaner.mix, cleaner.intensity], [[0.0], [0.0], [-50.0]])


def test_to_start_or_stop_exporting_is_all_volume() -> None:
    nothing, exports, q = np.zeros((1, 2)), np.array([[10.0, 30.0]]), np.array([[1.0, 3.0]])
    start = export_decomposition(nothing, q, exports, q)
    assert_allclose([start.volume, start.mix, start.intensity], [[100.0], [0.0], [0.0]])
    stop = export_decomposition(exports, q, nothing, q)
    assert_allclose([stop.volume, stop.mix, stop.intensity], [[-100.0], [0.0], [0.0]])
    never = export_decomposition(nothing, q, nothing, 2.0 * q)
    assert_array_equal([never.volume, never.mix, never.intensity], 0.0)


@given(intensities, amounts(SHAPE, 1.0, 1e8), shares)
def test_best_practice_is_the_output_weighted_quantile_of_numpy(S, x, quantile) -> None:
    """numpy.quantile with weights, method "inverted_cdf", over regions above one per cent."""
    found = best_practice(S, x, quantile=quantile)
    for i, best in enumerate(found):
        counts = x[:, i] > 0.01 * x[:, i].sum()
        expected = np.quantile(S[counts, i], quantile, weights=x[counts, i], method="inverted_cdf")
        assert best == expected


def test_best_practice_by_hand() -> None:
    """A tenth of 99 units: 6 are made at 1 t and 5 at 2 t; the cleanest makes too little."""
    S = np.array([[0.1], [1.0], [2.0], [3.0]])
    x = np.array([[1.0], [6.0], [5.0], [88.0]])
    assert_array_equal(best_practice(S, x), [2.0])
    assert_array_equal(best_practice(S, x, quantile=0.05), [1.0])
    assert_array_equal(best_practice(S, x, least_share=0.001, quantile=0.005), [0.1])
    assert_array_equal(best_practice(S, x, least_share=0.07), [3.0])


def test_where_every_region_is_small_all_of_them_count() -> None:
    S, x = np.arange(1.0, 201.0)[:, None], np.ones((200, 1))
    assert_array_equal(best_practice(S, x), [20.0])


def test_a_sector_that_nobody_has_gives_no_example_and_no_leverage() -> None:
    S, x = np.zeros((3, 2)), np.array([[0.0, 1.0], [0.0, 2.0], [0.0, 3.0]])
    S[:, 1] = [5.0, 4.0, 6.0]
    best = best_practice(S, x)
    assert_array_equal(best, [0.0, 4.0])
    assert_array_equal(leverage(S, x, best), [[0.0, 1.0], [0.0, 0.0], [0.0, 6.0]])


@given(intensities, outputs, shares)
def test_leverage_is_never_negative_and_none_is_left_at_best_practice(S, x, quantile) -> None:
    best = best_practice(S, x, quantile=quantile)
    found = leverage(S, x, best)
    assert (found >= 0).all()
    assert_array_equal(found[best >= S], 0.0)
    assert_array_equal(leverage(np.minimum(S, best), x, best), 0.0)


def test_the_few_cells_by_hand() -> None:
    saved = np.array([[10.0, 0.0], [40.0, 30.0], [15.0, 5.0]])
    assert_array_equal(few_cells(saved, 0.4), [[1, 0]])
    assert_array_equal(few_cells(saved), [[1, 0], [1, 1]])
    assert_array_equal(few_cells(saved, 0.71), [[1, 0], [1, 1], [2, 0]])
    assert_array_equal(few_cells(saved, 1.0), [[1, 0], [1, 1], [2, 0], [0, 0], [2, 1]])
    assert few_cells(np.zeros((3, 2))).shape == (0, 2)


@given(amounts(SHAPE, 0.0, 1e8), shares)
def test_no_fewer_cells_hold_the_share(saved, share: float) -> None:
    cells = few_cells(saved, share)
    held = saved[cells[:, 0], cells[:, 1]]
    total = saved.sum()
    assert len(np.unique(cells, axis=0)) == len(cells)
    assert_array_equal(held, np.sort(saved, axis=None)[::-1][: len(cells)])
    assert held.sum() >= share * total * (1 - 1e-12)
    assert held[:-1].sum() <= share * total * (1 + 1e-12)


@given(intensities, outputs, shares)
def test_best_practice_saves_the_leverage_of_its_cells_and_raises_no_intensity(S, x, share) -> None:
    best = best_practice(S, x)
    saved = leverage(S, x, best)
    cells = few_cells(saved, share)
    later = adopted(S, best, cells)
    assert (later <= S).all()
    fallen = ((S - later) * x).sum()
    assert fallen == pytest.approx(saved[cells[:, 0], cells[:, 1]].sum(), rel=1e-9)


def test_a_cell_better_than_best_practice_keeps_its_intensity() -> None:
    S, everywhere = np.array([[1.0, 9.0], [5.0, 2.0]]), np.argwhere(np.ones((2, 2)))
    assert_array_equal(adopted(S, np.array([3.0, 4.0]), everywhere), [[1.0, 4.0], [3.0, 2.0]])
    assert_array_equal(adopted(S, np.zeros(2), everywhere[:0]), S)
    assert_array_equal(S, [[1.0, 9.0], [5.0, 2.0]])
