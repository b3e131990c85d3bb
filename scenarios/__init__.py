"""The door for policy words: typed, checked, frozen."""

import quotapolis_packages  # noqa: F401 - refuses to go on if a file hides a package
from scenarios.experiment import Arm, Experiment
from scenarios.reading import read_experiment, read_scenario
from scenarios.scenario import Scenario

__all__ = ["Arm", "Experiment", "Scenario", "read_experiment", "read_scenario"]
