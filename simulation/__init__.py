"""Agents and time: who acts, in what order, knowing what."""

from simulation.city import City
from simulation.running import Run, run

__all__ = ["City", "Run", "run"]
