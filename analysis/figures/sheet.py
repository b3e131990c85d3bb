"""A sheet: a figure with its heading above, its notes below, and room for axes between."""

import os
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from analysis.figures.lines_of_text import LEADING, POINT, wrapped
from analysis.figures.style import GREY, INK, PAPER
from analysis.figures.typography import BODY, TINY, TITLE, WIDTH

MARGIN = 0.12
"""Around everything, inches."""


@dataclass(frozen=True, slots=True)
class SheetText:
    """Text around a picture."""

    headline: str
    """The message, from the data."""
    about: str
    """Subject of the picture."""
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A figure whose body is free for axes; places are inches from its lower left corner."""

    figure: Figure
    foot: float
    """Height of the notes below the body, inches."""

    def share(self, left: float, bottom: float) -> tuple[float, float]:
        """Return a place of the body as a share of the figure."""
        width, height = self.figure.get_size_inches()
        return left / width, (self.foot + bottom) / height

    def axes(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Return new axes at a place of the body."""
        whole_width, whole_height = self.figure.get_size_inches()
        corner = self.share(left, bottom)
        return self.figure.add_axes((*corner, width / whole_width, height / whole_height))


def sheet(words: SheetText, body: float) -> Sheet:
    """Return an empty sheet whose body is `body` inches tall, however much is said around it."""
    room = WIDTH - 2 * MARGIN
    headline = wrapped(words.headline, room, TITLE, "bold")
    about = wrapped(words.about, room, BODY)
    notes = [line for note in words.notes for line in wrapped(note, room, TINY)]
    head = (len(headline) * TITLE + len(about) * BODY) * LEADING * POINT + 1.5 * MARGIN
    foot = len(notes) * TINY * LEADING * POINT + 1.5 * MARGIN
    height = head + body + foot
    figure = Figure(figsize=(WIDTH, height), facecolor=PAPER)
    FigureCanvasAgg(figure)

    def write(lines: list[str], top: float, size: float, weight: str, colour: str) -> float:
        for line in lines:
            at = MARGIN / WIDTH, top / height
            figure.text(*at, line, size=size, weight=weight, color=colour, va="top")
            top -= size * LEADING * POINT
        return top

    top = write(headline, height - MARGIN, TITLE, "bold", INK)
    write(about, top, BODY, "normal", GREY)
    write(notes, foot - MARGIN / 2, TINY, "normal", GREY)
    return Sheet(figure, foot)


def save(figure: Figure, folder: Path, name: str) -> list[Path]:
    """Write a figure as PNG and SVG, each whole or not at all, and return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for suffix, metadata in (("png", {"Software": None}), ("svg", {"Date": None})):
        content = BytesIO()
        figure.savefig(content, format=suffix, metadata=metadata, facecolor=PAPER)
        path = folder / f"{name}.{suffix}"
        unfinished = folder / f".{name}.{suffix}.{os.getpid()}"
        unfinished.write_bytes(content.getvalue())
        unfinished.replace(path)
        paths.append(path)
    return paths
