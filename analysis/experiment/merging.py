"""Merging: the results of an experiment's shards brought into one complete directory."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from analysis.experiment.assessment import Comparison, assess
from analysis.experiment.drawing import keep_draws
from analysis.experiment.identity import economies_identity, given_identity
from analysis.experiment.manifest import WAITING, RunState, held, manifests, states
from analysis.experiment.results import Results
from analysis.experiment.run_file import SUFFIX
from analysis.experiment.run_key import RunKey, keys_of, read_shard
from data.atomic import atomic
from data.compiled.cache import load_economy
from data.errors import InputError
from model.compile.city_economy import Economy
from model.compile.compile import Progress, silent
from scenarios.experiment import Experiment


def merge(
    folders: Sequence[str | Path],
    out: str | Path,
    *,
    economy: Economy | None = None,
    pictures: bool = True,
    progress: Progress = silent,
) -> Comparison:
    """Join the results of shards, and return the comparison that the whole experiment gives.

    Every run must be done, or have failed, in one of the folders. `out` may be one of them. The
    tables have the digest of an experiment run whole.

    Raises
    ------
    InputError
        If a folder holds no results or those of another experiment, runs are missing, the economy
        is another one, or `out` holds anything else.
    """
    sources = [Path(folder) for folder in folders]
    first, known = _common(sources)
    experiment = _experiment(first, sources[0])
    places = _places(keys_of(experiment), sources)
    _check_complete(keys_of(experiment), places, known, first["shard"])
    used = _economy(experiment, first["identity"]["economy"], economy, progress)
    results = Results(Path(out), experiment, first["identity"])
    results.open(resume=True)
    for number, (key, place) in enumerate(places.items()):
        if not results.path(key).exists():
            with atomic(results.path(key)) as draft:
                shutil.copyfile(place, draft)
        progress("runs", number + 1, len(places))
    for key in results.keys:
        state = known.get(key.id, WAITING)
        results.manifest.states[key.id] = (
            RunState("done") if key in places and not state.done else state
        )
    results.manifest.write()
    return assess(results, used, pictures, progress)


def _common(sources: Sequence[Path]) -> tuple[dict[str, Any], dict[str, RunState]]:
    """Return a manifest of the experiment that all folders belong to, and what all record."""
    found = [(folder, path) for folder in sources for path in manifests(folder)]
    for folder in sources:
        if not manifests(folder):
            raise InputError(f"{folder}: no results directory (it has no manifest)")
    contents = [(folder, held(path)) for folder, path in found]
    begun, first = contents[0]
    known: dict[str, RunState] = {}
    for folder, content in contents:
        differs = [
            name
            for name, value in first["identity"].items()
            if content["identity"].get(name) != value
        ]
        if differs:
            raise InputError(
                f"{folder}: holds another experiment than {begun} (other {', '.join(differs)});"
                " merge shards of one experiment only"
            )
        news = states(content)
        known |= {run: state for run, state in news.items() if not _better(known.get(run), state)}
    return first, known


def _better(one: RunState | None, other: RunState) -> bool:
    order = ("waiting", "failed", "done")
    return one is not None and order.index(one.state) > order.index(other.state)


def _experiment(content: dict[str, Any], folder: Path) -> Experiment:
    try:
        return Experiment.model_validate_json(json.dumps(content["experiment"]))
    except (KeyError, ValidationError) as error:
        raise InputError(
            f"{folder}: its experiment cannot be read by this version of Quotapolis ({error})"
        ) from error


def _places(keys: Sequence[RunKey], sources: Sequence[Path]) -> dict[RunKey, Path]:
    places: dict[RunKey, Path] = {}
    for key in keys:
        for folder in sources:
            path = folder / "runs" / f"{key.id}{SUFFIX}"
            if path.exists():
                places.setdefault(key, path)
    return places


def _check_complete(
    keys: Sequence[RunKey], places: dict[RunKey, Path], known: dict[str, RunState], shard: str
) -> None:
    missing = [
        place
        for place, key in enumerate(keys)
        if key not in places and known.get(key.id, WAITING).state != "failed"
    ]
    if missing:
        of = read_shard(shard).of
        parts = sorted({place % of + 1 for place in missing})
        shards = f" (shard {_listed([f'{part}/{of}' for part in parts])})" if of > 1 else ""
        raise InputError(
            f"{len(missing)} of {len(keys)} runs are missing:"
            f" {_listed([keys[place].id for place in missing])}{shards}; give the folders that"
            " hold them, or run them with --shard and --resume"
        )


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words[:5]) + (f" and {len(words) - 5} more" if len(words) > 5 else "")


def _economy(
    experiment: Experiment, mark: str, economy: Economy | None, progress: Progress
) -> Economy:
    year = experiment.arms[0].scenario.horizon.base_year
    if economy is None:
        used = load_economy(year, progress=progress)
        keep_draws(experiment, progress)
        mine = economies_identity(experiment)
    else:
        used, mine = economy, given_identity(economy)
    if mine[:16] != mark:
        raise InputError(
            f"the runs were made with another economy ({mark}) than the one at hand ({mine[:16]});"
            " merge with the version of Quotapolis and the cached economy that made them"
        )
    return used
