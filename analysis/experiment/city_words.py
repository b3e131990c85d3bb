"""Table of cities for readers: codes as words, and who each city is beside what it does."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import pandas as pd
import pyarrow.parquet as pq

from analysis.experiment.finished import check_written, damaged
from analysis.experiment.old_columns import check_columns
from analysis.experiment.run_file import CITY_SCHEMA, FEW_SCHEMA
from data.errors import InputError, nearest
from model.behaviour.payoffs import ACTIONS
from model.classes.beneficiaries import Beneficiary
from simulation.columns import WHOLE

CLASSES = tuple(kind.label for kind in Beneficiary)
"""Words of the classes, each at its number."""
T = TypeVar("T")


def read_cities(
    folder: str | Path,
    columns: str | Sequence[str] | None = None,
    *,
    arm: str | None = None,
    city: str | None = None,
    regions: bool = False,
) -> pd.DataFrame:
    """Return the table of cities of a results directory, actions and classes as words.

    Large: about 240 bytes a row with all columns, and a row each arm, replication, year and city.

    Parameters
    ----------
    columns
        The columns to read, or one; all if absent.
    arm
        The arm whose first replication is read alone; all runs if absent.
    city
        The code of the region whose rows are read alone; all cities if absent.
    regions
        Whether to put the columns of `regions.csv` beside: province, people, income, cluster …

    Raises
    ------
    InputError
        If the directory holds no such table, it is not as it was written, or has no such column,
        arm or city; the message says what an old word is called now.
    """
    path = Path(folder) / "cities.parquet"
    columns = [columns] if isinstance(columns, str) else columns
    known = _reading(path, lambda: pq.read_schema(path)).names
    dropped = [name for name in columns or () if name in CITY_SCHEMA.names and name not in known]
    if dropped and known == FEW_SCHEMA.names:
        raise InputError(
            f"{folder}: {dropped[0]} was not kept, since outcomes alone were; compare again without"
            " --outcomes-only into another directory"
        )
    check_columns(columns or (), known)
    asked = None if columns is None else list(dict.fromkeys(columns))
    if regions and asked is not None and "region_code" not in asked:
        asked = ["region_code", *asked]
    rows = [] if arm is None else [("arm", "=", arm), ("replication", "=", 0)]
    rows += [] if city is None else [("region_code", "=", city)]
    found = _reading(path, lambda: pd.read_parquet(path, columns=asked, filters=rows or None))
    if found.empty:
        _require_known(path, {"arm": arm, "region_code": city})
    table = in_words(found)
    return table if not regions else _beside(table, read_regions(folder))


def read_regions(folder: str | Path) -> pd.DataFrame:
    """Return who the cities are: `regions.csv` of a results directory, codes as words.

    Raises
    ------
    InputError
        If the directory holds no such table, or it is not as it was written.
    """
    path = Path(folder) / "regions.csv"
    codes = {"region_code": str, "province_code": str}
    return _reading(path, lambda: pd.read_csv(path, dtype=codes))


def _reading(path: Path, read: Callable[[], T]) -> T:
    """Return what is read of a table of results, if it is as it was written."""
    check_written(path.parent, path.name)
    try:
        return read()
    except FileNotFoundError as error:
        raise InputError(
            f"{path.parent}: holds no {path.name}; name a results directory"
        ) from error
    except (OSError, ValueError) as error:  # those of pyarrow are among them
        raise damaged(path, error) from error


def _require_known(path: Path, asked: Mapping[str, str | None]) -> None:
    for column, word in asked.items():
        known = pd.read_parquet(path, columns=[column])[column].astype(str).unique()
        if word is not None and word not in known:
            what = "arm" if column == "arm" else "code of a city"
            raise InputError(f"{path}: {word!r} is no {what} there; {nearest(str(word), known)}")


def in_words(cities: pd.DataFrame) -> pd.DataFrame:
    """Return a table of cities whose codes are categories of words: actions and classes."""
    kinds = {name: pd.CategoricalDtype(_words(name)) for name in WHOLE if name in cities}
    named = {
        name: pd.Categorical.from_codes(cities[name].to_numpy(dtype="int64"), dtype=kind)
        for name, kind in kinds.items()
    }
    return cities.assign(**named)


def _words(column: str) -> list[str]:
    return list(ACTIONS if column == "action" else CLASSES)


def _beside(cities: pd.DataFrame, regions: pd.DataFrame) -> pd.DataFrame:
    known = regions.set_index("region_code")
    names = [str(name) for name in known if name not in cities]
    places = known.index.get_indexer(pd.Index(cities["region_code"].astype(str)))
    return cities.assign(**{name: known[name].to_numpy()[places] for name in names})
