"""Pairs of drawn economies, 2012 and 2017: what mitigation each gives, kept once computed."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from analysis.economy.economies import drawn_tables
from analysis.economy.pair import EARLIER, LATER
from data.atomic import atomic
from data.compiled import uncertainty
from data.compiled.cache import economy_digest
from data.compiled.cache_place import cache_folder
from data.readers.inputs import read_figures
from model.arrays import ByCity
from model.compile.assumptions import Assumptions
from model.footprints import decomposition
from model.footprints.decomposition import Decomposition, intensity_effect

SOURCES = (uncertainty, decomposition)
"""Files, beside those of an economy, that make a drawn pair what it is."""


@dataclass(frozen=True, slots=True)
class DrawnMitigation:
    """Mitigation of the cities by intensity, 2012 to 2017, in one drawn pair; t CO₂."""

    local: ByCity
    """−dE at home; (c,)."""
    outsourced: ByCity
    """−dE in other regions; (c,)."""


def drawn_mitigation(seed: int, draw: int) -> DrawnMitigation:
    """Return what one drawn pair gives, from the cache or computed now.

    Raises
    ------
    model.compile.balancing.Unbalanced
        If the draw makes no balanced economy in either year.
    """
    file = _folder() / f"{seed}-{draw}.npy"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        found = _computed(seed, draw)
        with atomic(file) as draft, draft.open("wb") as stream:
            np.save(stream, np.stack([found.local, found.outsourced]))
    local, outsourced = np.load(file)
    return DrawnMitigation(local, outsourced)


def _computed(seed: int, draw: int) -> DrawnMitigation:
    earlier, later = (drawn_tables(read_figures(year), seed, draw) for year in (EARLIER, LATER))
    with threadpool_limits(1, user_api="blas"):
        dE = intensity_effect(earlier.trade, earlier.d, later.trade, later.d, earlier.S, later.S)
    effect = Decomposition(dE=dE, dL=np.zeros_like(dE), dF=np.zeros_like(dE))
    cities = earlier.players
    return DrawnMitigation(effect.local_mitigation[cities], effect.outsourced_mitigation[cities])


def _folder() -> Path:
    """Return where the pairs of these figures, assumptions and code are kept."""
    material = hashlib.sha256()
    for year in (EARLIER, LATER):
        material.update(economy_digest(year, Assumptions()).encode())
    for module in SOURCES:
        material.update(Path(str(module.__file__)).read_bytes().replace(b"\r\n", b"\n"))
    return cache_folder() / f"drawn-pairs-{material.hexdigest()[:16]}"
