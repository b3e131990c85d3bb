"""Figures of a city table that the user holds, beside the published ones and ours."""

import numpy as np
import pytest
from at_the_door import door  # noqa: F401 - a fixture
from numpy.testing import assert_allclose
from own_economies import imported, saved
from test_dense_form import in_full, quiet

from analysis.command_line import reproduce_command
from analysis.reproduce.beside_own import beside_own
from data.importing.building import Built
from data.importing.kept import keep, load_imported
from model.compile.city_economy import CityTables, Economy
from model.input_output.response_basis import response_basis


def held(small: Economy) -> Economy:
    """Return the economy as somebody else holds it: the table in full."""
    values = {name: getattr(small, name) for name in CityTables.__dataclass_fields__}
    tables = CityTables(**(values | {"form": in_full(small)}))
    basis = response_basis(tables.form, tables.d, tables.export, quiet)
    return tables.with_basis(basis, small.prospects, small.records)


@pytest.fixture
def mine(small, tmp_path):
    keep(Built(held(small), {}), tmp_path / "mine")
    return tmp_path / "mine"


def test_the_same_table_gives_the_same_figures(small, mine) -> None:
    rows = beside_own(load_imported(mine), small)
    assert len(rows) > 15
    assert_allclose([row.theirs for row in rows], [row.ours for row in rows], rtol=1e-9)
    assert any(row.published is not None for row in rows)


def test_published_ours_and_theirs_are_printed(
    small,
    mine,
    door,  # noqa: F811 - the fixture
    monkeypatch,
) -> None:
    monkeypatch.setattr(reproduce_command, "load_economy", lambda *_, **__: small)
    monkeypatch.setenv("COLUMNS", "200")
    answer = door("reproduce", "zheng2023", "--economy", str(mine))
    assert (answer.code, answer.err) == (0, "")
    assert "share of footprints emitted outside the city" in answer.out
    other = door("reproduce", "xia2024", "--economy", str(mine))
    assert other.refused_in_one_line


def test_a_table_with_other_categories_is_refused(
    door,  # noqa: F811 - the fixture
    tmp_path,
) -> None:
    imported(saved(tmp_path / "table"), to=tmp_path / "six")
    answer = door("reproduce", "zheng2023", "--economy", str(tmp_path / "six"))
    assert answer.refused_in_one_line
    assert "the papers speak of rural_household" in answer.err


def test_people_and_records_of_a_kept_economy_survive(small, mine) -> None:
    found = load_imported(mine)
    np.testing.assert_array_equal(found.population, small.population)
    np.testing.assert_array_equal(found.records.past_emissions, small.records.past_emissions)
    assert found.records.past_years == small.records.past_years
