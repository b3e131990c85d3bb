"""The door for figures: tables in, units converted, once."""

from pathlib import Path
from runpy import run_path

run_path(str(Path(__file__).parents[1] / "data" / "own_packages.py"))  # no file hides a package
