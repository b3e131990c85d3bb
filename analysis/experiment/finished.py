"""Finished results as their readers find them: tables made, and files as they were written."""

from collections.abc import Iterable
from pathlib import Path

from analysis.experiment.recorded import Recorded, manifests, no_results, read_manifest
from analysis.experiment.seal import known_hash, read_seal
from data.errors import InputError

WAY_OUT = "compare (or run) with --resume writes it anew from runs/"


def finished(folder: str | Path, *names: str) -> Recorded:
    """Return the manifest of finished results, whose files of these names are as they were made.

    Raises
    ------
    InputError
        If the directory holds none, its tables are not made yet, or a file is another.
    """
    place = require_results(folder)
    said = read_manifest(place / "manifest.json")
    if not said.digest:
        raise InputError(f"{place}: its tables are not made yet; finish it with --resume")
    _check(place, said, names)
    return said


def check_written(folder: Path, *names: str) -> None:
    """Refuse files that are not as they were made, where a manifest tells.

    Raises
    ------
    InputError
        If one is another, or missing.
    """
    path = folder / "manifest.json"
    if path.is_file():
        _check(folder, read_manifest(path), names)


def _check(folder: Path, said: Recorded, names: Iterable[str]) -> None:
    seal = read_seal(said.words.get("seal"))
    files = {} if seal is None else seal.files
    for name in names:
        path = folder / name
        if name in files and known_hash(path) != files[name]:
            state = "not as it was written" if path.exists() else "missing"
            raise InputError(f"{path}: {state}; {WAY_OUT}")


def require_results(folder: str | Path) -> Path:
    """Return a results directory as a path; raises InputError if it is none, or has shards only."""
    place = Path(folder)
    if not place.is_dir() or not manifests(place):
        raise no_results(place)
    if not (place / "manifest.json").is_file():
        raise InputError(f"{place}: holds shards only; join them first with quotapolis merge")
    return place


def damaged(path: Path, why: object) -> InputError:
    """Return the mistake that a table cannot be read."""
    reason = str(why).partition("\n")[0] or type(why).__name__
    return InputError(f"{path}: unreadable ({reason}); {WAY_OUT}")
