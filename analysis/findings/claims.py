"""Claims about the world beyond one set of parameters: in which share of drawn worlds they hold."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.errors import InputError

FILE = Path("robustness") / "claims.csv"
"""In a results directory, where a study of robustness was made of it."""
COLUMNS = ["statement", "share", "low", "high"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement, and the share of drawn worlds in which it holds, with its interval."""

    statement: str
    share: float
    low: float
    high: float


def claims_of(folder: Path) -> tuple[Claim, ...]:
    """Return the claims that stand in a results directory; none where no study was made.

    Raises
    ------
    InputError
        If the file is no such table.
    """
    path = folder / FILE
    if not path.exists():
        return ()
    try:
        table = pd.read_csv(path)[COLUMNS]
        rows = table.astype({"share": float, "low": float, "high": float})
    except (KeyError, ValueError, OSError) as error:
        raise InputError(
            f"{path}: cannot be read ({str(error).splitlines()[0]}); it needs the columns"
            f" {', '.join(COLUMNS)}; make it anew or take it away"
        ) from error
    return tuple(Claim(str(row[0]), *map(float, row[1:])) for row in rows.to_numpy().tolist())
