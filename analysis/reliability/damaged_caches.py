"""A damaged cache: the same economy, compiled anew if need be, or a refusal in one line."""

import hashlib
import os
import shutil
from functools import partial
from pathlib import Path
from unittest.mock import patch

import numpy as np

from analysis.reliability.damage import damage
from analysis.reliability.door import Verdict, tried
from data.compiled.cache import economy_folder, load_economy
from model.compile.assumptions import Assumptions

PARTS = ("x", "F", "d", "export", "value_added", "household_emissions", "population")
SECONDS = 300.0
"""Time that compiling anew may take."""


def fingerprint() -> str:
    """Return the hash of the figures of the economy that is loaded now."""
    economy, material = load_economy(), hashlib.sha256()
    for part in PARTS:
        material.update(np.ascontiguousarray(getattr(economy, part)).tobytes())
    material.update(np.ascontiguousarray(economy.trade.t).tobytes())
    return material.hexdigest()


def trial(rng: np.random.Generator, folder: Path, expected: str) -> Verdict:
    """Return how loading a damaged copy of the cached economy ends."""
    cached = economy_folder(2012, Assumptions())
    copy = folder / cached.name
    shutil.copytree(cached, copy, copy_function=os.link)
    damage(copy, rng)
    try:
        with patch.dict(os.environ, {"QUOTAPOLIS_CACHE": str(folder)}):
            return tried(partial(_loaded_alike, expected), SECONDS)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()


def _loaded_alike(expected: str) -> bool:
    return fingerprint() == expected
