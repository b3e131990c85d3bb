"""Names of cities in results: Latin, Chinese, code; a hint for a province or a shared name."""

import numpy as np
import pandas as pd

from data.export.region_names import position_of
from model.labels import Regions


def code_of(word: str, regions: pd.DataFrame) -> str:
    """Return the code of the city that is called so in `regions.csv`.

    Raises
    ------
    InputError
        If none is called so, or several are; it says which are meant, or that it is a province.
    """
    codes = tuple(regions["region_code"])
    provinces = tuple(dict.fromkeys(regions["province_code"]))
    labels = Regions(
        codes=codes,
        names=tuple(regions["city"]),
        province=np.array([provinces.index(code) for code in regions["province_code"]]),
        province_codes=provinces,
        is_city=np.ones(len(codes), dtype=bool),
        lon=regions["longitude"].to_numpy(dtype=np.float64),
        lat=regions["latitude"].to_numpy(dtype=np.float64),
    )
    return codes[position_of(word, labels)]
