"""Arms of an experiment with the rule and the institution that their scenarios ask for."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from scenarios.experiment import Experiment

NO_TRADE = "no_trade"
"""The institution `none`, as it is written in names."""


@dataclass(frozen=True, slots=True)
class ArmLabel:
    """One arm: what its scenario asks for, and where it belongs when arms are laid side by side."""

    rule: str
    """`allocation.rule`."""
    institution: str
    """`market.institution`; `none` without policy."""
    group: str
    """Arms of one group share a panel and a colour: those of a rule, where rules tell apart."""
    way: str
    """Difference within the group: the institution, or empty where the group is one arm."""


@dataclass(frozen=True, slots=True)
class Arms:
    """Labels of all arms by name, and the arm without policy."""

    labels: dict[str, ArmLabel]
    reference: str

    @classmethod
    def of(cls, experiment: Experiment) -> "Arms":
        """Return the arms of an experiment, grouped by rule, each way an institution.

        Where rule and institution leave two arms alike, the arms differ in something else, and
        their names say how they belong together, as in `named`.
        """
        asked = {
            arm.name: (arm.scenario.allocation.rule, arm.scenario.market.institution)
            for arm in experiment.arms
        }
        policies = [pair for name, pair in asked.items() if name != experiment.reference]
        if len(set(policies)) < len(policies):
            places = cls.named(asked, experiment.reference).labels
            grouped = {name: (places[name].group, places[name].way) for name in asked}
        else:
            grouped = {
                name: (rule, NO_TRADE if institution == "none" else institution)
                for name, (rule, institution) in asked.items()
            }
        labels = {
            arm.name: ArmLabel(
                arm.scenario.allocation.rule, arm.scenario.institution_in_force, *grouped[arm.name]
            )
            for arm in experiment.arms
        }
        return cls(labels, experiment.reference)

    @classmethod
    def named(cls, names: Iterable[str], reference: str) -> "Arms":
        """Return arms by their names alone: what precedes a `+` is the group, the rest the way."""
        labels = {}
        for name in names:
            group, _, way = name.partition("+")
            labels[name] = ArmLabel(group, way, group, way)
        return cls(labels, reference)

    def group(self, arm: str) -> str:
        """Return the group of an arm."""
        return self.labels[arm].group

    def way(self, arm: str) -> str:
        """Return what tells an arm from the others of its group."""
        return self.labels[arm].way

    def beside(self, table: pd.DataFrame) -> pd.DataFrame:
        """Return a table with the columns `rule` and `institution` after its column `arm`."""
        wide = table.copy()
        place = wide.columns.to_list().index("arm") + 1
        for number, word in enumerate(("rule", "institution")):
            values = [getattr(self.labels[str(arm)], word) for arm in table["arm"]]
            wide.insert(place + number, word, values)
        return wide
