"""Report that `quotapolis data check` prints and writes."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from rich.table import Column, Table

from analysis.command_line.terminal import console
from analysis.documents.numbers import four_figures, percent
from analysis.economy.check import (
    Finding,
    against_nation,
    against_provinces,
    balances,
    outliers,
    scalings,
    sector_outliers,
)
from analysis.economy.economies import Evaluated
from analysis.economy.headlines import Headline
from data.errors import InputError
from data.readers.published import read_published
from model.compile.assumptions import Assumptions
from model.compile.city_economy import Economy
from model.compile.figures import Figures

FEWEST = 3
"""Draws from which a spread can be told."""
PUBLISHED_YEAR = 2012
"""Year of every published figure whose name says no other."""


def report_balances(economy: Economy, figures: Figures) -> bool:
    """Print balances, scalings, multipliers and outliers; return whether all holds."""
    found = [*balances(economy), *against_provinces(economy, figures, Assumptions())]
    screen = console()
    screen.print(_of_findings(found))
    table = Table("scaled to add up", "least factor", "largest factor")
    for what, least, most in scalings(figures, Assumptions()):
        table.add_row(what, f"{least:.3f}", f"{most:.3f}")
    screen.print(table)
    if (figures.prices["sector"] == 1.0).all():
        table = Table("as one region", "national table", "cities added up", "deviation")
        for what, nation, cities in against_nation(economy, figures):
            own = percent(cities / nation - 1, 1, sign=True) if nation else ""
            table.add_row(what, f"{nation:.3f}" if nation else "", f"{cities:.3f}", own)
        screen.print(table)
    _print_outliers(economy)
    return all(row.sound for row in found)


def report_own(economy: Economy, said: Mapping[str, str]) -> bool:
    """Print what an imported economy was made of, balances, totals and outliers."""
    screen, found, accounts = console(), balances(economy), economy.accounts()
    table = Table("of", Column("taken", overflow="fold"))
    for what, how in said.items():
        table.add_row(what, how)
    screen.print(table)
    screen.print(_of_findings(found))
    money = economy.money
    value_added = money.named("value added, bn CNY")
    table = Table("region", "acts", "people, M", value_added, "D_pba, Mt", "D_cba, Mt")
    for r, name in enumerate(economy.regions.names):
        amounts = (
            economy.population[r] / 1e6,
            economy.value_added[r].sum() / 1e5 / money.cny,
            accounts.D_pba[r] / 1e6,
            accounts.D_cba[r] / 1e6,
        )
        acts = "yes" if economy.regions.is_city[r] else "no"
        table.add_row(name, acts, *(four_figures(float(each)) for each in amounts))
    screen.print(table)
    _print_outliers(economy)
    return all(row.sound for row in found)


def _of_findings(found: Sequence[Finding]) -> Table:
    table = Table("balance", "found", "unit", "must be", "")
    for row in found:
        table.add_row(row.what, f"{row.value:.3g}", row.unit, row.limit, "" if row.sound else "NO")
    return table


def _print_outliers(economy: Economy) -> None:
    screen = console()
    far = ", ".join(f"{name} {ratio:.2g}" for name, ratio in outliers(economy))
    screen.print(f"CO₂ per value added far from the nation's (ratio): {far or 'none'}")
    cells = ", ".join(f"{c} {g} {ratio:.2g}" for c, g, ratio in sector_outliers(economy))
    screen.print(f"Large city-sectors far from their sector's intensity (ratio): {cells or 'none'}")


def beside_the_papers(found: Sequence[Headline], year: int) -> None:
    """Print the first figures beside those that papers publish of the same year."""
    published = read_published()
    table = Table("figure", "ours", "published", "deviation", "unit", "obtained")
    for row in found:
        same_year = year == PUBLISHED_YEAR or row.quantity.endswith(str(year))
        known = published.get(row.quantity) if same_year else None
        number = "" if known is None else four_figures(known.number)
        off = "" if known is None else percent(row.value / known.number - 1, 1, sign=True)
        table.add_row(row.what, four_figures(row.value), number, off, row.unit, row.obtained)
    console().print(table)


def report_spread(
    economy: Economy,
    compiled: Sequence[Headline],
    drawn: Sequence[Evaluated],
    failed: int,
    out: Path | None,
) -> None:
    """Print, and write if asked, how far drawn economies spread; raises InputError for too few."""
    if len(drawn) < FEWEST:
        raise InputError(f"{failed} draws made no balanced economy; {len(drawn)} are left")
    rows = []
    for n, row in enumerate(compiled):
        each = np.array([one.headlines[n].value for one in drawn])
        low, middle, high = np.quantile(each, [0.05, 0.5, 0.95])
        rows.append((row.what, row.unit, row.value, low, middle, high))
    table = Table("figure", "as compiled", "5 %", "median", "95 %", "unit")
    for what, unit, *numbers in rows:
        table.add_row(what, *(four_figures(number) for number in numbers), unit)
    screen = console()
    screen.print(table)
    screen.print(f"{len(drawn)} drawn economies; {failed} could not be balanced and are left out.")
    table = Table("account of a city", "median city", "9 of 10 cities below")
    cities = []
    for account, unit in (("D_pba", "t"), ("D_cba", "t"), ("outsourced_share", "1")):
        each = np.stack([getattr(one, account) for one in drawn])
        low, high = np.quantile(each, [0.05, 0.95], axis=0)
        width = (high - low) / np.median(each, axis=0)
        table.add_row(
            f"{account}: width of the 90 % interval over its median",
            f"{np.median(width):.2f}",
            f"{np.quantile(width, 0.9):.2f}",
        )
        cities += [
            (economy.regions.names[r], account, unit, low[c], high[c])
            for c, r in enumerate(economy.players)
        ]
    screen.print(table)
    if out is not None:
        heads = ("figure", "unit", "compiled", "low_5", "median", "high_95")
        _write(out / "spread.csv", heads, rows)
        _write(out / "cities.csv", ("city", "account", "unit", "low_5", "high_95"), cities)
        screen.print(f"Written: {out / 'spread.csv'}, {out / 'cities.csv'}")


def report_sensitivity(found: Sequence[Evaluated], failed: int, out: Path | None) -> None:
    """Print, and write if asked, the figures under each changed assumption."""
    compiled, *changed = found
    shown = ("footprint_total", "outsourced_share_2012", "outsourced_share_2017",
             "capital_footprint_share", "multiplier_capital", "q1_footprint_share",
             "q5_footprint_share", "super_n", "n_net_producers")  # fmt: skip
    rows = [row for row in compiled.headlines if row.quantity in shown]
    table = Table(box=None, padding=(0, 1))
    table.add_column("assumption", no_wrap=True)
    for row in rows:
        table.add_column(f"{row.quantity.replace('_', ' ')}, {row.unit}", justify="right")
    lines: list[tuple[object, ...]] = []
    for one in (compiled, *changed):
        values = {row.quantity: row.value for row in one.headlines}
        numbers = [values[row.quantity] for row in rows]
        table.add_row(one.name, *(four_figures(number) for number in numbers))
        lines.append((one.name, *numbers))
    screen = console()
    screen.print(table)
    if failed:
        screen.print(f"{failed} variants could not be balanced and are left out.")
    if out is not None:
        _write(out / "sensitivity.csv", ("assumption", *(row.quantity for row in rows)), lines)
        screen.print(f"Written: {out / 'sensitivity.csv'}")


def _write(path: Path, heads: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(heads)
        lines.writerows(rows)
