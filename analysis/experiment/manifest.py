"""The manifest: what a results directory holds, of what it was made, and the state of each run."""

import importlib.metadata
import json
import platform
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from analysis.experiment.old_columns import renamed
from analysis.experiment.run_key import RunKey, Shard
from data.atomic import atomic
from data.errors import InputError
from scenarios.experiment import Experiment
from simulation.columns import CITY_COLUMNS, NATIONAL_COLUMNS

PACKAGES = ("mesa", "numpy", "scipy", "pandas", "networkx", "pyarrow")
FORMAT = 3
"""Version of the directory's layout."""
REST = 10.0
"""Seconds between two writings of a manifest while runs come in; more where writing takes long."""


@dataclass(frozen=True, slots=True)
class RunState:
    """State of a run."""

    state: str
    """`waiting`, `done` or `failed`."""
    error: str = ""
    seconds: float | None = None
    """It took, in its worker."""
    worker: str = ""
    """Machine and process that did it."""

    @property
    def done(self) -> bool:
        """True once the run's file is there."""
        return self.state == "done"

    def __str__(self) -> str:
        return f"{self.state}: {self.error}" if self.error else self.state


WAITING = RunState("waiting")


class Manifest:
    """A manifest file: of a whole experiment, or of one shard so that shards may share a folder."""

    def __init__(
        self, folder: Path, experiment: Experiment, marks: Mapping[str, str], shard: Shard
    ) -> None:
        name = "manifest" if shard.whole else f"manifest-{shard.number}-of-{shard.of}"
        self.path = folder / f"{name}.json"
        self.experiment = experiment
        self.identity = dict(marks)
        self.shard = shard
        self.states: dict[str, RunState] = {}
        self._written, self._took = 0.0, 0.0

    def write(self, **more: Any) -> None:
        """Write what was run, with which code, figures and packages, and the state of each run."""
        start = time.monotonic()
        states = {
            run: {name: value for name, value in asdict(state).items() if value}
            for run, state in self.states.items()
        }
        content = {
            "format": FORMAT,
            "identity": self.identity,
            "shard": str(self.shard),
            "experiment": self.experiment.model_dump(mode="json"),
            "python": platform.python_version(),
            "packages": {name: importlib.metadata.version(name) for name in PACKAGES},
            "columns": {"cities": CITY_COLUMNS, "national": NATIONAL_COLUMNS},
            "runs": states,
            **more,
        }
        with atomic(self.path) as draft:
            draft.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")
        self._written = time.monotonic()
        self._took = self._written - start

    def write_now_and_then(self) -> None:
        """Write it if the last writing is some time ago; the runs' files count in any case."""
        if time.monotonic() - self._written > max(REST, 50 * self._took):
            self.write()

    def take_over(self, runs: Mapping[str, RunState], kept: Iterable[RunKey]) -> None:
        """Keep what an earlier manifest says of runs whose files are there."""
        for key in kept:
            self.states[key.id] = runs.get(key.id, RunState("done"))
            if not self.states[key.id].done:
                self.states[key.id] = RunState("done")


def manifests(folder: Path) -> list[Path]:
    """Return the manifests in a directory: of the whole, of shards, or of both."""
    return sorted(folder.glob("manifest*.json"))


def held(path: Path) -> dict[str, Any]:
    """Return what a manifest says.

    Raises
    ------
    InputError
        If it is no manifest, or one of an earlier version with other columns.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(content["identity"], dict) or not isinstance(content["runs"], dict):
            raise TypeError("no identity or no runs")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{path}: unreadable ({error}); choose another directory with --out"
        ) from error
    for table in content.get("columns", {}).values():
        for hint in filter(None, map(renamed, table)):
            raise InputError(
                f"{path}: written by an earlier version ({hint}); run it again into another"
                " directory with --out"
            )
    return content


def states(content: Mapping[str, Any]) -> dict[str, RunState]:
    """Return the states that a manifest records, by run."""
    return {
        run: RunState(**state) for run, state in content["runs"].items() if isinstance(state, dict)
    }
