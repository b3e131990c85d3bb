"""Labels of an imported economy: regions, sectors with their groups, categories of demand."""

import re
from collections.abc import Collection, Mapping

import numpy as np

from data.errors import InputError, nearest
from data.importing.guesses import category_of, group_of, kind_of
from data.importing.raw_table import RawTable
from data.importing.settings import Settings
from model.arrays import Mask
from model.labels import GROUPS, KINDS, REST, Categories, Regions, Sectors

INDUSTRY = {"agriculture": 0, "services": 2}
"""Position in INDUSTRIES by kind of products; every other kind is secondary."""


def regions_of(table: RawTable, settings: Settings, acts: Mask) -> Regions:
    """Return the regions; `acts` says which can take part: they produce and have residents."""
    words = settings.regions
    require_known("regions.not_playing", words.not_playing, table.regions)
    require_known("regions.names", words.names, table.regions)
    require_known("regions.provinces", words.provinces, table.regions)
    provinces = [words.provinces.get(region, region) for region in table.regions]
    known = list(dict.fromkeys(provinces))
    shown = table.names or table.regions
    names = [words.names.get(code, name) for code, name in zip(table.regions, shown, strict=True)]
    for name in names:
        if names.count(name) > 1:
            raise InputError(f"{table.source}: two regions are called {name!r}; rename one")
    nowhere = np.full(len(table.regions), np.nan)
    return Regions(
        codes=table.regions,
        names=tuple(names),
        province=np.array([known.index(each) for each in provinces], dtype=np.int64),
        province_codes=tuple(known),
        is_city=acts & ~np.isin(table.regions, list(words.not_playing)),
        lon=nowhere,
        lat=nowhere,
    )


def sectors_of_table(table: RawTable, settings: Settings) -> Sectors:
    """Return the sectors, with groups and kinds from the settings or guessed by name."""
    words = settings.sectors
    require_known("sectors.group", words.group, table.sectors)
    require_known("sectors.kind", words.kind, table.sectors)
    groups = tuple(words.groups) or GROUPS
    group = groups_of_sectors(table, settings, groups)
    kind = [words.kind.get(name) or kind_of(name, group_of(name)) for name in table.sectors]
    return Sectors(
        codes=codes_of(table.sectors),
        names=table.sectors,
        industry=np.array([INDUSTRY.get(word, 1) for word in kind], dtype=np.int64),
        group=np.array([groups.index(word) for word in group], dtype=np.int64),
        kind=tuple(kind),
        groups=groups,
        steepness=tuple(words.groups.values()) or None,
    )


def groups_of_sectors(table: RawTable, settings: Settings, groups: tuple[str, ...]) -> list[str]:
    """Return the abatement group of each sector, as given or, in the usual groups, guessed.

    Raises
    ------
    InputError
        If a word is no group, or a sector is in none.
    """
    words = settings.sectors
    if "all" in groups:
        raise InputError("sectors.groups: all stands for every group; call this one otherwise")
    for name, word in words.group.items():
        if word not in groups:
            raise InputError(
                f"sectors.group: {name!r} is put into {word!r}, which is none of"
                f" {', '.join(groups)}; name it in sectors.groups, with its relative steepness"
            )
    found = []
    for name in table.sectors:
        word = words.group.get(name) or (REST if words.groups else group_of(name))
        if word not in groups:
            raise InputError(
                f"sectors.group: {name!r} is in none of {', '.join(groups)}; give it one, or name"
                " a group rest in sectors.groups for all that are left"
            )
        found.append(word)
    return found


def codes_of(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return short words that can stand in keys and in names of columns."""
    codes: list[str] = []
    for number, name in enumerate(names, start=1):
        word = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:24]
        codes.append(word if word and word not in codes else f"{word or 's'}_{number}")
    return tuple(codes)


def kinds_of(table: RawTable, settings: Settings) -> dict[str, str]:
    """Return the kind of every category, `export` among them."""
    require_known("categories", settings.categories, table.categories)
    return {name: settings.categories.get(name) or category_of(name) for name in table.categories}


def demand_categories(kinds: Mapping[str, str]) -> Categories:
    """Return the categories at home; raises InputError if there are none."""
    home = {name: kind for name, kind in kinds.items() if kind != "export"}
    if not set(home.values()) & set(KINDS[:2]):
        raise InputError(
            "categories: none is consumption or capital_formation; say which is, such as"
            f" categories.{next(iter(kinds))!r} = 'consumption'"
        )
    return Categories(tuple(home), tuple(home.values()))


def require_known(key: str, words: Collection[str], known: tuple[str, ...]) -> None:
    """Raise InputError if a word of the settings is no label of the table."""
    for word in words:
        if word not in known:
            raise InputError(f"{key}: {word!r} is not in the table; {nearest(word, known)}")
