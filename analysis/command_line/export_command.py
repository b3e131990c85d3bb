"""The quotapolis export command: results in the formats of other tools."""

from pathlib import Path
from typing import Annotated

import pandas as pd
import typer

from analysis.command_line.leaving import writing_to
from analysis.command_line.overwriting import Overwrite, require_absent
from analysis.command_line.terminal import console
from analysis.experiment.finished import damaged, finished
from analysis.interop.iamc import MODEL, REGION, iamc
from analysis.outcomes.shown_money import show
from data.atomic import atomic


def export_command(
    results: Annotated[Path, typer.Argument(help="Results directory.")],
    iamc_file: Annotated[
        Path, typer.Option("--iamc", help="CSV in the IAMC's long format, as pyam reads it.")
    ],
    region: Annotated[str, typer.Option(help="What the region is called there.")] = REGION,
    model: Annotated[str, typer.Option(help="What the model is called there.")] = MODEL,
    overwrite: Overwrite = False,
) -> None:
    """Write national results in the IAMC's format: a scenario an arm."""
    path = results / "national.parquet"
    show(finished(results, path.name).money)
    require_absent(iamc_file, overwrite)
    try:
        national = pd.read_parquet(path)
    except (OSError, ValueError) as error:  # those of pyarrow are ValueErrors
        raise damaged(path, error) from error
    table = iamc(national, model, region)
    with writing_to(iamc_file), atomic(iamc_file) as draft:
        table.to_csv(draft, index=False, encoding="utf-8")
    console().print(
        f"{len(table):,} values of {table['Scenario'].nunique()} scenarios and"
        f" {table['Variable'].nunique()} variables: {iamc_file}"
    )
