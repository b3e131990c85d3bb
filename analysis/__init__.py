"""Questions: which rule does what, to whom, and how surely."""

import quotapolis_packages  # noqa: F401 - refuses to go on if a file hides a package
from analysis.experiment.assessment import Comparison
from analysis.experiment.comparison import compare, compare_part
from analysis.experiment.merging import merge

__all__ = ["Comparison", "compare", "compare_part", "merge"]
