"""The report: results of an experiment in one HTML file that asks no server for anything."""

from pathlib import Path

from analysis.report.content import packed
from analysis.report.finished_results import read_results
from analysis.report.html_page import page
from analysis.report.page_files import LANGUAGES
from data.atomic import atomic
from data.errors import InputError
from model.compile.city_economy import Economy

NAME = "report.html"
"""Of the page, within the results directory."""


def write_report(
    results: str | Path,
    out: str | Path | None = None,
    *,
    lang: str = "en",
    economy: Economy | None = None,
) -> Path:
    """Write the report of a results directory as one HTML file, and return where it is.

    Parameters
    ----------
    results
        Folder that `compare`, `merge` or the command has written.
    out
        File to write; `report.html` in that folder if absent.
    lang
        Language in which the page opens, `en` or `zh`.
    economy
        The economy of the runs, for suppliers and customers; that of the cache if absent.

    Raises
    ------
    InputError
        If the folder holds no results, or a table is damaged, or there is no such language.
    """
    if lang not in LANGUAGES:
        raise InputError(f"--lang {lang}: the page speaks {' and '.join(LANGUAGES)}")
    read = read_results(results)
    place = Path(out) if out is not None else read.folder / NAME
    text = page(read.experiment.title, packed(read, economy), lang)
    place.parent.mkdir(parents=True, exist_ok=True)
    with atomic(place) as draft:
        draft.write_text(text, encoding="utf-8")
    return place
