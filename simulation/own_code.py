"""Code of a user's own, called within a year: what goes wrong in it is said of it."""

import traceback
from collections.abc import Callable, Mapping
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import Any, TypeVar

from data.errors import InputError
from model.registry import Registry

OURS = tuple(Path(__file__).parents[1] / floor for floor in ("model", "scenarios", "simulation"))
"""Folders of the laboratory's own code that calls a user's, or is called by it."""

T = TypeVar("T")


def function_of(
    registry: Registry[Callable[..., Any]], word: str, parameters: Mapping[str, Any]
) -> Callable[..., Any]:
    """Return the function of a word with its parameters; a user's own is `called`."""
    function = registry.bound(word, parameters)
    if registry.entry(word).built_in:
        return function
    return partial(called, f"{registry.kind} {word!r}", function)


def called(what: str, function: Callable[..., T], *arguments: Any) -> T:
    """Call a user's code, and say of a failure whose it is, and in which line.

    Whatever it raises is meant, since nothing is known of it; the error itself stays as the cause.
    An interrupt passes, and so does a lack of memory, which is the machine's.

    Raises
    ------
    InputError
        If the code raises anything, a division by zero among the numbers of the year included.
    """
    try:
        return function(*arguments)
    except (InputError, MemoryError):
        raise
    except Exception as error:  # a user's code may raise anything
        place = _place(traceback.extract_tb(error.__traceback__))
        raise InputError(f"{what}: {type(error).__name__}: {error}{place}") from error


def _place(frames: list[traceback.FrameSummary]) -> str:
    """Return the last line of a user's file that was at work, in brackets; empty if none was."""
    while frames and _is_ours(frames[-1]):  # what the user's code called of ours
        frames.pop()
    theirs = list(takewhile(lambda frame: not _is_ours(frame), reversed(frames)))
    if not theirs:
        return ""
    file = theirs[-1].filename
    line = next(frame.lineno for frame in theirs if frame.filename == file)
    return f" ({Path(file).name}, line {line})"


def _is_ours(frame: traceback.FrameSummary) -> bool:
    return any(Path(frame.filename).is_relative_to(folder) for folder in OURS)
