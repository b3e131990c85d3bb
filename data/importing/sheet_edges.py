"""Edges of a sheet: where its labels stand, and what they say."""

import numpy as np
import pandas as pd

EDGE = 12
"""Rows and columns in which labels are looked for."""
Cells = np.ndarray
"""Cells as they stand, empty ones None."""


def cells_of(frame: pd.DataFrame) -> Cells:
    """Return the cells of a sheet, words without blanks around them."""
    cells = np.array(frame.to_numpy(dtype=object), dtype=object)
    cells[pd.isna(cells)] = None
    for edge in (cells[:EDGE], cells[:, :EDGE]):
        for place in np.ndindex(edge.shape):
            word = edge[place]
            if isinstance(word, str):
                edge[place] = word.strip() or None
    return cells


def corner(cells: Cells) -> tuple[int, int] | None:
    """Return the row and the column that share the most words, two or more."""
    above = [{*words_in(row)} for row in cells[:EDGE]]
    beside = [{*words_in(column)} for column in cells[:, :EDGE].T]
    shared = {
        (r, c): len(row & column) for r, row in enumerate(above) for c, column in enumerate(beside)
    }
    # Names of sectors are shared too; regions stand above and to the left of them.
    found = [place for place, count in shared.items() if count >= 2]
    return min(found) if found else None


def words_in(cells: Cells) -> list[str]:
    """Return the words of some cells."""
    return [cell for cell in cells if isinstance(cell, str)]


def starts_of(row: Cells, regions: set[str]) -> list[int]:
    """Return where a region begins: where its name stands and did not just before."""
    return [n for n, word in enumerate(row) if word in regions and (n == 0 or row[n - 1] != word)]


def runs(starts: list[int], size: int) -> np.ndarray:
    """Return the places of blocks of one size that begin at these; all in a row."""
    return (np.array(starts)[:, None] + np.arange(size)).reshape(-1)


def names_beside(labels: Cells, edge: int) -> tuple[str, ...]:
    """Return the names of sectors: of the columns beside the regions', the one of longest words."""
    others = [column for n, column in enumerate(labels.T) if n != edge]
    texts = [[str(cell or "") for cell in column] for column in others]
    return tuple(max(texts, key=lambda words: sum(map(len, words)), default=[]))


def label_row(
    cells: Cells, first: int, header: int, names: tuple[str, ...], columns: np.ndarray
) -> int:
    """Return the row above the flows that names the sectors as the rows do, or nearly."""
    rows = [n for n in range(first) if n != header]
    same = {
        n: sum(str(a) == b for a, b in zip(cells[n, columns], names, strict=True)) for n in rows
    }
    return max(same, key=lambda n: same[n], default=header)


def further(labels: Cells, taken: np.ndarray, first: int) -> dict[str, int]:
    """Return the lines after the first that belong to no block, by all words of their labels."""
    known = {*map(int, taken)}
    return {
        " ".join(dict.fromkeys(words_in(line))): n
        for n, line in enumerate(labels)
        if n >= first and n not in known and words_in(line)
    }
