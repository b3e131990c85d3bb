"""Compiled economies kept on disk under the hash of all that made them."""

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

import numpy as np
import platformdirs

import data
import model
from data.errors import InputError
from data.readers.figures import read_city_statistics, read_regions, read_sectors
from data.readers.inputs import read_figures
from data.readers.io_tables import TABLE_YEARS
from data.readers.prospects import read_prospects
from data.readers.records import read_records
from data.readers.verified import manifest, verify_all
from model.compile.assumptions import Assumptions
from model.compile.balancing import Unbalanced
from model.compile.city_economy import CityTables, Economy
from model.compile.compile import Progress, compile_economy, silent
from model.input_output.krylov import NotConverged
from model.input_output.trade_form import TradeForm

ARRAYS = ("d", "export", "x", "value_added", "F", "household_emissions", "basis")
SOURCES = {model: ("arrays.py", "labels.py", "input_output/*.py", "compile/*.py"),
           data: ("readers/*.py",)}  # fmt: skip
"""Files that make an economy what it is, by package."""


def cache_folder() -> Path:
    """Return the user's cache folder, or QUOTAPOLIS_CACHE where it is set."""
    chosen = os.environ.get("QUOTAPOLIS_CACHE")
    return Path(chosen) if chosen else platformdirs.user_cache_path("quotapolis")


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
        If there is no table of that year, a table is altered, or the disk is full.
    """
    chosen = assumptions or Assumptions()
    if year not in TABLE_YEARS:
        known = " and ".join(map(str, TABLE_YEARS))
        raise InputError(f"base year {year}: there are provincial tables of {known} only")
    verify_all()
    folder = economy_folder(year, chosen)
    if not folder.exists():
        try:
            economy = compile_economy(read_figures(year), chosen, progress)
        except (Unbalanced, NotConverged) as error:
            raise InputError(
                f"economy of {year}: {error}; these assumptions or tables make no balanced economy"
            ) from error
        keep(economy, folder)
    return kept_economy(year, folder)


def keep(economy: Economy, folder: Path) -> None:
    """Write an economy into a folder of the cache, whole or not at all.

    Raises
    ------
    InputError
        If the disk is full or may not be written.
    """
    try:
        _write(economy, folder)
    except OSError as error:
        raise InputError(
            f"{folder}: cannot write the compiled economy ({error.strerror}); make room"
            " (about 300 MB) or point QUOTAPOLIS_CACHE to another folder"
        ) from error


def _write(economy: Economy, folder: Path) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", suffix=".draft", dir=folder.parent))
    try:
        for name in ARRAYS:
            np.save(draft / f"{name}.npy", getattr(economy, name))
        np.save(draft / "t.npy", economy.form.t)
        np.save(draft / "a.npy", economy.form.a)
        try:
            draft.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise  # otherwise another process has just put the same economy there
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def kept_economy(year: int, folder: Path) -> Economy:
    """Return the economy in a folder of the cache, its large arrays left on disk.

    Raises
    ------
    InputError
        If a file is missing or damaged.
    """
    regions = read_regions()
    statistics = read_city_statistics(year, regions)
    try:
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in ARRAYS}
        form = TradeForm(
            t=np.load(folder / "t.npy", mmap_mode="r"), a=np.load(folder / "a.npy", mmap_mode="r")
        )
    except (OSError, ValueError) as error:
        raise InputError(f"{folder}: unreadable ({error}); delete it and compile again") from error
    sectors = read_sectors()
    basis = arrays.pop("basis")
    tables = CityTables(
        year=year,
        regions=regions,
        sectors=sectors,
        form=form,
        population=statistics.population,
        co2_estimated=statistics.co2_estimated,
        **arrays,
    )
    return tables.with_basis(basis, read_prospects(regions, sectors), read_records(year, regions))
