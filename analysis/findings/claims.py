"""Claims about the world beyond one set of parameters: in which share of drawn worlds they hold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.documents.numbers import percent
from analysis.figures.style import words
from analysis.verdicts.surely_held import decided_in, surely_held
from data.errors import InputError

FILE = Path("robustness") / "claims.csv"
"""In a results directory, where a study of robustness was made of it."""
COLUMNS = ["statement", "share", "low", "high"]
MORE = ["worlds", "drawn", "fails_where", "region_surety"]
"""Columns that may be missing."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement, and the share of drawn worlds in which it holds, with its interval."""

    statement: str
    share: float
    low: float
    high: float
    worlds: int = 0
    """Worlds that decide it; 0 where the table does not tell."""
    drawn: int = 0
    """Worlds of the study; 0 where the table does not tell."""
    fails_where: str = ""
    """Region in which it fails, in words."""
    region_surety: str = ""
    """How sure that region is, in words."""

    @property
    def sure(self) -> bool:
        """True where the whole interval lies at four of five worlds or above."""
        return surely_held(self.low)

    @property
    def decided(self) -> str:
        """In how many worlds it was decided, in words; empty where in all."""
        return decided_in(self.worlds, self.drawn)


NAME = re.compile(r"\b[a-z0-9]+(?:[_+][a-z0-9_+-]*[a-z0-9])+")
"""A name of the code within a statement: of an arm, or of an outcome."""


def claims_in_words(claims: Sequence[Claim]) -> str:
    """Return claims as a paragraph: those that surely hold in four of five worlds, then others."""
    known = [claim for claim in claims if claim.share == claim.share]
    sure = [_with(one.statement, one.decided) for one in known if one.sure]
    others = [
        _with(one.statement, percent(one.share),
              f"interval {100 * one.low:.0f} to {percent(one.high)}", one.decided)
        for one in known
        if not one.sure
    ]  # fmt: skip
    told = []
    if sure:
        told.append(f"In four of five worlds or more, surely{_of(known)}: {'; '.join(sure)}.")
    if others:
        told.append(f"Less sure{'' if sure else _of(known)}: {'; '.join(others)}.")
    return " ".join(told)


def _of(claims: Sequence[Claim]) -> str:
    """Return " (48 drawn)", where it is known how many."""
    drawn = max((max(one.drawn, one.worlds) for one in claims), default=0)
    return f" ({drawn} drawn)" if drawn else ""


def _with(statement: str, *more: str) -> str:
    """Return a statement with what there is to say of it in brackets."""
    said = ", ".join(filter(None, more))
    return f"{statement} ({said})" if said else statement


def in_plain_words(statement: str) -> str:
    """Return a statement with names of arms and outcomes as words; a formula as it is."""
    return statement if "[" in statement else NAME.sub(lambda name: words(name[0]), statement)


def claims_of(folder: Path) -> tuple[Claim, ...]:
    """Return the claims that stand in a results directory; none where no study was made.

    Raises
    ------
    InputError
        If the file is no such table.
    """
    path = folder / FILE
    return claims_in(path) if path.exists() else ()


def claims_in(path: Path) -> tuple[Claim, ...]:
    """Return the claims of a table; errors as for `claims_of`."""
    try:
        table = pd.read_csv(path)[COLUMNS]
        rows = table.astype({"share": float, "low": float, "high": float})
    except (KeyError, ValueError, OSError) as error:
        raise InputError(
            f"{path}: cannot be read ({str(error).splitlines()[0]}); it needs the columns"
            f" {', '.join(COLUMNS)}; make it anew or take it away"
        ) from error
    more = pd.read_csv(path, keep_default_na=False).reindex(columns=MORE, fill_value="")
    return tuple(
        Claim(
            in_plain_words(str(says)),
            float(share),
            float(low),
            float(high),
            int(worlds or 0),
            int(drawn or 0),
            str(where),
            str(sure),
        )
        for (says, share, low, high), (worlds, drawn, where, sure) in zip(
            rows.to_numpy().tolist(), more.to_numpy().tolist(), strict=True
        )
    )  # fmt: skip
