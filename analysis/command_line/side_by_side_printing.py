"""Comparisons of several base years, as they are printed: one by one, then side by side."""

import json
import sys
from collections.abc import Hashable, Mapping
from math import isnan
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from analysis.command_line.claims_printing import print_claim
from analysis.command_line.showing import View, show
from analysis.command_line.terminal import console
from analysis.documents.numbers import fixed, places
from analysis.experiment.apart import APART, FILE, FROM, SideBySide
from analysis.figures.style import label, words
from analysis.findings.claims import claims_of
from analysis.findings.finding import finding
from analysis.findings.plain_values import as_words
from analysis.outcomes.outcomes import OUTCOMES
from analysis.verdicts.short_names import MATTER

MOST = 3
"""Outcomes in the table of all."""


def show_side_by_side(done: SideBySide, asked: View) -> None:
    """Print each comparison, then all arms side by side; exit with code 1 if runs failed."""
    if asked.json:
        told = {word: as_words(finding(one, asked.outcomes)) for word, one in done.parts.items()}
        sys.stdout.write(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
        return
    screen = console()
    for word, comparison in done.parts.items():
        screen.print(f"\n{label(word)}", style="bold")
        show(comparison, asked)
    if not asked.quiet:
        _print_table(done, asked.outcomes, screen)
        for claim in claims_of(done.folder):
            print_claim(claim, screen)
    screen.print(f"{APART} {done.folder / FILE}")


def _print_table(done: SideBySide, outcomes: tuple[str, ...], screen: Console) -> None:
    ranked = [one for one in OUTCOMES if one.word in set(done.table["outcome"])]
    words_of = (outcomes or MATTER)[: MOST if not outcomes else None]
    shown = [one for one in ranked if one.word in words_of]
    table = Table(title="Mean (difference from no policy)", title_justify="left", box=SIMPLE_HEAD)
    table.add_column("arm")
    for one in shown:
        unit = "" if one.unit == "1" else f", {one.unit}"
        table.add_column(f"{words(one.word)}{unit}", justify="right")
    largest = done.table.assign(size=done.table["mean"].abs()).groupby("outcome")["size"].max()
    digits = {one.word: places(float(largest[one.word]), one.digits) for one in shown}
    keys = zip(done.table["part"], done.table["arm"], done.table["outcome"], strict=True)
    rows = dict(zip(keys, done.table.to_dict("records"), strict=True))
    for word, comparison in done.parts.items():
        for arm in (one.name for one in comparison.experiment.arms):
            cells = [_cell(rows[word, arm, one.word], digits[one.word]) for one in shown]
            table.add_row(words(arm if word in arm else f"{arm}+{word}"), *cells)
    screen.print(table)


def _cell(row: Mapping[Hashable, Any], digits: int) -> str:
    """Return a mean, and how far it lies from no policy where no policy has the outcome."""
    mean, gap, low, high = (float(row[name]) for name in ("mean", *FROM))
    if isnan(gap):
        return fixed(mean, digits)
    ends = "" if isnan(low) else f"; {fixed(low, digits)} to {fixed(high, digits)}"
    return f"{fixed(mean, digits)} ({fixed(gap, digits)}{ends})"
