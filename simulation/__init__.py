"""Agents and time: who acts, in what order, knowing what."""

import quotapolis_packages  # noqa: F401 - refuses to go on if a file hides a package
from simulation.city import City
from simulation.running import Laboratory, Run, run

__all__ = ["City", "Laboratory", "Run", "run"]
