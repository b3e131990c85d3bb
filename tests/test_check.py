"""The report on a compiled economy sees what is wrong with it."""

from dataclasses import replace

import numpy as np
import pytest
from invented import figures_of
from numpy.testing import assert_allclose

from analysis.economy.check import (
    against_nation,
    against_provinces,
    aggregated,
    balances,
    outliers,
    scalings,
    sector_outliers,
)
from data.readers.inputs import read_figures
from model.compile.assumptions import Assumptions
from model.compile.nation import balanced, multipliers

INVENTED = Assumptions(home_weight=5.0)


def unsound(economy) -> set[str]:
    return {row.what for row in balances(economy) if not row.sound}


def test_a_sound_economy_passes_every_check(small) -> None:
    assert unsound(small) == set()
    assert all(row.sound for row in against_provinces(small, figures_of(0), INVENTED))


def test_output_that_nobody_uses_is_seen(small) -> None:
    assert "output = sales at home and abroad" in unsound(replace(small, x=small.x * 1.001))


def test_value_added_that_does_not_fit_is_seen(small) -> None:
    broken = replace(small, value_added=small.value_added * 1.001)
    assert unsound(broken) == {"output = inputs + value added"}


def test_a_domestic_share_above_one_is_seen(small) -> None:
    form = replace(small.form, t=small.form.t * 1.2)
    assert "largest domestic share of a use" in unsound(replace(small, form=form))


def test_a_negative_export_is_seen(small) -> None:
    export = small.export.copy()
    export[0, 0] = -1.0
    assert "least entry but inventory change" in unsound(replace(small, export=export))


def test_cities_that_do_not_add_up_to_their_province_are_seen(small) -> None:
    broken = replace(small, F=small.F * 1.001)
    found = against_provinces(broken, figures_of(0), INVENTED)
    assert {row.what for row in found if not row.sound} == {
        "cities = province: emissions by sector"
    }


def test_a_city_with_ten_times_the_nation_s_intensity_is_named(small) -> None:
    F = small.F.copy()
    F[3] *= 100.0
    assert outliers(replace(small, F=F))[0][0] == small.regions.names[3]
    even = replace(small, F=small.value_added * 2.0)
    assert outliers(even) == []


def test_a_weighty_sector_of_a_city_far_from_its_nation_is_named(small) -> None:
    even = replace(small, F=small.x * np.array([1.0, 2.0, 3.0, 1.0, 1.0]))
    assert sector_outliers(even) == []
    F = even.F.copy()
    F[2, 1] *= 50.0
    assert sector_outliers(replace(even, F=F))[0][:2] == (small.regions.names[2], "electricity")


def test_scalings_are_told(small) -> None:
    """The invented nation is up to 5 % below the sum of its provinces."""
    found = {what: (least, most) for what, least, most in scalings(figures_of(0), INVENTED)}
    least, most = found["provinces' output to the nation's, by sector"]
    assert 0.9 < least <= most < 1.0


def test_cities_added_up_have_the_multipliers_of_the_balanced_nation(small) -> None:
    F = small.F.sum(axis=0)
    nation, cities = (
        multipliers(t, F) for t in (balanced(figures_of(0).national), aggregated(small))
    )
    assert_allclose(cities.by_category, nation.by_category, rtol=1e-8)
    assert_allclose(cities.by_product, nation.by_product, rtol=1e-8)


@pytest.mark.full
def test_the_national_table_as_published_has_nearly_the_same_multipliers(full) -> None:
    """Within 5 % for capital formation and households, 10 % for the median product."""
    rows = against_nation(full, read_figures(2012))
    for what, nation, cities in rows[:-1]:
        assert cities == pytest.approx(nation, rel=0.05), what
    assert rows[-1][2] < 0.10


def test_multipliers_of_a_closed_nation_are_those_of_the_leontief_inverse() -> None:
    """Miller & Blair 2009, table 2.4: two sectors, A = [[.15, .25], [.20, .05]]."""
    national = balanced(figures_of(0).national)
    closed = replace(
        national,
        Z=np.array([[150.0, 500.0], [200.0, 100.0]]),
        Y=np.array([[350.0, 0.0], [0.0, 1700.0]]),
        export=np.zeros(2),
        imports=np.zeros(2),
        value_added=np.array([650.0, 1400.0]),
    )
    found = multipliers(closed, np.array([1000.0, 4000.0]))
    L = np.array([[1.2541, 0.3300], [0.2640, 1.1221]])
    assert_allclose(found.by_product, np.array([1.0, 2.0]) @ L, rtol=1e-3)
