"""Folders of shards: what they record, and a sound file of each run that they hold."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.experiment.recorded import Recorded, manifests, read_manifest
from analysis.experiment.results import Results, damaged_runs
from analysis.experiment.run_key import RunKey
from analysis.experiment.run_reading import DamagedRun, content_hash, read_run
from analysis.experiment.run_state import RunState
from data.errors import InputError
from model.compile.compile import Progress


def manifests_of_one(sources: Sequence[Path]) -> list[Recorded]:
    """Return the manifests of the one experiment that all folders belong to.

    Raises
    ------
    InputError
        If a folder has no manifest, or one of another experiment.
    """
    for folder in sources:
        if not manifests(folder):
            raise InputError(f"{folder}: no results directory (it has no manifest)")
    found = [read_manifest(path) for folder in sources for path in manifests(folder)]
    first = found[0]
    for said in found:
        if differs := said.differs(first.identity):
            raise InputError(
                f"{said.path.parent}: holds another experiment than {first.path.parent} (other"
                f" {', '.join(differs)}); merge shards of one experiment only"
            )
    return found


def best_known(found: Sequence[Recorded]) -> dict[str, RunState]:
    """Return the best that is recorded of each run."""
    known: dict[str, RunState] = {}
    for said in found:
        known |= {
            run: state
            for run, state in said.runs.items()
            if run not in known or not known[run].better_than(state)
        }
    return known


def places_of(keys: Sequence[RunKey], sources: Sequence[Path]) -> dict[RunKey, list[Path]]:
    """Return the files of each run that has any."""
    places = {key: [folder / key.file for folder in sources] for key in keys}
    there = {key: [path for path in paths if path.exists()] for key, paths in places.items()}
    return {key: paths for key, paths in there.items() if paths}


def sound_files(
    places: Mapping[RunKey, Sequence[Path]], results: Results, progress: Progress
) -> dict[RunKey, tuple[Path, str]]:
    """Return a sound file of each run, and the hash of what is in it.

    Raises
    ------
    InputError
        If a run has none; all such are named.
    """
    sound: dict[RunKey, tuple[Path, str]] = {}
    damaged: dict[RunKey, str] = {}
    for number, (key, paths) in enumerate(places.items()):
        for path in paths:
            try:
                read_run(path, results.expected(key))
                sound[key] = path, content_hash(path)
                break
            except DamagedRun as mistake:
                damaged[key] = str(mistake)
        progress("runs", number + 1, len(places))
    if lost := {key: why for key, why in damaged.items() if key not in sound}:
        raise InputError(
            f"{damaged_runs(lost)}; do them anew where they are, by the command that made them and"
            " --resume, then merge again"
        )
    return sound
