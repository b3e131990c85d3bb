"""The door for policy words: typed, checked, frozen."""

from scenarios.experiment import Arm, Experiment
from scenarios.reading import read_experiment, read_scenario
from scenarios.scenario import Scenario

__all__ = ["Arm", "Experiment", "Scenario", "read_experiment", "read_scenario"]
