"""Renew what the code writes of the documents: python -m analysis.documents [PAGE …]."""

import sys
from collections.abc import Callable

from analysis.documents.decisions import INDEX, decision_table
from analysis.documents.markdown import renew_tables
from analysis.documents.odd import TABLE_PAGE, TABLES
from analysis.documents.year_of_a_city import PAGE, renew_page
from analysis.reliability import report as reliability
from analysis.reproduce import figures_of_papers
from analysis.studies import (
    after_2017,
    benchmark_trading,
    calibration,
    city_economy,
    city_statistics,
    demand_of_cities,
    foresight,
    free_riding,
    freed_quota,
    hindcast,
    intensities,
    library_questions,
    links,
    patterns,
    robustness,
    search,
    tipping,
    who_pays,
)
from analysis.studies.known_truth import report as known_truth
from data.errors import InputError, nearest

QUICK: dict[str, Callable[[], None]] = {
    "odd-tables": lambda: renew_tables(TABLE_PAGE, {name: of() for name, of in TABLES.items()}),
    "decisions": lambda: renew_tables(INDEX, {"decisions": decision_table()}),
    PAGE.stem: renew_page,
}
"""Pages that follow the code; renewed where none is named."""
STUDIES = {
    study.DOCUMENT.stem: study.renew
    for study in (
        after_2017,
        benchmark_trading,
        calibration,
        city_economy,
        city_statistics,
        demand_of_cities,
        figures_of_papers,
        foresight,
        free_riding,
        freed_quota,
        hindcast,
        intensities,
        known_truth,
        library_questions,
        links,
        reliability,
        robustness,
        patterns,
        search,
        tipping,
        who_pays,
    )
}
"""Pages of studies: from seconds to several minutes each."""


def main(asked: list[str]) -> None:
    """Renew some pages, by the names of their files; `all` for every one.

    Raises
    ------
    InputError
        If there is no such page.
    """
    pages = QUICK | STUDIES
    for name in asked:
        if name not in pages and name != "all":
            raise InputError(f"{name}: no page that the code writes; {nearest(name, pages)}")
    for name in pages if "all" in asked else asked or QUICK:
        pages[name]()
        sys.stdout.write(f"renewed {name}\n")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except InputError as mistake:
        sys.stderr.write(f"{mistake}\n")
        sys.exit(2)
