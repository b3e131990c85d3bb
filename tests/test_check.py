"""The report on a compiled economy sees what is wrong with it."""

from dataclasses import replace

import numpy as np

from data.check import balances, headline, outliers


def unsound(economy) -> set[str]:
    return {row.what for row in balances(economy) if not row.sound}


def test_a_sound_economy_passes_every_check(small) -> None:
    assert unsound(small) == set()
    assert {row.limit for row in headline(small)} == {"input", "free", "calibrated"}


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


def test_a_city_with_ten_times_the_nation_s_intensity_is_named(small) -> None:
    F = small.F.copy()
    F[3] *= 100.0
    assert outliers(replace(small, F=F))[0][0] == small.regions.names[3]
    even = replace(small, F=small.value_added * 2.0)
    assert outliers(even) == []
    assert np.isfinite([row.value for row in headline(even)]).all()
