"""Where compiled economies are kept, and how much room they may take there."""

import math
import os
from pathlib import Path

import platformdirs

from data.errors import InputError

FOLDER, LIMIT = "QUOTAPOLIS_CACHE", "QUOTAPOLIS_CACHE_LIMIT"
"""Variables of the environment."""
USUAL = 8.0
"""Gigabytes that a cache may take unless said otherwise: a compiled economy and a hundred drawn."""
NO_LIMIT = "none"


def cache_folder() -> Path:
    """Return the user's cache folder, or QUOTAPOLIS_CACHE where it is set."""
    chosen = os.environ.get(FOLDER)
    return Path(chosen) if chosen else platformdirs.user_cache_path("quotapolis")


def cache_limit() -> float:
    """Return the bytes that the cache may take, infinite for no limit.

    Raises
    ------
    InputError
        If QUOTAPOLIS_CACHE_LIMIT is no number of gigabytes.
    """
    told = os.environ.get(LIMIT) or str(USUAL)
    if told.strip() == NO_LIMIT:
        return math.inf
    try:
        gigabytes = float(told)
    except ValueError:
        gigabytes = -1.0
    if not 0 <= gigabytes < math.inf:
        raise InputError(f"{LIMIT}={told}: write gigabytes, such as {USUAL:g}, or {NO_LIMIT}")
    return 1e9 * gigabytes
