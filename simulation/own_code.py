"""Code of a user's own, called within a year: what goes wrong in it is said of it."""

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.errors import InputError


@contextmanager
def own_code(what: str) -> Iterator[None]:
    """Say of a failure in a user's code whose it is, and in which line.

    Whatever it raises is meant, since nothing is known of it; the error itself stays as the cause,
    and an interrupt passes.

    Raises
    ------
    InputError
        If the code raises anything, a division by zero among the numbers of the year included.
    """
    try:
        yield
    except InputError:
        raise
    except Exception as error:  # a user's code may raise anything
        frames = traceback.extract_tb(error.__traceback__)[2:]  # this, and who calls
        where = [frame for frame in frames if frame.filename == frames[0].filename]
        place = f" ({Path(where[-1].filename).name}, line {where[-1].lineno})" if where else ""
        raise InputError(f"{what}: {type(error).__name__}: {error}{place}") from error
