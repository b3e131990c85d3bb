"""What is there already: replaced only where the user says so."""

import re
from pathlib import Path
from typing import Annotated

import typer

from data.errors import InputError

Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace what is there already.")]


def require_absent(out: Path, overwrite: bool) -> None:
    """Refuse to write over a file, or into a folder that holds anything, hidden files too.

    Raises
    ------
    InputError
        If something is there, and `overwrite` is not asked for.
    """
    held = any(out.iterdir()) if out.is_dir() else out.exists()
    if held and not overwrite:
        raise InputError(
            f"{out}: is there already; nothing was overwritten; add --overwrite or name another"
        )


def require_no_home(out: Path | None) -> None:
    """Refuse a results folder that holds hidden files of something else, such as `.git`.

    Drafts of a run that was killed, `.PROCESS-…`, do not count.

    Raises
    ------
    InputError
        If there are some.
    """
    if out is None or not out.is_dir() or any(out.glob("manifest*.json")):
        return
    for path in out.glob(".*"):
        if not re.match(r"\.[0-9]+-", path.name):
            raise InputError(f"{out}: not empty, holds {path.name}; choose another with --out")
