"""The tables of docs/known-truth.md, which the study writes."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from analysis.documents.numbers import fixed
from analysis.studies.known_truth.errors import MEASURES, SIGNED
from analysis.studies.known_truth.methods import METHODS, REFERENCE
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
    }


def verdict(row: Row) -> str:
    """Return how the compile does against a method: wins, loses or, if unsure, draws."""
    if row["difference_high"] < 0:
        return "wins"
    return "loses" if row["difference_low"] > 0 else "draws"


def renew() -> None:
    """Write the tables of the study into the document."""
    renew_tables(DOCUMENT, tables(study()))


def _error(row: Row) -> str:
    return f"{fixed(row['mean'], 1)} ± {fixed(row['high'] - row['mean'], 1)}"


def _difference(row: Row) -> str:
    half = row["difference_high"] - row["difference"]
    return f"{verdict(row)} {fixed(row['difference'], 1)} ± {fixed(half, 1)}"


def _markdown(
    rows: Mapping[tuple[str, str], Row],
    methods: Sequence[str],
    measures: Sequence[str],
    cell: Callable[[Row], str],
) -> str:
    cells = [[method, *(cell(rows[method, measure]) for measure in measures)] for method in methods]
    return markdown(pd.DataFrame(cells, columns=["method", *measures]))
