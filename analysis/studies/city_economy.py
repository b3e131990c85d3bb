"""Uncertainty of the city economy: the tables of docs/economy.md."""

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from analysis.documents.numbers import four_figures
from analysis.economy.economies import (
    Evaluated,
    evaluate_all,
    one_draw,
    one_variant,
    variants,
)
from analysis.experiment.executors import default_workers
from data.readers.published import read_published

DOCUMENT = DOCS / "economy.md"
YEAR, DRAWS, SEED = 2012, 20, 0
FIGURES = {
    "footprint_total": "footprint, Mt",
    "outsourced_share_2012": "outsourced, %",
    "multiplier_capital": "CO₂ per capital, t/10⁴ CNY",
    "q1_footprint_share": "Q1 of footprints, %",
    "q5_footprint_share": "Q5, %",
    "capital_share_beijing": "capital in demand of Beijing, %",
    "super_n": "super-emitters",
    "n_net_producers": "net producers",
}
"""Headlines shown, by quantity, with their column."""
DRAWN = (*FIGURES, "multiplier_consumption")


def sensitivity(found: Sequence[Evaluated]) -> pd.DataFrame:
    """Return the figures under each assumption, the published ones last."""
    rows = [{"assumption": each.name} | _figures(each) for each in found]
    published = read_published()
    rows.append(
        {"assumption": "*published*"}
        | {
            column: f"*{four_figures(published[quantity].number)}*" if quantity in published else ""
            for quantity, column in FIGURES.items()
        }
    )
    return pd.DataFrame(rows)


def spread(compiled: Evaluated, drawn: Sequence[Evaluated]) -> pd.DataFrame:
    """Return each figure as compiled, and its 5 %, median and 95 % over draws."""
    rows = []
    for headline in compiled.headlines:
        if headline.quantity in DRAWN:
            values = [_value(each, headline.quantity) for each in drawn]
            ends = np.quantile(values, [0.05, 0.5, 0.95])
            rows.append([f"{headline.what}, {headline.unit}", four_figures(headline.value),
                         *map(four_figures, map(float, ends))])  # fmt: skip
    return pd.DataFrame(rows, columns=["figure", "as compiled", "5 %", "median", "95 %"])


def city_errors(drawn: Sequence[Evaluated]) -> pd.DataFrame:
    """Return the width of a city's 90 % interval over its median, of the median city, %."""
    rows = []
    for what, values in (
        ("production-based emissions", np.array([each.D_pba for each in drawn])),
        ("footprint", np.array([each.D_cba for each in drawn])),
        ("outsourced share", np.array([each.outsourced_share for each in drawn])),
    ):
        low, middle, high = np.quantile(values, [0.05, 0.5, 0.95], axis=0)
        rows.append((what, f"{100 * float(np.median((high - low) / middle)):.0f}"))
    return pd.DataFrame(rows, columns=["of the median city", "width of the 90 % interval, %"])


def tables() -> dict[str, str]:
    """Return the page's tables as Markdown, by the name of their markers."""
    with ProcessPoolExecutor(default_workers(), mp_context=get_context("spawn")) as pool:
        changed, _ = evaluate_all(
            [(one_variant, (YEAR, name)) for name in variants(YEAR)], pool, _quiet
        )
        drawn, _ = evaluate_all([(one_draw, (YEAR, SEED, n)) for n in range(DRAWS)], pool, _quiet)
    return {
        "sensitivity": markdown(sensitivity(changed)),
        "spread": markdown(spread(changed[0], drawn)),
        "cities": markdown(city_errors(drawn)),
    }


def renew() -> None:
    """Write the tables into the page."""
    renew_tables(DOCUMENT, tables())


def _figures(each: Evaluated) -> dict[str, str]:
    return {column: four_figures(_value(each, quantity)) for quantity, column in FIGURES.items()}


def _value(each: Evaluated, quantity: str) -> float:
    return next(row.value for row in each.headlines if row.quantity == quantity)


def _quiet(_done: int, _of: int) -> None:
    """Report no progress."""
