"""Sensitivity of an experiment: which uncertain numbers decide levels, differences and ranks."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.experiment.comparison import chosen, no_message
from analysis.experiment.executors import pool_source
from analysis.experiment.grounds import Handed, given_economy
from analysis.experiment.processes import RUN_LIMIT
from analysis.experiment.running import Message
from analysis.outcomes.amounts import check_outcomes
from analysis.uncertainty.city_indices import city_indices
from analysis.uncertainty.designs import Design, design, fitting, size_of
from analysis.uncertainty.indices import FEWEST, MAIN, METHODS, block_size, complete
from analysis.uncertainty.quantities import Quantity, quantities
from analysis.uncertainty.running import Place, run_worlds
from analysis.uncertainty.worlds import Worlds
from data.atomic import atomic
from data.errors import InputError, nearest
from data.importing.map_file import Rings
from model.compile.compile import Progress, silent
from scenarios.experiment import Experiment
from scenarios.plugins import Plugins
from scenarios.ranges import ranges
from scenarios.reading import Settings
from scenarios.uncertainties import drawn_keys
from scenarios.uncertainty import Uncertainty

OF = ("emissions", "abatement_cost", "burden_poor", "free_riding", "strong_scored")
"""Outcomes that are explained unless others are asked for."""
ENDS = ["value", "low", "high"]
"""Columns of an index and its interval."""
SIZES = {"morris": 10, "sobol": 64, "one_at_a_time": 2}
"""Paths, base points, and steps of each number, unless said otherwise."""


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Indices of every quantity, and what decides on the whole."""

    experiment: Experiment
    folder: Path
    method: str
    worlds: Worlds
    indices: pd.DataFrame
    """A row a quantity, key and index: kind, outcome, arm, other, key, index, value, low, high."""
    convergence: pd.DataFrame
    """A row a size: the part of the design, and how far its shares lie from those of all, 1."""
    cities: pd.DataFrame
    """What decides each city; see `analysis.uncertainty.city_indices`."""
    outlines: Rings | None = None
    """Of an imported economy's regions, if it has a map."""

    def shares(self) -> pd.DataFrame:
        """Return each key's share in the effects on a quantity, mean over arms; see `shares_of`."""
        return shares_of(self.indices, self.method)

    def deciding(self, most: int = 3) -> dict[tuple[str, str], list[tuple[str, float]]]:
        """Return the few keys that decide each outcome, by kind of quantity, with their shares."""
        table = self.shares()
        return {
            (str(kind), str(outcome)): [
                (str(key), float(share))
                for key, share in rows.set_index("key")["share"].nlargest(most).items()
            ]
            for (kind, outcome), rows in table.groupby(["kind", "outcome"], sort=False)
        }


