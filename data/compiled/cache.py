"""Compiled economies kept on disk under the hash of all that made them."""

import hashlib
import json
from dataclasses import asdict, replace
from pathlib import Path

import data
import model
from data.compiled.cache_place import cache_folder
from data.compiled.kept_economy import kept_economy
from data.errors import InputError
from data.readers.inputs import read_figures
from data.readers.io_tables import TABLE_YEARS
from data.readers.verified import manifest, verify_all
from model.compile.assumptions import Assumptions
from model.compile.balancing import Unbalanced
from model.compile.city_economy import Economy
from model.compile.compile import Progress, compile_economy, silent
from model.input_output.krylov import NotConverged

SOURCES = {model: ("arrays.py", "labels.py", "input_output/*.py", "compile/*.py"),
           data: ("readers/*.py",)}  # fmt: skip
"""Files that make an economy what it is, by package."""


def economy_digest(year: int, assumptions: Assumptions) -> str:
    """Return the hash of inputs, code and assumptions that make an economy."""
    material = hashlib.sha256()
    recipe = {"year": year, "assumptions": asdict(assumptions), "tables": manifest()}
    material.update(json.dumps(recipe, sort_keys=True).encode())
    for package, patterns in SOURCES.items():
        folder = Path(str(package.__file__)).parent
        for file in (file for pattern in patterns for file in sorted(folder.glob(pattern))):
            material.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return material.hexdigest()


def economy_folder(year: int, assumptions: Assumptions) -> Path:
    """Return where the compiled economy is, or will be, kept."""
    return cache_folder() / f"economy-{year}-{economy_digest(year, assumptions)[:16]}"


def load_economy(
    year: int = 2012, assumptions: Assumptions | None = None, progress: Progress = silent
) -> Economy:
    """Return the compiled economy of a year, from the cache or compiled now.

    A compile that is interrupted leaves nothing that a later one would take for finished.

    Raises
    ------
    InputError
        If there is no table of that year, a table is altered, or the cache cannot be written.
    """
    chosen = assumptions or Assumptions()
    if year not in TABLE_YEARS:
        known = " and ".join(map(str, TABLE_YEARS))
        raise InputError(
            f"base year {year}: there are provincial tables of {known} only; choose one of them, or"
            " an economy of your own with --economy"
        )
    verify_all()

    def compiled() -> Economy:
        try:
            return compile_economy(read_figures(year), chosen, progress)
        except (Unbalanced, NotConverged) as error:
            raise InputError(
                f"economy of {year}: {error}; these assumptions or tables make no balanced economy"
            ) from error

    kept = kept_economy(year, economy_folder(year, chosen), compiled)
    return replace(kept, assumptions=chosen)
