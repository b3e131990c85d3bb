"""Zheng et al. (2023, section 4): whom trading of benchmark quota leaves out."""

import numpy as np
import pytest

from analysis.documents.markdown import with_tables
from analysis.studies import benchmark_trading
from analysis.studies.benchmark_trading import CLEAN, gains, groups

HARDLY = 0.1
"""Of the net revenue a head that equal quota a head brings, 1; our reading of "hardly"."""
SMALL = 0.1
"""% of value added; likewise."""


@pytest.fixture(scope="module")
def found(full):
    return gains(full)


def test_poor_cities_are_with_or_without_carbon_intensive_industry(small) -> None:
    members = groups(small)
    clean, heavy, rest = (members[name] for name in (CLEAN, "poor, heavy or energy", "all others"))
    assert (clean.astype(int) + heavy + rest == 1).all()


def test_what_one_group_earns_another_pays_or_it_goes_to_transaction_cost(small) -> None:
    table = gains(small, replications=1)
    apart = table[table["group"].isin([CLEAN, "poor, heavy or energy", "all others"])]
    people = small.population[small.players]
    heads = {name: people[of].sum() for name, of in groups(small).items()}
    for _, part in apart.groupby("rule"):
        total = sum(r["revenue"] * heads[r["group"]] for _, r in part.iterrows() if r["cities"])
        assert total <= 0.0


@pytest.mark.study
@pytest.mark.full
def test_benchmark_trading_hardly_benefits_the_poor_without_carbon_intensive_industry(
    found,
) -> None:
    """The claim would fail at a tenth of what equal quota a head brings, or at mean quota."""
    at = found.set_index(["rule", "group"])
    for group in (CLEAN, *(g for g in at.index.unique("group") if "key sectors" in g)):
        benchmark, even = (
            at.loc[("benchmark_intensity", group)],
            at.loc[("equal_per_capita", group)],
        )
        assert even["revenue"] > 0
        assert benchmark["revenue"] < HARDLY * even["revenue"]
        assert benchmark["share"] < SMALL
        assert benchmark["quota"] < 0.6


@pytest.mark.study
@pytest.mark.full
def test_quota_linked_to_supply_chains_brings_them_more_and_still_little(found) -> None:
    at = found.set_index(["rule", "group"])["revenue"]
    linked, benchmark = at["supply_chain_linked", CLEAN], at["benchmark_intensity", CLEAN]
    assert benchmark < linked < HARDLY * at["equal_per_capita", CLEAN]
    assert at["supply_chain_linked", "poor, heavy or energy"] > linked


@pytest.mark.study
@pytest.mark.full
def test_the_document_reports_the_gains(found) -> None:
    text = benchmark_trading.DOCUMENT.read_text(encoding="utf-8")
    said = {"gains": benchmark_trading.table(found)}
    assert with_tables(text, said) == text, (
        "renew: .venv/bin/python -m analysis.documents benchmark-trading"
    )
    assert np.isfinite(found.select_dtypes("float")).all().all()
