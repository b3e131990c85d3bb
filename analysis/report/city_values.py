"""Values of every city by arm and year: means over replications, bands, and likeliest words."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import pyarrow.parquet as pq

from analysis.experiment.finished import damaged
from analysis.outcomes.welfare_courses import BAND
from analysis.report.finished_results import FinishedResults
from analysis.report.measures import BANK, RECEIVED, SHOWN, SPENT, WITH_BAND

WORDS = {"action": 5, "class_rolling": 4}
"""City columns of words, with the number of words of each."""
NO_WORD = 255
"""Where a city has none."""
NAMES = ("region_code", "city", "co2_estimated")


@dataclass(slots=True)
class CityValues:
    """Arrays by column, all (arm, year, city)."""

    names: dict[str, list[object]]
    """Region codes, names, and whether emissions are estimated; by column, in order."""
    means: dict[str, np.ndarray] = field(default_factory=dict)
    spreads: dict[str, np.ndarray] = field(default_factory=dict)
    """Half of a band for 95 % of replications, of the columns that have one."""
    likeliest: dict[str, np.ndarray] = field(default_factory=dict)
    """Position of the most frequent word, 255 for none."""
    agreement: dict[str, np.ndarray] = field(default_factory=dict)
    """Replications with that word, %."""
    unbalanced: float = 0.0
    """Largest amount by which a quota account fails to close, over all runs, t."""


def read_cities(results: FinishedResults) -> CityValues:
    """Read the table of the cities, one arm at a time.

    Raises
    ------
    InputError
        If the table is damaged or not that of the experiment.
    """
    try:
        return _read(results)
    except (OSError, ValueError, KeyError) as error:  # those of pyarrow are among them
        raise damaged(results.cities, error) from error


def _read(results: FinishedResults) -> CityValues:
    there = pq.read_schema(results.cities).names
    numbers = [name for name in _numbers() if name in there]
    words = [name for name in WORDS if name in there]
    first, last = results.years[0], results.years[-1]
    found: CityValues | None = None
    for place, arm in enumerate(results.names):
        rows = [("arm", "=", arm), ("year", ">=", first), ("year", "<=", last)]
        table = pq.read_table(results.cities, columns=[*NAMES, *numbers, *words], filters=rows)
        years = len(results.years)
        if found is None:
            runs = results.national["arm"].astype(str).eq(arm).sum() // years
            names = table.slice(0, len(table) // (runs * years))
            found = CityValues({name: names.column(name).to_pylist() for name in NAMES})
        shape = (-1, years, len(found.names["city"]))
        asked = [*numbers, *words]
        columns = {name: table.column(name).to_numpy().reshape(shape) for name in asked}
        _take(found, columns, place, len(results.names))
    if found is None:
        raise ValueError("it has no rows")
    return found


def _numbers() -> Iterable[str]:
    return dict.fromkeys((*SHOWN, *RECEIVED, *SPENT, BANK))


def _take(found: CityValues, columns: dict[str, np.ndarray], place: int, arms: int) -> None:
    """Take the runs of one arm; columns are (replication, year, city)."""
    for name, values in columns.items():
        if name in WORDS:
            kinds = np.stack([(values == kind).mean(axis=0) for kind in range(WORDS[name])])
            unknown = kinds.max(axis=0) == 0
            _row(
                found.likeliest, name, place, arms, np.where(unknown, NO_WORD, kinds.argmax(axis=0))
            )
            _row(found.agreement, name, place, arms, np.rint(100 * kinds.max(axis=0)))
            continue
        _row(found.means, name, place, arms, values.mean(axis=0))
        if name in WITH_BAND and len(values) > 1:
            spread = BAND * values.std(axis=0, ddof=1)
            _row(found.spreads, name, place, arms, spread)
    found.unbalanced = max(found.unbalanced, _unbalanced(columns))


def _row(of: dict[str, np.ndarray], name: str, place: int, arms: int, row: np.ndarray) -> None:
    of.setdefault(name, np.full((arms, *row.shape), np.nan))[place] = row


def _unbalanced(columns: dict[str, np.ndarray]) -> float:
    """Return the largest gap between what an account should hold and what it does, t."""
    if BANK not in columns:
        return 0.0
    bank = columns[BANK]
    before = np.concatenate([np.zeros_like(bank[:, :1]), bank[:, :-1]], axis=1)
    flows = np.zeros_like(bank)
    for names, sign in ((RECEIVED, 1.0), (SPENT, -1.0)):
        for name in names:
            flows += sign * columns[name] if name in columns else 0.0
    gaps = np.abs(np.nan_to_num(before) + flows - bank)
    known = gaps[np.isfinite(gaps)]
    return float(known.max()) if known.size else 0.0
