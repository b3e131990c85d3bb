"""Places by name: macro-regions, provinces, and the regions that lie in them."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from data.errors import InputError, nearest
from data.readers.own_labels import own_places
from data.readers.verified import read_table
from model.arrays import RegionMask
from model.labels import Regions

MACRO_REGIONS: dict[str, tuple[str, ...]] = {
    "east": ("Beijing", "Tianjin", "Hebei", "Shanghai", "Jiangsu", "Zhejiang", "Fujian",
             "Shandong", "Guangdong", "Hainan"),
    "central": ("Shanxi", "Anhui", "Jiangxi", "Henan", "Hubei", "Hunan"),
    "northeast": ("Liaoning", "Jilin", "Heilongjiang"),
    "west": ("Inner Mongolia", "Guangxi", "Chongqing", "Sichuan", "Guizhou", "Yunnan", "Xizang",
             "Shaanxi", "Gansu", "Qinghai", "Ningxia", "Xinjiang"),
}  # fmt: skip
"""The four regions of the National Bureau of Statistics (division of 13 June 2011)."""


@cache
def provinces() -> dict[str, str]:
    """Return the code of every province by its name."""
    table = read_table("provinces.csv")
    return dict(zip(table["name"], table["province_code"], strict=True))


def require_places(words: Sequence[str]) -> None:
    """Raise ValueError if a word is neither a macro-region nor a province."""
    known = [*MACRO_REGIONS, *provinces(), *own_places()]
    for word in words:
        if word not in known:
            raise ValueError(f"{word!r} is no macro-region or province; {nearest(word, known)}")


def lying_in(words: Sequence[str], regions: Regions) -> RegionMask:
    """Return which regions lie in the macro-regions and provinces named, or are named; (r,).

    Raises
    ------
    InputError
        If none lies in one of them.
    """
    lie = np.zeros(len(regions), dtype=np.bool_)
    for word in words:
        names = MACRO_REGIONS.get(word, (word,))
        codes = {provinces()[name] for name in names if name in provinces()} or {word}
        found = np.array([regions.province_codes[p] in codes for p in regions.province])
        if not found.any():  # an economy of one's own names its regions
            found = (np.array(regions.names) == word) | (np.array(regions.codes) == word)
        if not found.any():
            raise InputError(f"{word}: no region of this economy lies there; name another place")
        lie |= found
    return lie
