"""The manifest: what a results directory holds, of what it was made, and the state of each run."""

import importlib.metadata
import json
import platform
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from analysis.experiment.recorded import FORMAT
from analysis.experiment.run_key import Shard
from analysis.experiment.run_state import RunState, written_state
from analysis.outcomes.shown_money import in_money, shown
from data.atomic import atomic
from scenarios.experiment import Experiment
from simulation.columns import CITY_COLUMNS, NATIONAL_COLUMNS

PACKAGES = ("mesa", "numpy", "scipy", "pandas", "networkx", "pyarrow")
REST = 10.0
"""Seconds between two writings of a manifest while runs come in; more where writing takes long."""


class Manifest:
    """A manifest file: of a whole experiment, or of one shard so that shards may share a folder."""

    def __init__(
        self,
        folder: Path,
        experiment: Experiment,
        marks: Mapping[str, str],
        shard: Shard,
        outcomes_only: bool,
    ) -> None:
        name = "manifest" if shard.whole else f"manifest-{shard.number}-of-{shard.of}"
        self.path = folder / f"{name}.json"
        self.experiment = experiment
        self.identity = dict(marks)
        self.shard = shard
        self.outcomes_only = outcomes_only
        self.states: dict[str, RunState] = {}
        self._written, self._took = 0.0, 0.0

    def write(self, **more: Any) -> None:
        """Write what was run, with which code, figures and packages, and the state of each run."""
        start = time.monotonic()
        states = {run: written_state(state) for run, state in self.states.items()}
        content = {
            "format": FORMAT,
            "identity": self.identity,
            "shard": str(self.shard),
            "outcomes_only": self.outcomes_only,
            "experiment": self.experiment.model_dump(mode="json"),
            "python": platform.python_version(),
            "packages": {name: importlib.metadata.version(name) for name in PACKAGES},
            "kernels": sorted({state.kernel for state in self.states.values() if state.kernel}),
            "columns": {"cities": _in_money(CITY_COLUMNS), "national": _in_money(NATIONAL_COLUMNS)},
            "money": asdict(shown()),
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


def _in_money(columns: Mapping[str, str]) -> dict[str, str]:
    return {name: in_money(text) for name, text in columns.items()}
