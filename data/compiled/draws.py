"""Drawn economies: compiled from figures and assumptions moved within their errors, and kept."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from data.compiled import uncertainty
from data.compiled.cache import economy_digest, load_economy
from data.compiled.cache_place import cache_folder
from data.compiled.kept_arrays import Arrays
from data.compiled.kept_economy import RESPONDING, arrays_of, economy_of, kept_whole
from data.compiled.uncertainty import Drawn, draw_of
from data.readers.inputs import read_figures
from data.readers.prospects import FIRST, LAST
from model.arrays import ByRegion, Columns
from model.compile.assumptions import Assumptions
from model.compile.balancing import Unbalanced
from model.compile.city_economy import Economy
from model.compile.compile import basis_of, called_for_of, compile_tables
from model.compile.figures import Figures
from model.compile.margins import calibrated_emissions
from model.input_output.krylov import NotConverged

SEED = 0
"""Root of the draws that experiments share."""
ARRAYS = (*RESPONDING, "population", "co2_change")


class NoEconomy(ValueError):
    """A draw that makes no balanced economy."""


def load_drawn(year: int, number: int) -> Economy:
    """Return a drawn economy of a base year, from the cache or compiled now; 0 is as compiled.

    Growth of the nation and of cities, and records of past emissions, are not drawn. Categories of
    final demand apart are solved, and kept, when the economy is first asked for its basis.

    Raises
    ------
    NoEconomy
        If the draw makes no balanced economy.
    InputError
        If a table is altered, or the cache cannot be written.
    """
    if number == 0:
        return load_economy(year)
    arrays = keep_drawn(year, number)
    economy = economy_of(year, arrays, BasisOfDraw(year, number))
    prospects = replace(economy.prospects, co2_change=arrays["co2_change"])
    return replace(economy, population=arrays["population"], prospects=prospects)


def keep_drawn(year: int, number: int, *, by_category: bool = False) -> Arrays:
    """Keep a drawn economy unless the cache holds it whole, and its basis if that is asked for.

    Returns the arrays of the economy; raises as `load_drawn`.
    """
    arrays = kept_whole(drawn_folder(year, number), ARRAYS, lambda: _compiled(year, number))
    if by_category:
        BasisOfDraw(year, number)()
    return arrays


@dataclass(frozen=True, slots=True)
class BasisOfDraw:
    """The response basis of a drawn economy, solved and kept when it is first asked for."""

    year: int
    number: int

    @property
    def folder(self) -> Path:
        """Where it is, or will be, kept."""
        return drawn_folder(self.year, self.number, "by-category-")

    def __call__(self) -> Columns:
        """Return the basis, (r, i, (K + 1)·R), left on disk; raises as `load_drawn`."""
        return kept_whole(self.folder, ("basis",), self._solved)["basis"]

    def _solved(self) -> Arrays:
        return {"basis": basis_of(load_drawn(self.year, self.number))}


def drawn_folder(year: int, number: int, part: str = "") -> Path:
    """Return where a drawn economy, or a part of it, is, or will be, kept."""
    name = f"economy-{year}-draw-{number}-{part}{draws_identity(year)[:16]}"
    return cache_folder() / name


def draws_identity(year: int) -> str:
    """Return the mark of the drawn economies of a base year: figures, ranges and code."""
    material = hashlib.sha256(f"{economy_digest(year, Assumptions())} {SEED}".encode())
    for file in (Path(str(uncertainty.__file__)), Path(__file__)):
        material.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return material.hexdigest()


def _compiled(year: int, number: int) -> Arrays:
    """Return the arrays of a draw.

    Beside those of an economy, its residents, heads, and its change of emissions between the years
    of the tables, 1; (r,) each.
    """
    draws = {each: draw_of(_figures(each), Assumptions(), SEED, number) for each in (FIRST, LAST)}
    chosen = draws[year]
    try:
        tables = compile_tables(chosen.figures, chosen.assumptions, chosen.leanings)
        called_for = called_for_of(tables)
    except (Unbalanced, NotConverged) as error:
        raise NoEconomy(f"draw {number} of {year}: {error}") from error
    apart = {"population": tables.population, "co2_change": _co2_change(draws)}
    return arrays_of(tables, called_for) | apart


def _co2_change(draws: Mapping[int, Drawn]) -> ByRegion:
    first, last = (calibrated_emissions(draws[year].figures) for year in (FIRST, LAST))
    return np.asarray(np.divide(last, first))


@lru_cache(maxsize=2)
def _figures(year: int) -> Figures:
    """Return the figures that all draws of a year start from."""
    return read_figures(year)
