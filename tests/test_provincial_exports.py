"""Exports of provinces, of the nation scaled to them, and imports."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import SEEDS, amounts, economy_of
from numpy.testing import assert_allclose, assert_array_equal

from model.footprints.embodied_intensity import embodied_by_emitter, total_intensity
from model.footprints.provincial_exports import exports_of_provinces, imports, like_the_nation

REGIONS, PROVINCES, SECTORS = 7, 3, 4
PROVINCE = np.array([0, 0, 1, 1, 1, 2, 2])
exports = amounts((REGIONS, SECTORS), 0.0, 1e6)
contents = amounts((REGIONS, SECTORS), 0.0, 20.0)


@given(exports, contents)
def test_provinces_embody_what_their_regions_embody(export, content) -> None:
    found = exports_of_provinces(export, content, PROVINCE, PROVINCES)
    for p in range(PROVINCES):
        own = p == PROVINCE
        assert_allclose(found.value[p], export[own].sum(axis=0))
        assert_allclose(found.embodied[p], (export * content)[own].sum(), rtol=1e-9, atol=1e-6)
    assert_allclose(found.intensity * found.value.sum(axis=1), found.embodied, atol=1e-6)


def test_what_a_province_does_not_export_has_the_content_of_the_nation() -> None:
    value = np.array([[10.0, 0.0, 0.0], [0.0, 30.0, 0.0]])
    content = np.array([[2.0, 7.0, 5.0], [4.0, 3.0, 6.0]])
    found = exports_of_provinces(value, content, np.array([0, 1]), 2)
    assert_allclose(found.content, [[2.0, 3.0, 0.0], [2.0, 3.0, 0.0]])


@given(exports, contents)
def test_the_nation_in_parts_is_the_nation(export, content) -> None:
    found = exports_of_provinces(export, content, PROVINCE, PROVINCES)
    parts = np.array([0.5, 0.2, 0.3])
    counterpart = like_the_nation(found, parts)
    assert_allclose(counterpart.value.sum(axis=0), found.value.sum(axis=0))
    assert_allclose(counterpart.embodied, parts * found.embodied.sum(), rtol=1e-9, atol=1e-6)


@given(exports, contents)
def test_a_single_province_is_like_the_nation(export, content) -> None:
    found = exports_of_provinces(export, content, np.zeros(REGIONS, dtype=np.int64), 1)
    counterpart = like_the_nation(found, np.ones(1))
    assert_allclose(counterpart.content, found.content)
    assert_array_equal(counterpart.value, found.value)


@given(SEEDS)
def test_imports_are_the_use_that_no_region_supplies(seed: int) -> None:
    economy = economy_of(seed)
    a, d, t = economy.form.a, economy.d, economy.form.t
    found = imports(economy.form, economy.x, d)
    for s in range(len(economy.regions)):
        use = a[s] @ economy.x[s] + d[s].sum(axis=1)
        assert_allclose(found[s], (1 - t[:, :, s].sum(axis=1)) * use)
    assert (found > -1e-6 * economy.x.max()).all()


@given(SEEDS)
def test_the_total_intensity_is_what_all_regions_emit_for_a_product(seed: int) -> None:
    economy = economy_of(seed)
    M = embodied_by_emitter(economy.form, economy.S)
    assert_allclose(total_intensity(economy.form, economy.S), M.sum(axis=0), rtol=1e-9)


@given(SEEDS, st.floats(0.1, 3.0))
def test_the_total_intensity_grows_with_emissions(seed: int, factor: float) -> None:
    economy = economy_of(seed)
    once = total_intensity(economy.form, economy.S)
    assert_allclose(total_intensity(economy.form, factor * economy.S), factor * once, rtol=1e-9)
    assert (once >= economy.S).all()


def test_intensity_without_exports_is_zero() -> None:
    nothing = np.zeros((2, 2))
    found = exports_of_provinces(nothing, nothing, np.array([0, 1]), 2)
    assert found.intensity == pytest.approx([0.0, 0.0])
