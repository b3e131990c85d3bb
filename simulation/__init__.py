"""Agents and time: who acts, in what order, knowing what."""

from simulation.city import City
from simulation.running import Laboratory, Run, run
from simulation.saved_state import SavedState, read_state

__all__ = ["City", "Laboratory", "Run", "SavedState", "read_state", "run"]
