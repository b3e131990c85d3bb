"""Display of a command: a console that suits pipes, and a progress bar."""

import os
import sys
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from analysis.command_line.one_line import visible


class PlainConsole(Console):
    """A console to which words are words: no markup, no emoji, no control characters."""

    def render_str(self, text: str, **how: Any) -> Text:
        """Return the text as it is, what steers a terminal written out."""
        return super().render_str(visible(text, but="\n"), **how)


def console(*, stderr: bool = False) -> Console:
    """Return a console as wide as the terminal or as COLUMNS says, else, in a pipe, of 130."""
    stream = sys.stderr if stderr else sys.stdout
    width = None if stream.isatty() or os.environ.get("COLUMNS", "").isdigit() else 130
    return PlainConsole(stderr=stderr, width=width, highlight=False, markup=False, emoji=False)


class Rate(ProgressColumn):
    """Runs a minute, while runs are done."""

    def render(self, task: Task) -> Text:
        """Return the rate in words."""
        if task.description != "runs" or not task.speed:
            return Text("")
        return Text(f"{60 * task.speed:.0f} runs/min", style="progress.percentage")


class Bar:
    """A progress bar on a terminal; nothing in a pipe."""

    def __init__(self) -> None:
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.completed:.0f}/{task.total:.0f}"),
            Rate(),
            TimeElapsedColumn(),
            TextColumn("elapsed,"),
            TimeRemainingColumn(),
            TextColumn("left"),
            console=console(stderr=True),
            disable=not sys.stderr.isatty(),
            transient=True,
        )
        self._task = self._progress.add_task("starting", total=1)
        self._stage = "starting"

    def __enter__(self) -> "Bar":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def progress(self, stage: str, done: int, of: int) -> None:
        """Show a stage and how far it is; what a stage begins with is no part of its rate."""
        if stage != self._stage:
            self._stage = stage
            self._progress.reset(self._task, description=stage, completed=done, total=of)
        self._progress.update(self._task, completed=done, total=of)

    def message(self, sentence: str) -> None:
        """Write a sentence to the standard error, above the bar where there is one."""
        self._progress.console.print(sentence, highlight=False, soft_wrap=True)
