"""Imported economies on disk: one folder each, loaded with its large arrays left there."""

import json
from pathlib import Path

import numpy as np

from data.atomic import new_folder
from data.compiled.kept_arrays import Arrays, Damaged, read_arrays, write_arrays
from data.errors import InputError, nearest
from data.importing.building import Built
from data.importing.economies_folder import economies_folder, place_of
from data.importing.kept_words import LAYOUT, Words, prospects_in, records_in, with_tuples, words_of
from data.importing.map_file import Rings
from data.readers.own_labels import learn
from model.compile.city_economy import CityTables, Economy
from model.input_output.dense_form import DenseForm, FullMatrix
from model.labels import Categories, Money, Regions, Sectors

OWNER = "imported economy"
TABLES = ("d", "export", "x", "value_added", "F", "household_emissions", "population")
FORM = ("A", "origin", "lu", "pivots")
ARRAYS = (*TABLES, *FORM, "basis", "labels", "outlines")


def keep(built: Built, folder: Path) -> None:
    """Write an economy into a new folder, whole or not at all.

    Raises
    ------
    InputError
        If the folder is there already, or cannot be written.
    """
    economy, form = built.economy, built.economy.form
    if not isinstance(form, DenseForm):
        raise TypeError("only tables in full are kept here")
    arrays: dict[str, np.ndarray] = {name: getattr(economy, name) for name in TABLES}
    arrays |= {"A": form.matrix.A, "origin": form.origin, "lu": form.lu, "pivots": form.pivots}
    words = json.dumps(words_of(built), ensure_ascii=False)
    labels, outlines = (
        np.frombuffer(text.encode(), dtype=np.uint8)
        for text in (words, json.dumps(dict(built.outlines)))
    )
    with new_folder(folder) as draft:
        arrays |= {"basis": economy.basis, "labels": labels, "outlines": outlines}
        write_arrays(arrays, draft, OWNER)


def load_imported(name: str | Path) -> Economy:
    """Return an imported economy by name or folder; scenarios may name its places and sectors.

    Raises
    ------
    InputError
        If there is none, or it is damaged.
    """
    arrays, words = _read(name)
    form = DenseForm(
        matrix=FullMatrix(arrays["A"], *arrays["x"].shape),
        origin=arrays["origin"],
        lu=arrays["lu"],
        pivots=arrays["pivots"],
    )
    regions, sectors = dict(words["regions"]), dict(words["sectors"])
    for key in ("province", "is_city", "lon", "lat"):
        kind = {"province": np.int64, "is_city": np.bool_}.get(key, np.float64)
        regions[key] = np.array(regions[key], dtype=kind)
    for key in ("industry", "group"):
        sectors[key] = np.array(sectors[key], dtype=np.int64)
    count = len(regions["codes"])
    tables = CityTables(
        year=words["year"],
        regions=Regions(**with_tuples(regions)),
        sectors=Sectors(**with_tuples(sectors)),
        form=form,
        co2_estimated=np.zeros(count, dtype=np.bool_),
        categories=Categories(**with_tuples(words["categories"])),
        money=Money(**words["money"]),
        **{each: arrays[each] for each in TABLES},
    )
    learn(
        (*tables.regions.names, *tables.regions.codes, *tables.regions.province_codes),
        (*tables.sectors.codes, *tables.sectors.names),
        tables.sectors.groups,
    )
    return tables.with_basis(
        arrays["basis"], prospects_in(words["prospects"]), records_in(words["records"], count)
    )


def what_was_said(name: str | Path) -> dict[str, str]:
    """Return every choice and default of an import, by what it is about; raises as loading."""
    return dict(_read(name)[1]["said"])


def own_outlines(name: str | Path) -> Rings:
    """Return the outlines of an imported economy's regions by code; raises as loading."""
    return dict(json.loads(_read(name)[0]["outlines"].tobytes()))


def _read(name: str | Path) -> tuple[Arrays, Words]:
    folder = place_of(name)
    if not folder.is_dir():
        kept = economies_folder()
        known = [each.name for each in kept.iterdir() if each.is_dir()] if kept.is_dir() else []
        hint = nearest(str(name), known) if known else "import one with: quotapolis data import"
        raise InputError(f"{name}: there is no such economy; {hint}")
    try:
        arrays = read_arrays(folder, ARRAYS, OWNER)
        words = json.loads(arrays["labels"].tobytes())
    except (Damaged, ValueError) as error:
        raise InputError(f"{error}; import the economy again") from error
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError) as error:
        raise InputError(
            f"{error.filename or folder}: {error.strerror}; is it an imported economy?"
        ) from error
    except OSError as error:  # of the machine: no fault of the folder's
        error.filename = error.filename or str(folder)
        raise
    if words["layout"] != LAYOUT:
        raise InputError(f"{folder}: was imported by another version; import it again")
    return arrays, words
