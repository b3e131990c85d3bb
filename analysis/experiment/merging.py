"""Merging: the results of an experiment's shards brought into one complete directory."""

import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from analysis.experiment.arguments import require_true_or_false
from analysis.experiment.assessment import Comparison, assess
from analysis.experiment.grounds import Given, grounds
from analysis.experiment.results import Results
from analysis.experiment.run_key import RunKey, Shard, keys_of
from analysis.experiment.run_state import WAITING, RunState
from analysis.experiment.shard_folders import (
    best_known,
    manifests_of_one,
    places_of,
    sound_files,
)
from data.atomic import atomic
from data.errors import InputError
from data.importing.kept import load_imported, own_outlines
from model.compile.city_economy import Economy
from model.compile.compile import Progress, silent
from scenarios.experiment import Experiment


def merge(
    folders: str | Path | Sequence[str | Path],
    out: str | Path,
    *,
    economy: Economy | str | Path | None = None,
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
    require_true_or_false(pictures=pictures)
    named = [folders] if isinstance(folders, str | Path) else folders
    sources = [Path(folder) for folder in named]
    if not sources:
        raise InputError("folders: none is named; name those that hold the shards")
    outlines = None
    if isinstance(economy, str | Path):
        outlines, economy = own_outlines(economy), load_imported(economy)
    found = manifests_of_one(sources)
    experiment = max((said.experiment for said in found), key=lambda one: one.replications)
    known = best_known(found)
    places = places_of(keys_of(experiment), [Path(out), *sources])
    _check_complete(keys_of(experiment), places, known, found[0].shard)
    used = _economy(experiment, found[0].identity["economy"], economy, progress)
    cities = used.players.size
    few = found[0].outcomes_only
    results = Results(Path(out), experiment, found[0].identity, cities=cities, outcomes_only=few)
    sound = sound_files(places, results, progress)
    results.open(resume=True)
    for key, (place, content) in sound.items():
        kept = results.path(key)
        if place != kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            with atomic(kept) as draft:
                shutil.copyfile(place, draft)
        state = known.get(key.id, WAITING)
        state = state if state.done else RunState("done")
        results.manifest.states[key.id] = replace(state, content=content)
    for key in results.keys:
        if key not in sound:
            results.manifest.states[key.id] = known.get(key.id, WAITING)
    results.manifest.write()
    return assess(results, used, pictures, progress, outlines)


def _check_complete(
    keys: Sequence[RunKey], places: Collection[RunKey], known: Mapping[str, RunState], shard: Shard
) -> None:
    missing = [
        place
        for place, key in enumerate(keys)
        if key not in places and known.get(key.id, WAITING).state != "failed"
    ]
    if missing:
        of = shard.of
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
    given = None if economy is None else Given(economy, economy)
    ready = grounds(experiment, given, progress, lambda _: None)
    if ready.mark[:16] != mark:
        raise InputError(
            f"the runs were made with another economy ({mark}) than the one at hand"
            f" ({ready.mark[:16]});"
            " merge with the version of Quotapolis and the cached economy that made them"
        )
    return ready.economy
