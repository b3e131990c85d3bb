"""Questions: which rule does what, to whom, and how surely."""

from analysis.comparison import Comparison, compare

__all__ = ["Comparison", "compare"]