def sensitivity(
    experiment: str | Path | Experiment,
    settings: Settings = (),
    *,
    plugin: Plugins = (),
    method: str = "morris",
    size: int | None = None,
    keys: Sequence[str] | None = None,
    of: Sequence[str] | None = None,
    lucks: int = 1,
    minutes: float | None = None,
    out: str | Path | None = None,
    resume: bool = False,
    workers: int | None = None,
    executor: Executor | str | None = None,
    run_limit: float = RUN_LIMIT,
    economy: Handed = None,
    progress: Progress = silent,
    message: Message = no_message,
) -> Sensitivity:
    """Run a design of sensitivity analysis and return indices with intervals.

    Parameters
    ----------
    method
        "morris" (screening: which of many numbers matter), "sobol" (shares of variance, for a few
        numbers) or "one_at_a_time" (a tornado about the middle of all ranges).
    size
        Paths, base points (a power of two), or steps of each number (two at least).
    keys
        Only these uncertain numbers, or others that have a range; all else keeps the experiment's
        own values.
    of
        Words of outcomes; those of the experiment if absent, or five that matter.
    lucks
        Repetitions of the design with other random numbers; all points of one share them.

    Raises
    ------
    InputError
        If a word is not known, or the folder is not what it should be, or the user interrupts.
    """
    if method not in METHODS:
        raise InputError(f"--method {method}: unknown; {nearest(method, METHODS)}")
    check_outcomes("--of", of or ())
    if lucks < 1:
        raise InputError(f"--lucks {lucks}: at least one is needed")
    given, settings = given_economy(economy, settings)
    asked = chosen(experiment, settings, None, None, None, plugin)
    explained_ones = tuple(of or asked.outcomes or OF)
    uncertainties = _some(asked, keys)
    once = design(method, uncertainties, size or SIZES[method], asked.seed % 2**32)
    points = Design(method, np.tile(once.shares, (lucks, 1)))
    folder = Path("results") / f"{asked.name}-{method}" if out is None else Path(out)
    workers_from = pool_source(executor, workers, run_limit)
    count = len(once.shares)
    per = lucks * -(-size_of(method, len(uncertainties), 2) // 2)
    place = Place(
        folder, workers_from, progress, message, resume, given=given, minutes=minutes,
        option="--size", per=per, allowed=partial(fitting, method),
    )  # fmt: skip
    worlds = run_worlds(asked, uncertainties, points, place, lambda number: number // count)
    explained = list(quantities(_all_points(worlds, points), explained_ones))
    indices = pd.DataFrame(
        [row for one in explained for row in _rows(one, method, worlds.keys, points, count)]
    )
    if indices.empty:
        raise InputError(
            f"{', '.join(explained_ones)}: the same in all worlds, or missing in most, so that"
            " nothing can be explained; take a larger --size, or other outcomes with --of"
        )
    done = Sensitivity(
        asked, folder, method, worlds, indices,
        _convergence(explained, method, worlds.keys, points, count),
        city_indices(worlds, method, count), None if given is None else given.outlines,
    )  # fmt: skip
    _write(done)
    return done


def shares_of(indices: pd.DataFrame, method: str) -> pd.DataFrame:
    """Return each key's share in the sum of effects, mean over arms, by kind and outcome.

    Columns: kind, outcome, key, share, and low and high, the ends that those of the effect give.
    """
    main = indices[indices["index"] == MAIN[method]].copy()
    if method == "one_at_a_time":
        main = _larger_ends(main, indices[indices["index"] == "at_low"])
    main[ENDS] = main[ENDS].clip(lower=0)
    total = main.groupby(["kind", "outcome", "arm"])["value"].transform("sum")
    main[ENDS] = main[ENDS].div(total.where(total > 0), axis=0)
    grouped = main.groupby(["kind", "outcome", "key"], sort=False)[ENDS].mean().clip(upper=1)
    return grouped.rename(columns={"value": "share"}).reset_index()


def _larger_ends(high: pd.DataFrame, low: pd.DataFrame) -> pd.DataFrame:
    """Return the larger of the effects of both ends of a range, by size, with its interval."""
    rows = []
    for one, other in zip(high.to_dict("records"), low.to_dict("records"), strict=True):
        more = one if abs(one["value"]) >= abs(other["value"]) else other
        half, size = more["high"] - more["value"], abs(more["value"])
        rows.append({**one, "value": size, "low": size - half, "high": size + half})
    return pd.DataFrame(rows, columns=high.columns)


def _some(experiment: Experiment, keys: Sequence[str] | None) -> tuple[Uncertainty, ...]:
    """Return the uncertain numbers, or those of some keys: of any that has a range."""
    drawn = drawn_keys(experiment)
    if keys is None:
        return drawn
    known = ranges() | {one.key: one for one in drawn}
    for key in keys:
        if key not in known:
            raise InputError(f"--keys {key}: has no range; {nearest(key, known)}")
    chosen = experiment.model_copy(update={"uncertainties": tuple(known[key] for key in keys)})
    found = drawn_keys(chosen)
    left = [key for key in keys if key not in {one.key for one in found}]
    if left:
        raise InputError(f"--keys {left[0]}: the arms differ in it, or set it, or use no such word")
    return found


def _all_points(worlds: Worlds, points: Design) -> Worlds:
    """Return the worlds with those that could not be run as missing, in the order of the design."""
    values = np.full((len(points.shares), *worlds.values.shape[1:]), np.nan)
    values[worlds.numbers] = worlds.values
    numbers = np.arange(len(values))
    return Worlds(
        worlds.arms, worlds.reference, worlds.uncertainties, points.shares, numbers, values,
        worlds.failures, worlds.seconds, references=worlds.references,
    )  # fmt: skip


def _analysed(
    one: Quantity, method: str, keys: tuple[str, ...], points: Design, count: int, part: float
) -> Iterator[tuple[str, np.ndarray, np.ndarray, np.ndarray]]:
    """Return indices of a quantity from a part of the design, joined over repetitions of luck."""
    size = block_size(method, len(keys))
    used = max(int(part * count) // size, 1) * size if method != "one_at_a_time" else count
    found: dict[str, list[tuple[np.ndarray, np.ndarray, np.ndarray]]] = {}
    parts = [slice(start, start + used) for start in range(0, len(points.shares), count)]
    if method == "one_at_a_time":
        parts = [slice(0, len(points.shares))]
    for chosen_part in parts:
        shares, values = points.shares[chosen_part], one.values[chosen_part]
        whole = complete(method, shares, values)
        if method == "one_at_a_time":
            whole = np.repeat((~np.isnan(values)).reshape(-1, count).all(axis=1), count)
        if whole.sum() < FEWEST * size * (method != "one_at_a_time") or not whole.any():
            continue
        if np.ptp(values[whole]) == 0:
            continue
        for index in METHODS[method](keys, shares[whole], values[whole], 0, count):
            found.setdefault(index.name, []).append((index.value, index.low, index.high))
    for name, several in found.items():
        value, low, high = (np.stack(column) for column in zip(*several, strict=True))
        yield name, value.mean(axis=0), low.min(axis=0), high.max(axis=0)


def _rows(
    one: Quantity, method: str, keys: tuple[str, ...], points: Design, count: int
) -> Iterator[dict[str, object]]:
    for name, value, low, high in _analysed(one, method, keys, points, count, 1.0):
        for place, key in enumerate(keys):
            yield {
                "method": method, "kind": one.kind, "outcome": one.outcome, "arm": one.arm,
                "other": one.other, "key": key, "index": name, "value": value[place],
                "low": low[place], "high": high[place],
            }  # fmt: skip


def _convergence(
    explained: Sequence[Quantity], method: str, keys: tuple[str, ...], points: Design, count: int
) -> pd.DataFrame:
    """Return how far the shares of a half and of three quarters lie from those of the whole."""
    rows = []
    if method != "one_at_a_time":
        whole = [_main(one, method, keys, points, count, 1.0) for one in explained]
        for part in (0.5, 0.75):
            some = [_main(one, method, keys, points, count, part) for one in explained]
            gaps = [
                0.5 * np.abs(this - that).sum()
                for this, that in zip(some, whole, strict=True)
                if this is not None and that is not None
            ]
            if gaps:
                rows.append({"part": part, "gap": float(np.mean(gaps)), "gap_most": max(gaps)})
    return pd.DataFrame(rows, columns=["part", "gap", "gap_most"])


def _main(
    one: Quantity, method: str, keys: tuple[str, ...], points: Design, count: int, part: float
) -> np.ndarray | None:
    for name, value, _, _ in _analysed(one, method, keys, points, count, part):
        if name == MAIN[method]:
            positive = np.maximum(value, 0.0)
            return positive / positive.sum() if positive.sum() > 0 else None
    return None


def _write(done: Sensitivity) -> None:
    with atomic(done.folder / "worlds.parquet") as draft:
        done.worlds.table().to_parquet(draft, index=False)
    tables = {
        "sensitivity": done.indices, "convergence": done.convergence, "shares": done.shares(),
        "cities": done.cities,
    }  # fmt: skip
    for name, table in tables.items():
        with atomic(done.folder / f"{name}.csv") as draft:
            table.to_csv(draft, index=False, encoding="utf-8")
