"""Where a page's numbers come from: versions, hashes and seed of its results, and the way back."""

import json
from typing import Any

from analysis.findings.claims import claims_of
from analysis.outcomes.bands import band_kind
from analysis.outcomes.shared_runs import shared_runs
from analysis.report.finished_results import FinishedResults
from data.errors import InputError
from scenarios.experiment import Experiment
from scenarios.files import library
from scenarios.reading import read_experiment


def provenance(results: FinishedResults) -> dict[str, Any]:
    """Return what the manifest records of how the results were made."""
    words, experiment = results.manifest.words, results.experiment
    done = sum(state.done for state in results.manifest.runs.values())
    return {
        "name": experiment.name,
        "folder": results.folder.resolve().name,
        "seed": str(experiment.seed),
        "replications": experiment.replications,
        "band": band_kind(experiment.replications),
        "economies": experiment.economies,
        "shared": _shared(results),
        "runs": [done, len(results.manifest.runs)],
        "identity": results.manifest.identity,
        "digest": results.manifest.digest,
        "portable": dict(words.get("portable_digest") or {}),
        "kernels": [str(kernel) for kernel in words.get("kernels") or []],
        "python": str(words.get("python", "")),
        "packages": {str(name): str(mark) for name, mark in (words.get("packages") or {}).items()},
        "command": command(
            experiment, outcomes_only=results.manifest.outcomes_only, worlds=_worlds(results)
        ),
    }


def _shared(results: FinishedResults) -> list[int] | None:
    """Return over how many replications means are, and of how many; None where no arm lacks any."""
    table = results.outcomes
    runs = zip(table["arm"], table["replication"], strict=True)
    every = int(table["replication"].nunique())
    whole = int(table["arm"].value_counts().min()) == every
    return None if whole else [len(shared_runs(runs, results.experiment.economies)), every]


def _worlds(results: FinishedResults) -> int | None:
    """Return the drawn worlds that stand beside results; None where their number is not told."""
    known = claims_of(results.folder)
    return max((claim.worlds for claim in known), default=0) if known else 0


def command(
    experiment: Experiment, *, outcomes_only: bool = False, worlds: int | None = None
) -> str:
    """Return the command that makes these results, empty if no experiment of the library does."""
    if experiment.name not in library():
        return ""
    try:
        own = read_experiment(experiment.name)
    except InputError:  # a scenario of the library is no experiment of several arms
        return ""
    numbers = {"replications": experiment.replications, "economies": experiment.economies}
    if _text(own.model_copy(update=numbers)) != _text(experiment):
        return ""
    changed = [f"--{word} {n}" for word, n in numbers.items() if n != getattr(own, word)]
    changed += ["--outcomes-only"] * outcomes_only
    changed += [] if worlds is None else [f"--worlds {worlds}"]
    return " ".join(["quotapolis compare", experiment.name, *changed])


def _text(experiment: Experiment) -> str:
    return json.dumps(experiment.model_dump(mode="json"), sort_keys=True)
