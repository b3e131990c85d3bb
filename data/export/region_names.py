"""Regions by what a user calls them: name, code, Chinese name; a hint where that is not one."""

from functools import cache

from data.errors import InputError, nearest
from data.readers.verified import read_table
from model.labels import Regions

MOST_NAMED = 4
"""Most cities of a province that a message names."""


def position_of(word: str, regions: Regions) -> int:
    """Return the position of a region that is called so, in capitals or not.

    Raises
    ------
    InputError
        If none is called so, or several are; it says which are meant, or that it is a province.
    """
    asked = word.strip().casefold()
    found = [
        r
        for r, names in enumerate(zip(regions.codes, regions.names, strict=True))
        if asked in _called(*names)
    ]
    if len(found) == 1:
        return found[0]
    if found:
        names = " and ".join(f"{regions.names[r]} ({regions.codes[r]})" for r in found)
        raise InputError(f"{word}: several regions are called so: {names}; name one of them")
    raise InputError(f"{word}: {_hint(word.strip(), regions)}")


def _called(code: str, name: str) -> set[str]:
    """Return everything a region is called: name, the same without its province, code, 中文."""
    chinese = chinese_names().get(code, name)
    return {code, name.casefold(), name.partition(" (")[0].casefold(), chinese, chinese[:-1]}


def _hint(word: str, regions: Regions) -> str:
    provinces = _provinces()
    code = provinces.get(word.casefold())
    if code is not None:
        pairs = zip(regions.names, regions.province, strict=True)
        cities = [name for name, p in pairs if regions.province_codes[p] == code][:MOST_NAMED]
        if not cities:
            return "a province that is not divided into cities"
        return f"a province, not a region; name its cities, such as {', '.join(cities)}"
    if word.isascii() and word.isdecimal():
        return "no such region; regions.csv lists the codes"
    return f"no such region; {nearest(word.title(), regions.names)}"


@cache
def chinese_names() -> dict[str, str]:
    """Return the Chinese name of every region by its code."""
    table = read_table("regions.csv")
    return dict(zip(table["region_code"].astype(str), table["name_zh"], strict=True))


@cache
def province_names() -> dict[str, str]:
    """Return the name of every province by its code."""
    table = read_table("provinces.csv")
    return dict(zip(table["province_code"].astype(str), table["name"], strict=True))


@cache
def _provinces() -> dict[str, str]:
    """Return the code of every province by its names."""
    table = read_table("provinces.csv")
    return {
        name.casefold(): str(code)
        for column in (table["name"], table["name_zh"], table["name_zh"].str.rstrip("省市"))
        for name, code in zip(column, table["province_code"], strict=True)
    }
