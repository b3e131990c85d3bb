"""End of a command whose input is at fault: one line on the standard error, exit code 2."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from analysis.command_line.one_line import one_line

USER_AT_FAULT = 2
WRONG_PATH = (NotADirectoryError, IsADirectoryError, FileExistsError, FileNotFoundError)
"""Errors of the system for a path that cannot be used as asked."""
LIMITS = {
    errno.EMFILE: "; raise the limit of open files (ulimit -n)",
    errno.ENFILE: "; the whole machine has too many files open: end other programs",
    errno.ENOMEM: "; raise the limit of memory (ulimit -v) or take fewer --workers",
    errno.EFBIG: "; raise the limit of a file's size (ulimit -f)",
}
"""Ways out of limits of the machine."""


def ready_streams() -> None:
    """Give closed streams a place to write to, and let the others replace what they cannot write.

    In a job without a terminal they may be closed; Python then has none, and the next file that
    is opened would take their place.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            nowhere = Path(os.devnull).open(mode, encoding="utf-8")  # noqa: SIM115 - open to the end
            setattr(sys, name, nowhere)
        elif mode == "w" and isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Let an error of the system that names no file name the folder in use."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            error.filename = str(folder)
        raise


def told(error: OSError) -> str:
    """Return an error of the system in words: the path, the reason and the way out."""
    if error.errno == errno.ENOSPC:
        if error.filename is None:
            return "standard output: the disk is full; make room and ask again"
        return (
            f"{error.filename}: the disk is full; make room and ask again (--resume, where a"
            " command has it, keeps finished runs)"
        )
    way_out = LIMITS.get(error.errno or 0, "")
    if isinstance(error, WRONG_PATH):
        way_out = "; name another file or folder"
    place = "" if error.filename is None else f"{error.filename}: "
    return f"{place}{error.strerror or error}{way_out}"


def leave(message: object, code: int = USER_AT_FAULT) -> NoReturn:
    """Write one line to the standard error and end with an exit code."""
    sys.stderr.write(f"quotapolis: {one_line(message)}\n")
    try:
        sys.stdout.flush()
    except OSError:  # it cannot be written to: what is left goes nowhere, instead of failing again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)
