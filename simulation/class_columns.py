"""Class columns: mitigation of every city in every year, and the classes that follow from it."""

from simulation.column import Column

CLASSES = (
    Column(
        "class_scored",
        "word",
        "as scored since the base year: 0 strong, 1 weak, 2 role model, 3 neither",
        lambda y: y.classes.scored,
        code=True,
    ),
    Column(
        "class_rolling",
        "word",
        "as scored since five years ago, or the base year if nearer: the same words",
        lambda y: y.classes.rolling,
        code=True,
    ),
    Column(
        "class_policy",
        "word",
        "by what the policy did so far: the same words",
        lambda y: y.classes.policy,
        code=True,
    ),
    Column(
        "class_policy_recent",
        "word",
        "by what the policy did in the last five years: the same words",
        lambda y: y.classes.policy_recent,
        code=True,
    ),
    Column(
        "local_mitigation",
        "t CO₂",
        "as scored since the base year",
        lambda y: y.cities(y.classes.since.local),
    ),
    Column(
        "outsourced_mitigation",
        "t CO₂",
        "as scored since the base year",
        lambda y: y.cities(y.classes.since.outsourced),
    ),
    Column(
        "local_additional",
        "t CO₂",
        "local mitigation less that of the same year without policy",
        lambda y: y.cities(y.classes.additional.local),
    ),
    Column(
        "outsourced_additional",
        "t CO₂",
        "outsourced mitigation less that without policy",
        lambda y: y.cities(y.classes.additional.outsourced),
    ),
)
"""Columns of classes and mitigation; (c,) each."""
