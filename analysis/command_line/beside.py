"""What stands beside every comparison: in how many worlds its claims hold."""

import hashlib
import json
from importlib.util import find_spec
from pathlib import Path

from analysis.command_line.terminal import Bar
from analysis.experiment.identity import analysis_mark
from analysis.experiment.recorded import read_manifest
from data.atomic import atomic
from scenarios.experiment import Experiment
from scenarios.uncertainties import COMPILE, drawn_keys, unsourced

FOLDER = "robustness"
"""Within the results directory."""
SEAL = "seal.json"
"""What a finished study was made of, and the hash of each of its files."""


def claims_beside(
    asked: Experiment,
    folder: Path,
    worlds: int | None,
    workers: int | None,
    executor: str | None,
    economy: str | None,
    bar: Bar,
) -> None:
    """Run a small robustness study of a comparison; none where there is nothing to compare or draw.

    Worlds that the directory holds are kept, whatever the number of replications. A finished study
    whose files stand as they were written is not made anew.
    """
    here = tuple(one for one in asked.uncertainties if not one.key.startswith(COMPILE))
    left = len(here) < len(asked.uncertainties)
    asked = asked.model_copy(update={"uncertainties": here})
    if worlds == 0 or len(asked.arms) < 3 or not drawn_keys(asked):
        return
    if left:
        bar.message(f"{COMPILE}* are left to quotapolis robustness, which compiles economies.")
    if said := unsourced(drawn_keys(asked)):
        bar.message(said)
    place = folder / FOLDER
    regions = find_spec("sklearn") is not None
    made_of = _made_of(asked, folder, worlds, regions=regions)
    if made_of and _seal(place) == {"of": made_of, "files": _files(place)}:
        return
    from analysis.figures.claims import draw_claims  # here: both load slowly
    from analysis.uncertainty.robustness import robustness, small

    done = robustness(
        asked,
        worlds=worlds or small(asked),
        kind="halton",
        workers=workers,
        executor=executor,
        economy=economy,
        out=place,
        resume=True,
        anew=True,
        regions=regions,
        progress=bar.progress,
        message=bar.message,
    )
    draw_claims(done.claims, done.drawn_regions(), done.folder / "figures")
    if made_of and not done.worlds.failures:
        seal = {"of": made_of, "files": _files(place)}
        with atomic(place / SEAL) as draft:
            draft.write_text(json.dumps(seal), encoding="utf-8")


def _made_of(asked: Experiment, folder: Path, worlds: int | None, *, regions: bool) -> str:
    """Return the hash of all that decides the study; empty where no one manifest tells it."""
    path = folder / "manifest.json"
    if not path.exists():
        return ""
    said = {
        "experiment": asked.model_dump(mode="json", exclude={"replications"}),
        "ground": read_manifest(path).identity,
        "analysis": analysis_mark(),
        "worlds": worlds,
        "regions": regions,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _files(place: Path) -> dict[str, str]:
    """Return the hash of every file of a study by its name, but of its seal and hidden ones."""
    return {
        path.relative_to(place).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(place.rglob("*"))
        if path.is_file() and path.name != SEAL and not path.name.startswith(".")
    }


def _seal(place: Path) -> object:
    try:
        return json.loads((place / SEAL).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
