"""Errors that go from a worker to the process that asked it."""

import pickle


def sendable(error: BaseException) -> BaseException:
    """Return an error, or its words where it does not come out of a pickle as it went in."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - of this process's own making
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
