"""The seal of claims beside a comparison: what they were made of, and that their files stand."""

import hashlib
import json
from pathlib import Path

from analysis.experiment.identity import analysis_mark
from analysis.experiment.recorded import read_manifest
from analysis.experiment.seal import file_hash
from data.atomic import atomic
from scenarios.experiment import Experiment
from scenarios.uncertainties import drawn_keys

SEAL = "seal.json"


def made_of(asked: Experiment, folder: Path, worlds: int | None, *, regions: bool) -> str:
    """Return the hash of all that decides the claims beside the results in a folder.

    Empty where the folder has no manifest of its own, as where arms differ in years.
    """
    path = folder / "manifest.json"
    if not path.exists():
        return ""
    said = {
        "experiment": asked.model_dump(mode="json", exclude={"replications"}),
        "drawn": [one.key for one in drawn_keys(asked)],
        "ground": read_manifest(path).identity,
        "analysis": analysis_mark(),
        "worlds": worlds,
        "regions": regions,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def unbroken(place: Path, of: str) -> bool:
    """Return whether the claims there were made of this, and all files are as they were written."""
    try:
        known = json.loads((place / SEAL).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(of) and known == {"of": of, "files": _files(place)}


def seal(place: Path, of: str) -> None:
    """Write the seal of the claims there; none where nothing tells what they were made of."""
    if of:
        words = json.dumps({"of": of, "files": _files(place)})
        with atomic(place / SEAL) as draft:
            draft.write_text(words, encoding="utf-8")


def _files(place: Path) -> dict[str, str]:
    """Return the hash of every file by its name, but of the seal and hidden ones."""
    return {
        path.relative_to(place).as_posix(): file_hash(path)
        for path in sorted(place.rglob("*"))
        if path.is_file() and path.name != SEAL and not path.name.startswith(".")
    }
