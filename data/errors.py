"""Mistakes a user can mend: one message that names the thing, the value and the way out."""

from collections.abc import Iterable
from difflib import get_close_matches


class InputError(Exception):
    """The input is at fault; the command line prints the message alone and exits with code 2."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the known words nearest to `word`, or all of them."""
    words = sorted(known)
    close = get_close_matches(word, words, n=3, cutoff=0.5)
    if close:
        return f"did you mean {' or '.join(close)}?"
    return f"known: {', '.join(words)}"
