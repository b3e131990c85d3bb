"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

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
