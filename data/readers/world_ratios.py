"""Comparators abroad: emission intensities of the world beside China's."""

from pathlib import Path

import numpy as np

from data.readers.verified import read_table
from model.arrays import BySector
from model.labels import Sectors

KIND = "intensity_ratio_world_to_china"
YEAR = 2011
"""Year of the ratios from the World Input-Output Database."""


def read_world_ratios(sectors: Sectors, directory: Path | None = None) -> BySector:
    """Return CO₂ per output of the world over China's, 1; (i,).

    Of the six key sectors at market exchange rates (WIOD 2013, JRC); 1 for every other sector.
    """
    table = read_table("benchmarks.csv", directory)
    rows = table[(table["kind"] == KIND) & (table["year"] == YEAR)].set_index("sector_code")
    known = rows["value"].to_dict()
    return np.array([float(known.get(code, 1.0)) for code in sectors.codes], dtype=np.float64)
