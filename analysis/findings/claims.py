"""Claims about the world beyond one set of parameters: in which share of drawn worlds they hold."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.documents.numbers import percent
from analysis.figures.style import words
from data.errors import InputError

FILE = Path("robustness") / "claims.csv"
"""In a results directory, where a study of robustness was made of it."""
COLUMNS = ["statement", "share", "low", "high"]
MORE = ["worlds", "fails_where", "region_surety"]
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
    fails_where: str = ""
    """Region in which it fails, in words."""
    region_surety: str = ""
    """How sure that region is, in words."""


NAME = re.compile(r"\b[a-z0-9]+(?:[_+][a-z0-9_+-]*[a-z0-9])+")
"""A name of the code within a statement: of an arm, or of an outcome."""
SURE = 0.9
"""Share of worlds from which on a claim is said without a but."""


def claims_in_words(claims: Sequence[Claim]) -> str:
    """Return claims as a paragraph: those that hold in nine of ten worlds, then the others."""
    known = [claim for claim in claims if claim.share == claim.share]
    if not known:
        return ""
    worlds = max(claim.worlds for claim in known)
    sure = [claim.statement for claim in known if claim.share >= SURE]
    others = [
        f"{one.statement} ({percent(one.share)}, interval {100 * one.low:.0f} to"
        f" {percent(one.high)})"
        for one in known
        if one.share < SURE
    ]
    drawn = f"{worlds} drawn worlds" if worlds else "drawn worlds"
    told = [f"In nine of ten of {drawn} or more: {'; '.join(sure)}."] if sure else []
    if others:
        told.append(f"Less sure: {'; '.join(others)}.")
    return " ".join(told)


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
            str(where),
            str(sure),
        )
        for (says, share, low, high), (worlds, where, sure) in zip(
            rows.to_numpy().tolist(), more.to_numpy().tolist(), strict=True
        )
    )  # fmt: skip
