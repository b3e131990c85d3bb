"""The tables of docs/known-truth.md, which the study writes."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from analysis.documents.numbers import fixed
from analysis.studies.known_truth.errors import MEASURES, OF_CHANGE, SIGNED
from analysis.studies.known_truth.methods import METHODS, REFERENCE
from analysis.studies.known_truth.noise import QUESTIONS, SETTINGS, WRONG, noise_study
from analysis.studies.known_truth.study import study

Row = Mapping[Hashable, Any]
"""One row of the summary by column."""
DOCUMENT = DOCS / "known-truth.md"


def tables(summary: pd.DataFrame) -> dict[str, str]:
    """Return Markdown tables by the name of their markers, from the result of `study`."""
    rows = {(row["method"], row["measure"]): row for row in summary.to_dict("records")}
    compared = [measure for measure in MEASURES if measure != SIGNED]
    others = [method for method in METHODS if method != REFERENCE]
    return {
        "errors": _markdown(rows, list(METHODS), list(MEASURES), _error),
        "differences": _markdown(rows, others, compared, _difference),
        "classes": _markdown(rows, list(METHODS), list(OF_CHANGE), _error),
        "class-differences": _markdown(rows, others, list(OF_CHANGE), _difference),
    }


def noise_table(found: pd.DataFrame) -> str:
    """Return the Markdown table of `noise_study`."""
    cells = {(row["setting"], row["question"]): _error(row) for row in found.to_dict("records")}
    asked = [*QUESTIONS, WRONG]
    rows = [[name, *(cells[name, question] for question in asked)] for name in SETTINGS]
    return markdown(pd.DataFrame(rows, columns=["statistics", *asked]))


def verdict(row: Row) -> str:
    """Return how the compile does against a method: wins, loses or, if unsure, draws."""
    if row["difference_high"] < 0:
        return "wins"
    return "loses" if row["difference_low"] > 0 else "draws"


def renew() -> None:
    """Write the tables of both studies into the document."""
    renew_tables(DOCUMENT, tables(study()) | {"noise": noise_table(noise_study())})


def _error(row: Row) -> str:
    return f"{fixed(row['mean'], 1)} ± {row['high'] - row['mean']:.1f}"


def _difference(row: Row) -> str:
    half = row["difference_high"] - row["difference"]
    return f"{verdict(row)} {fixed(row['difference'], 1)} ± {half:.1f}"


def _markdown(
    rows: Mapping[tuple[str, str], Row],
    methods: Sequence[str],
    measures: Sequence[str],
    cell: Callable[[Row], str],
) -> str:
    cells = [[method, *(cell(rows[method, measure]) for measure in measures)] for method in methods]
    return markdown(pd.DataFrame(cells, columns=["method", *measures]))
