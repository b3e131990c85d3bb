"""Published figures: those to compare with, and thresholds that they set.

Only comparisons read the figures; no code that computes a compared figure may. Thresholds (`role`
is `threshold`) are inputs that a paper gives, such as dollars a head or a comparator abroad.
"""

from dataclasses import dataclass
from pathlib import Path

from data.readers.verified import read_table


@dataclass(frozen=True, slots=True)
class Published:
    """One figure of a paper."""

    quantity: str
    paper: str
    value: str
    """As printed; a number, or words."""
    unit: str
    place: str
    """Section of the paper."""
    note: str

    @property
    def number(self) -> float:
        """The value as a number; raises ValueError for words."""
        return float(self.value)


def read_published(directory: Path | None = None) -> dict[str, Published]:
    """Return the figures to compare with, by quantity."""
    return _of_role("compared", directory)


def read_thresholds(directory: Path | None = None) -> dict[str, float]:
    """Return the numbers that the papers set as thresholds or comparators, by quantity."""
    return {name: figure.number for name, figure in _of_role("threshold", directory).items()}


def _of_role(role: str, directory: Path | None) -> dict[str, Published]:
    table = read_table("published.csv", directory)
    columns = ["quantity", "paper", "value", "unit", "place", "note"]
    rows = table[table["role"] == role].fillna("").astype(str)[columns].to_numpy()
    return {str(row[0]): Published(*map(str, row)) for row in rows}
