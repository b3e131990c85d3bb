"""Questions: which rule does what, to whom, and how surely."""

from analysis.experiment.assessment import Comparison
from analysis.experiment.comparison import compare, compare_part
from analysis.experiment.merging import merge
from analysis.outcomes.outcomes import outcomes

__all__ = ["Comparison", "compare", "compare_part", "merge", "outcomes"]
