"""Running the worlds of an experiment: on all processors, and never one twice."""

import hashlib
import json
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

from analysis.experiment.executors import PoolSource
from analysis.experiment.grounds import Given, grounds
from analysis.experiment.identity import (
    BESIDE,
    outcomes_mark,
    version_mark,
)
from analysis.experiment.interrupt import Interrupted
from analysis.experiment.own_words import own_words, packed_words, source_of
from analysis.experiment.running import Message, do_all, equal_parts
from analysis.experiment.worker_pool import WorkerPool
from analysis.experiment.workers import WorkerContext, worker_name
from analysis.outcomes.outcomes import OUTCOMES
from analysis.uncertainty.city_answers import CityAnswers
from analysis.uncertainty.designs import Design
from analysis.uncertainty.drawn_assumptions import keep_economies, places_of
from analysis.uncertainty.world_store import KeptWorld, WorldStore
from analysis.uncertainty.world_task import WorldDone, WorldTask, run_worlds_of
from analysis.uncertainty.worlds import Worlds
from data.errors import InputError
from model.compile.compile import Progress
from scenarios.experiment import Experiment
from scenarios.uncertainty import Uncertainty

MEASURED = 4
"""Worlds after which it is said how long all take."""
AT_ONCE = 16
"""Worlds that are run together at most."""
LONG = 2.0
"""Minutes from which on that is worth a word."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where worlds are run and kept."""

    folder: Path
    pool_source: PoolSource
    progress: Progress
    message: Message
    resume: bool = False
    """Go on with the worlds that the folder holds."""
    anew: bool = False
    """Begin anew where the folder holds worlds of another study."""
    given: Given | None = None
    """Economy instead of the compiled one of the experiment's base year."""
    minutes: float | None = None
    """A study that takes longer is refused once its first worlds have shown it."""
    option: str = "--worlds"
    """Option that says how large a study is."""
    per: int = 1
    """Worlds of each unit of that size."""
    allowed: Callable[[int], int] = int
    """Largest size that the design has, not above another; 0 if there is none."""


class NoWorld(InputError):
    """No world of a study could be run."""

    def __init__(self, folder: Path, failures: Mapping[int, str]) -> None:
        first = next(iter(failures.values()), "none was begun")
        super().__init__(f"{folder}: no world could be run; the first: {first}")
        self.failures = failures
        """Why, by the number of the world."""


def run_worlds(
    experiment: Experiment,
    uncertainties: Sequence[Uncertainty],
    design: Design,
    place: Place,
    luck: Callable[[int], int] = int,
) -> Worlds:
    """Run every arm in every point of a design; finished worlds are kept in the folder.

    `luck` tells the replication of a world: its own number unless said otherwise. All arms of a
    world share it, so that their differences are paired.

    Raises
    ------
    InputError
        If the folder holds something else, or the user interrupts.
    NoWorld
        If none could be run.
    """
    context, mark, regions = _context(experiment, uncertainties, design, place, luck)
    shape = len(experiment.arms), len(OUTCOMES)
    store = WorldStore(place.folder, mark, shape[0] * shape[1])
    held = store.open(place.resume, place.anew)
    kept = {number: world for number, world in held.items() if number < len(design.shares)}
    failures: dict[int, str] = {}
    arms = tuple((arm.name, arm.scenario) for arm in experiment.arms)
    references = tuple(experiment.reference_of(arm.name) for arm in experiment.arms)
    places = places_of(uncertainties)
    points = {
        number: tuple(map(float, design.shares[number][places]))
        for number in range(len(design.shares))
        if number not in kept
    }
    broken = keep_economies(experiment, uncertainties, points.values(), place.progress)
    failures |= {number: broken[point] for number, point in points.items() if point in broken}
    tasks = [
        WorldTask(
            context.mark, numbers, arms, references, tuple(uncertainties),
            design.shares[[*numbers]], experiment.seed, tuple(map(luck, numbers)), economy,
        )
        for economy, numbers in _blocks(
            [number for number in points if number not in failures],
            lambda number: (experiment.economy_of(luck(number)), points[number]),
        )
    ]  # fmt: skip
    todo = sum(len(task) for task in tasks)
    again: list[WorldTask] = []
    taken: list[float] = []
    crew = [1]

    def begin(pool: WorkerPool) -> None:
        crew[0] = pool.workers
        tell()

    def tell() -> None:
        place.progress("worlds", len(kept) + len(failures), len(design.shares))

    def done(task: WorldTask, worlds: list[WorldDone | BaseException]) -> None:
        before = len(taken)
        for number, world in zip(task.numbers, worlds, strict=True):
            if isinstance(world, BaseException):
                failures[number] = str(world)
                continue
            kept[number] = KeptWorld(world.values.reshape(-1), world.cities.tobytes())
            store.keep(number, kept[number])
            taken.append(world.seconds)
        tell()
        if before < MEASURED <= len(taken):
            _tell_time(taken, todo, crew[0], place)

    def failed(task: WorldTask, error: BaseException) -> None:
        if len(task) > 1:
            place.message(f"{len(task)} worlds go one by one: {error}")
            again.extend(task.one_by_one())
            return
        failures[task.numbers[0]] = str(error)
        tell()

    try:
        for waiting in (tasks, again):
            do_all(
                waiting, run_worlds_of, place.pool_source, context, begin, done, failed,
                lambda: None, place.message,
            )  # fmt: skip
    except KeyboardInterrupt as stop:
        raise Interrupted(
            f"interrupted after {len(kept)} of {len(design.shares)} worlds; they are kept in"
            f" {place.folder}; go on with --resume",
            getattr(stop, "number", signal.SIGINT),
        ) from None
    finally:
        store.write()
    if not kept:
        raise NoWorld(place.folder, failures)
    numbers = np.array(sorted(kept))
    return Worlds(
        arms=tuple(arm.name for arm in experiment.arms),
        reference=experiment.reference,
        references=references,
        uncertainties=tuple(uncertainties),
        shares=design.shares[numbers],
        numbers=numbers,
        values=np.stack([kept[number].values for number in numbers]).reshape(-1, *shape),
        cities=CityAnswers(*regions, tuple(kept[number].cities for number in numbers)),
        failures=failures,
        seconds=float(np.mean(taken)) if taken else np.nan,
    )


