"""The quotapolis reproduce command: published figures and ours, side by side."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from analysis.command_line.economy_option import OwnEconomy
from analysis.command_line.overwriting import Overwrite, require_absent
from analysis.command_line.terminal import Bar, console
from analysis.documents.numbers import four_figures
from analysis.experiment.executors import default_workers
from data.compiled.cache import load_economy
from data.errors import InputError
from data.importing.kept import load_imported

if TYPE_CHECKING:
    from analysis.reproduce.chapter import Chapter


def reproduce_command(
    paper: Annotated[str, typer.Argument(help="zheng2023, xia2024, liu2015 or all.")],
    out: Annotated[Path, typer.Option(help="Folder for CSV tables, pictures and the page.")] = Path(
        "results/reproduction"
    ),
    draws: Annotated[
        int,
        typer.Option(min=0, help="Drawn economies that show how sure a class is; kept."),
    ] = 24,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; default all.")] = None,
    overwrite: Overwrite = False,
    economy: OwnEconomy = None,
) -> None:
    """Put a paper's figures beside ours, in the terminal, as CSV and as one page with pictures.

    With --economy the first figures of zheng2023 stand beside ours and those of that city table.
    """
    # Drawing takes half a second to load; no other command needs it before it draws.
    from analysis.reproduce.reproduction import Grounds, reproduce, write

    if economy is not None:
        _print_beside(paper, economy)
        return
    require_absent(out, overwrite)
    number_of = workers or default_workers()
    with Bar() as bar, ProcessPoolExecutor(number_of, mp_context=get_context("spawn")) as pool:
        chapters = reproduce(paper, Grounds(executor=pool, draws=draws, progress=bar.progress))
        result = write(chapters, out, bar.progress)
    for chapter in chapters:
        _print(chapter)
    console().print(f"Tables, pictures and the page: {result}")


def _print_beside(paper: str, economy: str) -> None:
    from analysis.reproduce.beside_own import beside_own, require_city_table

    if paper != "zheng2023":
        raise InputError(f"{paper}: with --economy there are figures of zheng2023 alone")
    theirs = load_imported(economy)
    require_city_table(theirs)
    with Bar() as bar:
        ours = load_economy(theirs.year, progress=bar.progress)
    table = Table("quantity", "published", "ours", Path(economy).name, "unit")
    for row in beside_own(theirs, ours):
        published = "" if row.published is None else four_figures(row.published)
        table.add_row(
            row.what, published, four_figures(row.ours), four_figures(row.theirs), row.unit
        )
    console().print(table)


def _print(chapter: "Chapter") -> None:
    from analysis.reproduce.page import deviation

    table = Table(
        "quantity", "published", "ours", "unit", "deviation", "obtained", title=chapter.title
    )
    for row in chapter.rows:
        table.add_row(
            row.what, row.published, four_figures(row.ours), row.unit, deviation(row), row.obtained
        )
    screen = console()
    screen.print(table)
    reasons = dict.fromkeys(
        row.why for row in chapter.rows if row.why and row.deviation is not None
    )
    for why in reasons:
        about = [row.what for row in chapter.rows if row.why == why]
        heading = Text(about[0], style="bold")
        screen.print(heading.append(f"{_and_more(len(about) - 1)}: {why}.", style="not bold"))


def _and_more(others: int) -> str:
    return f" and {others} more" if others else ""
