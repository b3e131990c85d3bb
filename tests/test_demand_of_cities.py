"""Ways to find the demand that makes cities grow, and what a run says of their misfit."""

import pandas as pd
import pytest

from analysis.documents.markdown import with_tables
from analysis.outcomes.misfits import misfits
from analysis.studies.demand_of_cities import DOCUMENT, comparison, tables
from data.compiled.cache import load_economy


def cities(value_added: list[float], demand: list[float]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "year": [2013, 2013],
            "city": ["Fuxin", "Hami"],
            "value_added_misfit": value_added,
            "demand_deviation": demand,
        }
    )


def test_a_misfit_above_three_per_cent_is_said_with_its_city() -> None:
    (line,) = misfits(cities([0.01, -0.02], [0.01, -0.07]))
    assert "final demand" in line
    assert "Hami (−7 % in 2013)" in line
    assert not misfits(cities([0.029, 0.0], [0.0, 0.0]))
    assert not misfits(cities([0.5, 0.5], [0.5, 0.5]).iloc[:0])


@pytest.mark.study
@pytest.mark.full
def test_the_way_chosen_foretells_2017_best_and_lets_no_demand_collapse(full) -> None:
    """Of all ways compared, by demand and value added together; the choice before fails here."""
    table = comparison(full, load_economy(2017)).set_index("way")
    chosen = table.index[table.index.str.contains("chosen")][0]
    assert table["2017: both"].idxmin() == chosen
    assert table.loc[chosen, "demand from own growth, largest %"] < 45
    assert table.loc["pull 0.3, no bounds (before)", "demand from own growth, largest %"] > 90


@pytest.mark.full
def test_the_document_reports_the_comparison(full) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    said = tables(full, load_economy(2017))
    assert with_tables(text, said) == text, (
        "renew: .venv/bin/python -m analysis.documents demand-of-cities"
    )
