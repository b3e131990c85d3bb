"""Questions: which rule does what, to whom, and how surely."""

from pathlib import Path
from runpy import run_path

run_path(str(Path(__file__).parents[1] / "data" / "own_packages.py"))  # no file hides a package

import simulation  # noqa: E402, F401 - first, and Mesa with it: see there
from analysis.experiment.apart import compare_apart  # noqa: E402 - after that check
from analysis.experiment.assessment import Comparison  # noqa: E402 - after that check
from analysis.experiment.city_words import read_cities, read_regions  # noqa: E402 - after that check
from analysis.experiment.comparison import compare, compare_part  # noqa: E402 - after that check
from analysis.experiment.merging import merge  # noqa: E402 - after that check
from analysis.outcomes.outcomes import outcomes  # noqa: E402 - after that check

__all__ = [
    "Comparison",
    "compare",
    "compare_apart",
    "compare_part",
    "merge",
    "outcomes",
    "read_cities",
    "read_regions",
]
