"""The command that takes over an economy of one's own: quotapolis data import."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Column, Table

from analysis.command_line.leaving import writing_to
from analysis.command_line.terminal import Bar, console
from analysis.economy.check import balances
from data.importing.economies_folder import new_place
from data.importing.import_economy import import_economy
from data.importing.template import write_template, write_world


def import_command(
    source: Annotated[
        Path, typer.Argument(help="Folder or archive of pymrio, plain tables, workbook, .mat file.")
    ],
    to: Annotated[str, typer.Option(help="Name to call it by, or folder to write, as ./NAME.")],
    settings: Annotated[
        Path | None,
        typer.Option(help="TOML file; default economy.toml in the folder, or beside the file."),
    ] = None,
    overrides: Annotated[
        list[str] | None, typer.Option("--set", help="Setting, such as year=2015; repeatable.")
    ] = None,
) -> None:
    """Import a multi-regional input-output table, so that its regions can play."""
    with Bar() as bar, writing_to(new_place(to)):
        made = import_economy(source, to, settings, overrides or (), bar.progress)
    economy = made.economy
    table = Table("of", Column("taken", overflow="fold"))
    for what, how in made.said.items():
        table.add_row(what, how)
    screen = console()
    screen.print(table)
    accounts, money = economy.accounts(), economy.money
    value_added = economy.value_added.sum() / 1e5 / money.cny
    screen.print(
        f"{len(economy.regions)} regions × {len(economy.sectors.codes)} sectors ×"
        f" {len(economy.categories.names)} categories of {economy.year}, kept in {new_place(to)}\n"
        f"Value added {value_added:,.4g} bn {money.currency}; emissions"
        f" {accounts.D_pba.sum() / 1e6:,.4g} Mt, {100 * accounts.outsourced_share:.1f} % of"
        f" footprints emitted in other regions.\n"
        f"Go on: quotapolis data check --economy {to}; quotapolis compare allocation_rules"
        f" --economy {to}",
        highlight=False,
    )
    for one in balances(economy):
        if not one.sound:
            screen.print(f"Beware: {one.what}: {one.value:.3g}, must be {one.limit}; kept as it is")


def template_command(
    folder: Annotated[Path, typer.Argument(help="Folder to write; it must not exist.")],
    world: Annotated[
        bool, typer.Option("--world", help="An invented world of 20 countries and 30 sectors.")
    ] = False,
) -> None:
    """Write a small table in the plain layout, to be filled with one's own and imported."""
    (write_world if world else write_template)(folder)
    console().print(
        f"Written: {folder}; fill it in as its README.md says, then: quotapolis data import"
        f" {folder} --to NAME",
        highlight=False,
    )
