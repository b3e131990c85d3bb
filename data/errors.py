"""Mistakes a user can mend: one message that names the thing, the value and the way out."""

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 160
"""Most letters of a list of known words."""
UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Unicode categories of what steers a terminal, hides, breaks a line or cannot be decoded."""


class InputError(Exception):
    """The input is at fault; the command line prints the message alone and exits with code 2."""


def nearest(word: str, known: Iterable[str], likeness: float = 0.5) -> str:
    """Return a hint that names the known words nearest to `word`, or as many as a line holds."""
    words = sorted(known)
    close = get_close_matches(word[:LONGEST], words, n=3, cutoff=likeness)
    if close:
        return f"did you mean {' or '.join(close)}?"
    told = words[:1]
    while len(told) < len(words) and len(", ".join(told)) + len(words[len(told)]) < LONGEST:
        told.append(words[len(told)])
    left = len(words) - len(told)
    return f"known: {', '.join(told)}{f' and {left} more' if left else ''}"
