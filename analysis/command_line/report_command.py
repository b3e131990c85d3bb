"""The quotapolis report command: results as one page that needs no network."""

from pathlib import Path
from typing import Annotated

import typer

from analysis.command_line.economy_option import OwnEconomy, of_own
from analysis.command_line.leaving import writing_to
from analysis.command_line.options import Plugin
from analysis.command_line.overwriting import Overwrite, require_absent
from analysis.command_line.terminal import console
from analysis.experiment.finished import require_results
from analysis.report.report import NAME, write_report
from scenarios.plugins import load_plugins


def report_command(
    results: Annotated[Path, typer.Argument(help="Results directory.")],
    out: Annotated[
        Path | None, typer.Option(help="File to write; default report.html in the directory.")
    ] = None,
    lang: Annotated[str, typer.Option(help="Language in which it opens: en or zh.")] = "en",
    plugin: Plugin = None,
    economy: OwnEconomy = None,
    overwrite: Overwrite = False,
) -> None:
    """Write one HTML page of results: map, paths, ranking, cities, tables; no network needed."""
    load_plugins(plugin or ())
    require_results(results)
    place = out or results / NAME
    require_absent(place, overwrite)
    own, _ = of_own(economy, ())
    with writing_to(place):
        write_report(results, place, lang=lang, economy=own)
    size = place.stat().st_size / 1e6
    console().print(f"Written: {place}, {size:.1f} MB", markup=False, soft_wrap=True)
