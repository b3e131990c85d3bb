"""Lists of names in a scenario: places, products, groups of sectors."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator

from data.errors import nearest
from data.readers.named_sectors import known_groups, require_sectors
from data.readers.places import require_places
from data.readers.products import require_products

Names = tuple[str, ...]
Dated = dict[str, Literal["all"] | Names]
"""Groups of sectors by the year from which on they count."""


def _frozen(words: Any) -> Any:
    if isinstance(words, str) and words != "all":
        return (words,)
    return tuple(words) if isinstance(words, list) else words


def _places(words: Names) -> Names:
    require_places(words)
    return words


def _products(words: Names) -> Names:
    require_products(words)
    return words


def _sectors(word: str) -> str:
    require_sectors(word)
    return word


def _groups(words: Literal["all"] | Names) -> Literal["all"] | Names:
    if words != "all":
        for word in _some(words):
            if word not in known_groups():
                hint = nearest(word, known_groups())
                raise ValueError(f"no group of sectors is called {word!r}; {hint}")
    return words


def _some(words: Names) -> Names:
    if not words:
        raise ValueError("names nothing; give at least one word")
    return words


def _frozen_by_year(words: Any) -> Any:
    by_year = {str(y): w for y, w in words.items()} if isinstance(words, dict) else {"": words}
    for year, groups in by_year.items():
        listed = groups if isinstance(groups, list | tuple) else [groups]
        if not all(isinstance(word, str) for word in listed):
            raise ValueError(f"{year} {groups!r} is neither all nor a list of groups".lstrip())
    frozen = {year: _frozen(groups) for year, groups in by_year.items()}
    return frozen if isinstance(words, dict) else frozen[""]


def _groups_by_year(words: Literal["all"] | Names | Dated) -> Literal["all"] | Names | Dated:
    if not isinstance(words, dict):
        return _groups(words)
    if not words:
        raise ValueError('names no year; give at least one, as in { 2021 = ["power"] }')
    for year, groups in words.items():
        if not re.fullmatch("[0-9]{4}", year):
            raise ValueError(f'{year!r} is no year; write it as in {{ 2021 = ["power"] }}')
        _groups(groups)
    return words


Listed = BeforeValidator(_frozen)
"""A list in a file, or a single word; kept as a tuple: frozen, and fit for a key."""
Places = Annotated[Names, Listed, AfterValidator(_places)]
"""Macro-regions (`east`, `central`, `west`, `northeast`) and provinces by name."""
Products = Annotated[Names, Listed, AfterValidator(_products)]
"""Kinds of products, such as high_tech, and codes of sectors, such as s20."""
Sectors = Annotated[str, AfterValidator(_sectors)]
"""An abatement group, such as electricity; a kind of products; or the code of one sector."""
AllOrGroups = Annotated[Literal["all"] | Names, Listed, AfterValidator(_groups)]
"""`all`, or a list of abatement groups."""
AllOrGroupsByYear = Annotated[
    Literal["all"] | Names | Dated,
    BeforeValidator(_frozen_by_year),
    AfterValidator(_groups_by_year),
]
"""`all`, a list of abatement groups, or either by year."""
Some = AfterValidator(_some)
"""Not none at all."""
