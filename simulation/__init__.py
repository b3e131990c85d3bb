"""Agents and time: who acts, in what order, knowing what."""

from pathlib import Path
from runpy import run_path

run_path(str(Path(__file__).parents[1] / "data" / "own_packages.py"))  # no file hides a package

import mesa  # noqa: E402, F401 - first: it looks up who imports it, slowly once much is loaded

from simulation.city import City  # noqa: E402 - after that check
from simulation.laboratory import Laboratory  # noqa: E402 - after that check
from simulation.run_result import Run  # noqa: E402 - after that check
from simulation.running import run  # noqa: E402 - after that check
from simulation.saved_state import SavedState, read_state  # noqa: E402 - after that check

__all__ = ["City", "Laboratory", "Run", "SavedState", "read_state", "run"]
