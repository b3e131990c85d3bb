"""Names of the provinces."""

from data.readers.verified import read_table
from model.labels import Regions


def province_names(regions: Regions) -> list[str]:
    """Return the name of each province, in the order of `province_codes`.

    The code stands for a province that `provinces.csv` does not have, as in an invented economy.
    """
    known = read_table("provinces.csv").set_index("province_code")["name"].to_dict()
    return [str(known.get(code, code)) for code in regions.province_codes]
