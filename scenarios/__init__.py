"""The door for policy words: typed, checked, frozen."""

from pathlib import Path
from runpy import run_path

run_path(str(Path(__file__).parents[1] / "data" / "own_packages.py"))  # no file hides a package

from scenarios.experiment import Arm, Experiment  # noqa: E402 - after that check
from scenarios.reading import read_experiment, read_scenario  # noqa: E402 - after that check
from scenarios.scenario import Scenario  # noqa: E402 - after that check

__all__ = ["Arm", "Experiment", "Scenario", "read_experiment", "read_scenario"]
