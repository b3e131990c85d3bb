"""Coverage of a trading scheme: its abatement groups of sectors."""

from collections.abc import Sequence

import numpy as np

from model.arrays import Mask

ALIASES = {"power": "electricity", "steel": "metals", "cement": "minerals"}
"""Everyday words for groups; each stands for the whole group, so `cement` covers all minerals."""


def covered(words: Sequence[str], groups: Sequence[str]) -> Mask:
    """Return which groups the words name; (g,).

    Parameters
    ----------
    words
        Names of groups, or of `ALIASES`; no word covers nothing.
    groups
        Names of all groups, in the order of every g axis.

    Raises
    ------
    ValueError
        If a word names no group.
    """
    named = {word if word in groups else ALIASES.get(word, word): word for word in words}
    if unknown := [word for name, word in named.items() if name not in groups]:
        aliases = [alias for alias, name in ALIASES.items() if name in groups]
        raise ValueError(
            f"no group of sectors is called {unknown[0]!r};"
            f" known are {', '.join([*groups, *aliases])}"
        )
    return np.array([group in named for group in groups], dtype=np.bool_)
