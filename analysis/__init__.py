"""Questions: which rule does what, to whom, and how surely."""

from analysis.assessment import Comparison
from analysis.comparison import compare, compare_part
from analysis.merging import merge

__all__ = ["Comparison", "compare", "compare_part", "merge"]
