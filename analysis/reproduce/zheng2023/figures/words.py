"""Words and looks of Zheng et al. 2023: clusters, pathways of super-emitters, scenarios."""

from collections.abc import Iterable

from analysis.figures.style import RULE_COLOURS, SOLID, Look, label
from model.classes.super_emitters import Pathway

YEAR = 2012
"""Of all their figures."""

CLUSTERS = {
    "agriculture": "Agriculture",
    "light_manufacturing": "Light manufacturing",
    "heavy_manufacturing": "Heavy manufacturing",
    "energy": "Energy",
    "high_tech": "High-tech",
}
"""By word of a cluster, in the order of the paper."""

PATHWAYS = {
    kind.label: Look(name, RULE_COLOURS[number], marker, SOLID)
    for number, (kind, name, marker) in enumerate(
        (
            (Pathway.DEMAND, "Demand: only footprint above threshold", "o"),
            (Pathway.TECHNOLOGY, "Technology: only production above threshold", "s"),
            (Pathway.HYBRID, "Hybrid: both above threshold", "^"),
        )
    )
}
"""By word of a pathway."""

SCENARIOS = {
    "tech_light": "Technology, light: six sectors to the national mean",
    "tech_deep": "Technology, deep: six sectors to the world mean",
    "demand_light": "Demand, light: capital formation to the share of foreign megacities",
    "demand_deep": "Demand, deep: the same, and in all high-tech cities of Q1",
    "joint_low": "Both, light, scored jointly",
    "joint_high": "Both, deep, scored jointly",
}
"""By word of a scenario."""


def group_name(word: str) -> str:
    """Return a quintile or a cluster as a label."""
    return CLUSTERS.get(word) or label(word)


def scenario_name(word: str) -> str:
    """Return a scenario as a label."""
    return SCENARIOS.get(word) or label(word)


def in_order(groups: Iterable[str]) -> list[str]:
    """Return quintiles or clusters once each: clusters as in the paper, others by the alphabet."""
    known = list(CLUSTERS)
    return sorted(
        set(groups), key=lambda word: (known.index(word) if word in known else len(known), word)
    )
