"""The quotapolis serve command: a page on which a policy runs anew as its levers move."""

import threading
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from analysis.command_line.options import Plugin
from analysis.command_line.stop_signals import Stopped
from analysis.command_line.terminal import Bar, console
from analysis.experiment.interrupt import Interrupted
from analysis.live.serving import Place, serve
from scenarios.plugins import load_plugins

HIGHEST_PORT = 65535


def serve_command(
    results: Annotated[
        Path | None, typer.Argument(help="Results directory, whose policies stand beside yours.")
    ] = None,
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=HIGHEST_PORT, help="Port to listen at; 0 for any free one.")
    ] = 8765,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
    plugin: Plugin = None,
    economy: Annotated[
        str | None, typer.Option(help="Economy of your own, by name or folder.")
    ] = None,
) -> None:
    """Serve a page on which you move levers and see what your policy comes to; needs no network.

    The address holds a key: whoever has it can run policies on this machine. Ctrl-C ends it.
    """
    load_plugins(plugin or ())
    bar = Bar()

    def ready(address: str) -> None:
        bar.__exit__(None, None, None)
        console().print(f"Open {address}", markup=False, soft_wrap=True)
        console().print("Ctrl-C ends the live laboratory.", markup=False)
        if open_page:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    try:
        with bar:
            serve(results, Place(host, port), economy=economy, ready=ready, progress=bar.progress)
    except Stopped as stop:
        number = stop.exit_code - 128
        raise Interrupted("the live laboratory is closed", number) from None
