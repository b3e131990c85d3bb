"""The page on speed and memory: its measured parts are written here, the rest by hand."""

from collections.abc import Sequence

from analysis.benchmarks.growth import Grown
from analysis.benchmarks.machine import machine
from analysis.benchmarks.pictures import draw_growth, draw_measured
from analysis.benchmarks.tables import Result, of_block, of_growth
from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables

PAGE = DOCS / "performance.md"
MEASURED, GROWTH = DOCS / "pictures" / "performance.png", DOCS / "pictures" / "growth.png"


def write_measured(results: Sequence[Result]) -> None:
    """Renew the tables and the picture of what was measured."""
    parts = [f"Measured on {machine()}."]
    parts += [f"**{each.block.title}**\n\n{markdown(of_block(each))}" for each in results]
    renew_tables(PAGE, {"measured": "\n\n".join(parts)})
    draw_measured(results, MEASURED)


def write_growth(found: Sequence[Grown]) -> None:
    """Renew the table and the picture of growth."""
    renew_tables(PAGE, {"growth": f"Measured on {machine()}.\n\n{markdown(of_growth(found))}"})
    draw_growth(found, GROWTH)
