"""Blocks: a table as wide as the terminal, columns that do not fit going on in a block below.

Cells are never broken or cut. Names and heads are broken at their spaces.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from rich.cells import cell_len

WAYS = ((2, 2), (2, 1), (3, 2), (3, 1))
"""Lines of a head and spaces between columns, the best to read first; the first that needs the
fewest blocks is taken."""
NAMES = 0.45
"""Share of the width that names take at most, 1; beyond, they are broken."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A column of a table: its head, and a cell a row."""

    head: str
    cells: tuple[str, ...]

    def width(self, lines: int) -> int:
        """Return the columns of the terminal that it takes where its head has so many lines."""
        least = max([*map(cell_len, self.cells), *map(cell_len, self.head.split())], default=1)
        while len(wrap(self.head, least)) > lines:
            least += 1
        return least


def blocks(
    corner: str, names: Sequence[str], columns: Sequence[Shown], width: int
) -> list[list[str]]:
    """Return the lines of every block; `names` are of the rows, and stand in each."""
    lines, gap = WAYS[-1]
    widest = gap + max((column.width(lines) for column in columns), default=0)
    room = _room(corner, names, min(int(NAMES * width), width - widest))
    ways = [(_parts(columns, width - room, *way), way) for way in WAYS]
    parts, (lines, gap) = min(ways, key=lambda way: len(way[0]))
    return [_block(corner, names, part, room, lines, gap) for part in parts]


def _room(corner: str, names: Sequence[str], most: int) -> int:
    """Return the columns of the terminal that names take: no more than `most`, if words let it."""
    texts = [corner, *names]
    words = max((cell_len(word) for text in texts for word in text.split()), default=0)
    return max(words, min(max(map(cell_len, texts)), most))


def _parts(columns: Sequence[Shown], space: int, lines: int, gap: int) -> list[list[Shown]]:
    parts: list[list[Shown]] = [[]]
    left = space
    for column in columns:
        needs = gap + column.width(lines)
        if needs > left and parts[-1]:
            parts.append([])
            left = space
        parts[-1].append(column)
        left -= needs
    return parts


def _block(
    corner: str, names: Sequence[str], part: Sequence[Shown], room: int, lines: int, gap: int
) -> list[str]:
    widths = [gap + column.width(lines) for column in part]
    heads = [
        _broken(corner, room),
        *(wrap(c.head, w - gap) for c, w in zip(part, widths, strict=True)),
    ]
    height = max(map(len, heads))
    rows = [[_at(head, number - height) for head in heads] for number in range(height)]
    for row, name in enumerate(names):
        first, *more = _broken(name, room)
        rows.append([first, *(column.cells[row] for column in part)])
        rows += [[piece, *("" for _ in part)] for piece in more]
    return [_line(row, room, widths) for row in rows]


def _line(row: Sequence[str], room: int, widths: Sequence[int]) -> str:
    name, *cells = row
    text = name + " " * (room - cell_len(name))
    for cell, width in zip(cells, widths, strict=True):
        text += " " * (width - cell_len(cell)) + cell
    return text.rstrip()


def _broken(name: str, room: int) -> list[str]:
    indent = name[: len(name) - len(name.lstrip())]
    return wrap(name, room, subsequent_indent=f"{indent} ") or [""]


def _at(lines: Sequence[str], place: int) -> str:
    """Return a line counted from the last, −1; nothing where there is none."""
    return lines[place] if -place <= len(lines) else ""
