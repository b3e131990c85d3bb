"""Labels, prospects and records of an imported economy as words beside its arrays."""

from dataclasses import asdict, fields
from typing import Any

import numpy as np

from data.importing.building import Built
from model.compile.figures import Prospects, Records

LAYOUT = 2
"""Version of the folder's layout."""
Words = dict[str, Any]


def words_of(built: Built) -> Words:
    """Return all of an economy that is no large array, as JSON can hold it."""
    economy = built.economy
    prospects, records = asdict(economy.prospects), asdict(economy.records)
    records["past_years"] = [economy.records.past_years.start, economy.records.past_years.stop]
    words = {
        "layout": LAYOUT,
        "year": economy.year,
        "regions": asdict(economy.regions),
        "sectors": asdict(economy.sectors),
        "categories": asdict(economy.categories),
        "money": asdict(economy.money),
        "prospects": prospects,
        "records": records,
        "said": built.said,
    }
    return dict(_plain(words))


def _plain(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def with_tuples(words: Words) -> Words:
    """Return words with their lists as tuples, as labels have them."""
    return {key: tuple(each) if isinstance(each, list) else each for key, each in words.items()}


def prospects_in(words: Words) -> Prospects:
    """Return what the words say of growth."""
    arrays = {
        each.name: np.array(words[each.name], dtype=np.float64)
        for each in fields(Prospects)
        if isinstance(words[each.name], list)
    }
    growth = {int(year): rate for year, rate in words["national_growth"].items()}
    return Prospects(**arrays, national_growth=growth, first=words["first"], last=words["last"])


def records_in(words: Words, regions: int) -> Records:
    """Return what the words say of past emissions."""
    years = range(*words["past_years"])
    return Records(
        past_years=years,
        past_emissions=np.array(words["past_emissions"], dtype=np.float64).reshape(-1, regions),
        past_estimated=np.array(words["past_estimated"], dtype=np.bool_).reshape(-1, regions),
        intensity_cut=np.array(words["intensity_cut"], dtype=np.float64),
    )
