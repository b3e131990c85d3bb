"""What a program must heed that starts worker processes: its guard, and who may start any."""

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


def require_may_start_processes() -> None:
    """Refuse worker processes where this process may start none.

    Raises
    ------
    InputError
        If this process is a daemon.
    """
    if multiprocessing.current_process().daemon:
        raise InputError(
            "this process may start no others (it is a daemon, as those of multiprocessing.Pool"
            " are): hand over workers=0"
        )
