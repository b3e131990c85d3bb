"""The quotapolis command."""

import importlib.metadata
import sys
from contextlib import nullcontext
from typing import Annotated

import typer

from analysis.command_line.commands import Commands
from analysis.command_line.leaving import leave, ready_streams, told
from analysis.command_line.stop_signals import ended_by_signals
from analysis.experiment.beginnings import served_early
from data.errors import InputError

app = typer.Typer(
    cls=Commands,
    help="A policy laboratory for carbon-quota trading among the cities of China, or your own.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


WITH_WORKERS = {"run", "compare", "robustness", "sensitivity", "search", "serve"}
"""Commands that start worker processes."""


def _version(asked: bool) -> bool:
    if asked:
        sys.stdout.write(f"quotapolis {importlib.metadata.version('quotapolis')}\n")
        raise typer.Exit
    return asked


@app.callback()
def callback(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_version, help="Print the version."),
    ] = False,
) -> None:
    """Take what stands before the name of a command."""


def main() -> None:
    """Run the command: exit code 0 done, 2 the user's input is at fault, 1 anything else.

    After a signal it is 128 and the signal's number: 130 after Ctrl-C, 143 after SIGTERM.
    """
    with served_early() if _needs_workers(sys.argv[1:]) else nullcontext():
        ready_streams()
        try:
            try:
                ended_by_signals(app)
            finally:
                sys.stdout.flush()
        except InputError as mistake:
            leave(mistake)
        except OSError as error:
            leave(told(error))


def _needs_workers(words: list[str]) -> bool:
    return bool(WITH_WORKERS.intersection(words[:1])) and "--help" not in words
