"""Drawn economies: compiled from figures and assumptions moved within their errors, and kept."""

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np

from data.compiled import uncertainty
from data.compiled.cache import economy_digest, load_economy
from data.compiled.cache_place import cache_folder
from data.compiled.kept_economy import kept_economy, kept_whole
from data.compiled.uncertainty import Drawn, draw_of
from data.readers.inputs import read_figures
from data.readers.prospects import FIRST, LAST
from model.arrays import ByRegion
from model.compile.assumptions import Assumptions
from model.compile.balancing import Unbalanced
from model.compile.city_economy import Economy
from model.compile.compile import Progress, basis_of, compile_tables, silent
from model.compile.margins import calibrated_emissions
from model.input_output.krylov import NotConverged

SEED = 0
"""Root of the draws that experiments share."""


class NoEconomy(ValueError):
    """A draw that makes no balanced economy."""


def load_drawn(year: int, number: int, progress: Progress = silent) -> Economy:
    """Return a drawn economy of a base year, from the cache or compiled now; 0 is as compiled.

    Growth of the nation and of cities, and records of past emissions, are not drawn.

    Raises
    ------
    NoEconomy
        If the draw makes no balanced economy.
    InputError
        If a table is altered, or the cache cannot be written.
    """
    if number == 0:
        return load_economy(year, progress=progress)
    folder = drawn_folder(year, number)
    economy = kept_economy(year, folder, lambda: _compiled(year, number, progress))
    apart = _apart(year, number)
    prospects = replace(economy.prospects, co2_change=apart[1])
    return replace(economy, population=apart[0], prospects=prospects)


def keep_drawn(year: int, number: int, progress: Progress = silent) -> None:
    """Compile and keep a drawn economy, unless the cache holds it whole; raises as `load_drawn`."""
    kept_whole(drawn_folder(year, number), lambda: _compiled(year, number, progress))


def drawn_folder(year: int, number: int) -> Path:
    """Return where a drawn economy is, or will be, kept."""
    return cache_folder() / f"economy-{year}-draw-{number}-{draws_identity(year)[:16]}"


def draws_identity(year: int) -> str:
    """Return the mark of the drawn economies of a base year: figures, ranges and code."""
    material = hashlib.sha256(f"{economy_digest(year, Assumptions())} {SEED}".encode())
    for file in (Path(str(uncertainty.__file__)), Path(__file__)):
        material.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return material.hexdigest()


def _compiled(year: int, number: int, progress: Progress) -> Economy:
    figures = read_figures(year)
    chosen = draw_of(figures, Assumptions(), SEED, number)
    try:
        tables = compile_tables(chosen.figures, chosen.assumptions, chosen.leanings, progress)
        basis = basis_of(tables, progress)
    except (Unbalanced, NotConverged) as error:
        raise NoEconomy(f"draw {number} of {year}: {error}") from error
    return tables.with_basis(basis, figures.prospects, figures.records)


def _apart(year: int, number: int) -> tuple[ByRegion, ByRegion]:
    """Return residents of the draw, heads, and its change of emissions 2012-2017, 1; (r,) each."""
    draws: dict[int, Drawn] = {
        each: draw_of(read_figures(each), Assumptions(), SEED, number) for each in (FIRST, LAST)
    }
    emitted = {each: calibrated_emissions(draw.figures) for each, draw in draws.items()}
    change = np.divide(emitted[LAST], emitted[FIRST])
    return draws[year].figures.statistics.population, np.asarray(change)
