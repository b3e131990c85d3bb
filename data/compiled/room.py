"""Room in the cache: what was not used for longest is dropped once it is above its limit."""

import sys

from data.compiled.cache_place import LIMIT, cache_limit
from data.compiled.contents import Kept, contents
from data.compiled.drafts import discard
from data.errors import InputError


def make_room() -> list[Kept]:
    """Drop what was not used for longest until the cache keeps to its limit; return what is gone.

    What a process uses, and drafts, stay, even above the limit. The standard error says what went.

    Raises
    ------
    InputError
        If the limit is no number.
    """
    limit, kept = cache_limit(), contents()
    size = sum(each.size for each in kept)
    gone = []
    for each in sorted(kept, key=lambda one: one.used):
        if size <= limit:
            break
        if each.kind == "draft" or each.in_use:
            continue
        try:
            discard(each.folder)
        except InputError:  # somebody else's: it stays
            continue
        size -= each.size
        gone.append(each)
    if gone:
        freed = sum(each.size for each in gone) / 1e9
        number = "an economy" if len(gone) == 1 else f"{len(gone)} economies"
        sys.stderr.write(
            f"quotapolis: the cache was above its limit of {limit / 1e9:g} GB ({LIMIT}):"
            f" dropped {number} not used for longest, {freed:.1f} GB\n"
        )
    return gone
