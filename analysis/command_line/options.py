"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from data.errors import InputError
from scenarios.experiment import HIGHEST_SEED

RESULTS = Path("results")
"""Where results go unless --out says otherwise."""

Set = Annotated[
    list[str] | None, typer.Option("--set", help="Override, such as cap.cut=0.3; repeatable.")
]
Plugin = Annotated[
    list[Path] | None,
    typer.Option("--plugin", help="Python file that registers words of one's own; repeatable."),
]
Out = Annotated[Path | None, typer.Option(help="Results directory.")]
Resume = Annotated[bool, typer.Option("--resume", help="Keep finished runs of the directory.")]
Workers = Annotated[int | None, typer.Option(min=1, help="Processes; default all processors.")]
RunLimit = Annotated[float, typer.Option(help="Seconds a run may take before it has failed.")]
NoPictures = Annotated[bool, typer.Option("--no-pictures", help="Draw nothing.")]

Seed = Annotated[
    int | None, typer.Option(min=0, max=HIGHEST_SEED, help="Root of all random numbers.")
]
Outcomes = Annotated[
    str | None, typer.Option("--outcomes", help="Outcomes to tell of, as emissions,abatement_cost.")
]
Quiet = Annotated[bool, typer.Option("--quiet", help="Print the finding alone.")]
Material = Annotated[
    list[str] | None,
    typer.Option(help="Smallest difference that matters, as emissions=0.05; repeatable."),
]
Full = Annotated[bool, typer.Option("--full", help="Print a table of every outcome too.")]
Json = Annotated[bool, typer.Option("--json", help="Print the finding as JSON.")]


def listed(option: str, words: str | None) -> list[str]:
    """Return the words of an option, with commas between; none where it is left out.

    Raises
    ------
    InputError
        If it is empty, or names something twice.
    """
    if words is None:
        return []
    found = [word.strip() for word in words.split(",") if word.strip()]
    if not found:
        raise InputError(f"{option} is empty; name some, with commas between, or leave it out")
    for word in found:
        if found.count(word) > 1:
            raise InputError(f"{option}: {word} stands there twice; name it once")
    return found