def _blocks(
    numbers: Sequence[int], ground: Callable[[int], tuple[int, tuple[float, ...]]]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield worlds of one ground, economy and assumptions, in parts for every processor."""
    for (economy, _), found in groupby(sorted(numbers, key=ground), ground):
        worlds, processors = [*found], os.cpu_count() or 1
        most = min(AT_ONCE, -(-len(worlds) // processors))
        yield from ((economy, part) for part in equal_parts(worlds, most))


def _tell_time(taken: Sequence[float], todo: int, workers: int, place: Place) -> None:
    """Say how long a large study takes.

    Raises
    ------
    InputError
        If it takes longer than there is time.
    """
    minutes = float(np.mean(taken)) * todo / workers / 60
    told = f"{todo} worlds take about {in_minutes(minutes)}"
    if place.minutes is not None and minutes > place.minutes:
        fits = int(todo * place.minutes / minutes)
        size = place.allowed(fits // place.per)
        smaller = f"about {fits} would fit: {place.option} {size}" if size else "none would fit"
        raise InputError(
            f"{told}, not {place.minutes:g} minutes: {smaller}; those done are kept in"
            f" {place.folder}"
        )
    if minutes > LONG:
        place.message(f"{told}; what is done is kept, and --resume goes on.")


def in_minutes(minutes: float) -> str:
    """Return a time in words: "12 minutes", "40 seconds"."""
    return f"{minutes:.0f} minutes" if minutes >= LONG else f"{60 * minutes:.0f} seconds"


def _context(
    experiment: Experiment,
    uncertainties: Sequence[Uncertainty],
    design: Design,
    place: Place,
    luck: Callable[[int], int],
) -> tuple[WorkerContext, str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return what workers need, the mark of the study, and codes and names of the cities."""
    ready = grounds(experiment, place.given, place.progress, place.message)
    words = own_words(experiment)
    asked = experiment.model_dump(mode="json", exclude=BESIDE)
    drawn = [one.model_dump(mode="json", exclude={"source", "unit"}) for one in uncertainties]
    lucks = [luck(number) for number in range(0 if design.grows else len(design.shares))]
    code = [version_mark(), outcomes_mark(), *map(_text, map(source_of, words))]
    material = json.dumps([asked, drawn, lucks, ready.mark, code], sort_keys=True).encode()
    mark = hashlib.sha256(material + design.material).hexdigest()[:16]
    packed = packed_words(words)
    regions, players = ready.economy.regions, ready.economy.players
    cities = tuple(tuple(words[r] for r in players) for words in (regions.codes, regions.names))
    context = WorkerContext(mark, version_mark(), ready.source, packed, worker_name())
    return context, mark, (cities[0], cities[1])


def _text(source: bytes) -> str:
    return hashlib.sha256(source).hexdigest()
