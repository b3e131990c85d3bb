"""The guard of a user's program: what starts worker processes must not start with them again."""

import multiprocessing
import os

from data.errors import InputError

UNGUARDED = 93
"""Exit code of a worker that ran into the call that started it."""


class Unguarded(InputError):
    """The user's program has no guard."""


def advice() -> str:
    """Return what to do about a program without a guard."""
    return (
        "this program starts worker processes, which import it and would start others: put the"
        ' call under `if __name__ == "__main__":`, or hand over workers=0 to do all runs in this'
        " process; then go on with resume=True"
    )


def leave_if_imported_by_a_worker() -> None:
    """End this process if it is a worker that still imports the program which started it."""
    if getattr(multiprocessing.current_process(), "_inheriting", False):
        os._exit(UNGUARDED)
