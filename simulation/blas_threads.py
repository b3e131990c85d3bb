"""One thread for linear algebra: the same sums in the same order everywhere."""

from contextlib import AbstractContextManager
from functools import cache

from threadpoolctl import ThreadpoolController


@cache
def libraries() -> ThreadpoolController:
    """Return the libraries of this process that compute on threads, looked for once."""
    return ThreadpoolController()


def one_thread() -> AbstractContextManager[object]:
    """Keep BLAS to one thread: how many there are decides in which order sums are added."""
    return libraries().limit(limits=1, user_api="blas")
