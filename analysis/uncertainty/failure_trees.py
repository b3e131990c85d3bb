"""Trees that split worlds by whether a claim fails there, and the leaf where it fails most."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.uncertainty.libraries import library

DEPTH = 2
"""Bounds of a region at most: what can be said in a sentence."""
LEAST = 0.05
"""Smallest region, share of worlds."""
FEW = 5
"""Worlds of a region at least, and failures that a search needs."""


@dataclass(frozen=True, slots=True)
class FailureLeaf:
    """A tree, and its leaf of the most failures in excess of chance."""

    tree: Any
    leaf: int
    excess: float

    def holds(self, shares: np.ndarray) -> np.ndarray:
        """Return which worlds lie in the leaf; (worlds, numbers) to (worlds,)."""
        return np.asarray(self.tree.apply(shares) == self.leaf)


def failure_leaf(shares: np.ndarray, fails: np.ndarray) -> FailureLeaf:
    """Return the leaf of the most failures in excess of chance.

    The tree is of classification, with two levels (Breiman et al. 1984, by scikit-learn).

    Parameters
    ----------
    shares
        Where each uncertain number lies in its range, 0 to 1; (worlds, numbers).
    fails
        True where the claim fails; (worlds,).
    """
    tree = library("sklearn.tree").DecisionTreeClassifier(
        max_depth=DEPTH,
        min_samples_leaf=max(FEW, int(LEAST * fails.size)),
        class_weight="balanced",
        random_state=0,
    )
    leaves = tree.fit(shares, fails).apply(shares)
    excess = {
        int(leaf): float((fails - fails.mean())[leaves == leaf].sum()) for leaf in np.unique(leaves)
    }
    leaf = max(excess, key=excess.__getitem__)
    return FailureLeaf(tree, leaf, excess[leaf])
