"""A paper's figures beside ours: rows, tables and pictures of one reproduction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import pandas as pd
from matplotlib.figure import Figure

from data.errors import InputError
from data.readers.published import Published

OBTAINED = ("free", "calibrated", "definition chosen by count", "input")
"""Ways in which a figure of ours came about; `input` only for what a paper gives as a threshold."""
COLUMNS = ("quantity", "what", "published", "ours", "unit", "deviation_pct", "obtained", "why")


@dataclass(frozen=True, slots=True)
class Row:
    """One quantity, published and ours."""

    quantity: str
    what: str
    published: str
    """As printed, empty where the paper gives none."""
    ours: float | str
    unit: str
    obtained: str
    why: str
    """Reason why ours differs, as far as it is known."""

    @property
    def deviation(self) -> float | None:
        """Ours over published, less one; none for words and where nothing is published."""
        try:
            return float(self.ours) / float(self.published) - 1.0
        except ValueError:
            return None


@dataclass(slots=True)
class Chapter:
    """Findings of the reproduction of one paper, in the order of the paper."""

    paper: str
    title: str
    published: Mapping[str, Published]
    rows: list[Row] = field(default_factory=list)
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    """By heading, tidy."""
    pictures: dict[str, Callable[[], Figure]] = field(default_factory=dict)
    """By file name, drawn when called."""

    def add(
        self,
        quantity: str,
        what: str,
        ours: float | str,
        unit: str = "",
        *,
        obtained: str = "free",
        why: str = "",
    ) -> None:
        """Add a row; what is published, and its unit, come from `published.csv`.

        Raises
        ------
        InputError
            If `obtained` is no word of `OBTAINED`.
        """
        if obtained not in OBTAINED:
            raise InputError(f"{quantity}: obtained {obtained!r} is none of {', '.join(OBTAINED)}")
        known = self.published.get(quantity)
        self.rows.append(
            Row(
                quantity=quantity,
                what=what,
                published="" if known is None else known.value,
                ours=ours if isinstance(ours, str) else float(ours),
                unit=unit or ("" if known is None else known.unit),
                obtained=obtained,
                why=why,
            )
        )

    def frame(self) -> pd.DataFrame:
        """Return the rows as a table with the columns `COLUMNS`."""
        return pd.DataFrame(
            [
                (
                    row.quantity,
                    row.what,
                    row.published,
                    row.ours,
                    row.unit,
                    None if row.deviation is None else round(100 * row.deviation, 2),
                    row.obtained,
                    row.why,
                )
                for row in self.rows
            ],
            columns=list(COLUMNS),
        )
