"""An experiment: arms that differ in what is asked, replications that differ in chance alone."""

from typing import Any

from pydantic import Field, model_validator

from data.errors import nearest
from scenarios.claims import Claim
from scenarios.ground import Ground, ground_of
from scenarios.plain_words import Name, Title
from scenarios.quantity import Section, quantity
from scenarios.ranges import named_uncertainties
from scenarios.scenario import Scenario
from scenarios.study import Design
from scenarios.uncertainty import Uncertainty

MOST_REPLICATIONS = 100_000
"""Most runs of each arm."""

MOST_ECONOMIES = 1000
"""Most drawn economies."""

LISTS = ("arms", "claims", "outcomes")
"""Keys that hold lists."""

HIGHEST_SEED = 2**63 - 1
"""Highest root of random numbers."""


class Arm(Section):
    """One scenario of an experiment under a short name."""

    name: Name
    """Name in tables, pictures and run ids: lower-case letters, digits, `_`, `+`, `-`."""
    scenario: Scenario


class Experiment(Section):
    """Arms that share their random numbers, replication by replication."""

    name: Name
    """Name of the results directory within `results`; that of the file if absent."""
    title: Title
    """Question of the experiment, in a line."""
    arms: tuple[Arm, ...] = Field(min_length=1)
    reference: str
    """Arm that every other of its years and economy is paired with: the one without policy."""
    replications: int = quantity(
        20,
        "1",
        "a choice",
        ge=1,
        le=MOST_REPLICATIONS,
        bounds="intervals of a ten-thousandth; more fit no disk",
    )
    """Runs of each arm."""
    seed: int = quantity(
        0, "1", "a choice", ge=0, le=HIGHEST_SEED, bounds="whole numbers of 63 bits"
    )
    """Root of all random numbers."""
    economies: int = quantity(
        1, "1", "a choice", ge=1, le=MOST_ECONOMIES, bounds="more than any study draws"
    )
    """Drawn economies that replications take in turn, the same in every arm; 1 for the economy as
    compiled."""
    uncertainties: tuple[Uncertainty, ...] = named_uncertainties("all")
    """Numbers that nobody knows, drawn in every world of a robustness or sensitivity study:
    `"all"`, or keys, or tables with key, low, high, distribution and source."""
    claims: tuple[Claim, ...] = ()
    """Statements that worlds decide; see docs/uncertainty.md."""
    outcomes: tuple[str, ...] = ()
    """Outcomes told and explained where no others are asked for; those that matter if absent."""
    design: Design = Design()
    """Worlds that a study of robustness draws."""
    material: dict[str, float] = Field(default_factory=dict)
    """Smallest differences that matter, by outcome and in its unit, instead of those of
    docs/results.md."""

    @model_validator(mode="before")
    @classmethod
    def _lists_as_tuples(cls, words: Any) -> Any:
        if not isinstance(words, dict):
            return words
        lists = {key: tuple(words[key]) for key in LISTS if isinstance(words.get(key), list)}
        if "uncertainties" in words:
            lists["uncertainties"] = named_uncertainties(words["uncertainties"])
        return {**words, **lists}

    @model_validator(mode="after")
    def _arms_are_known(self) -> "Experiment":
        names: dict[str, None] = {}
        for arm in self.arms:
            if arm.name in names:
                raise ValueError(f"two arms are called {arm.name!r}")
            names[arm.name] = None
        if self.reference not in names:
            raise ValueError(
                f"reference {self.reference!r} is no arm; {nearest(self.reference, names)}"
            )
        for word, least in self.material.items():
            if not least > 0:
                raise ValueError(f"material.{word} = {least:g}: no positive difference")
        if self.arm(self.reference).scenario.has_policy:
            raise ValueError(f'reference {self.reference!r} must have allocation.rule = "none"')
        if self.economies > self.replications:
            raise ValueError(
                f"economies {self.economies}: each needs a replication, and there are"
                f" {self.replications}; raise replications"
            )
        held = {ground_of(arm.scenario) for arm in self.arms if not arm.scenario.has_policy}
        for arm in self.arms:
            if ground_of(arm.scenario) not in held:
                horizon = arm.scenario.horizon
                raise ValueError(
                    f"arm {arm.name!r} runs from {horizon.base_year} to {horizon.end}: no arm"
                    " without policy has these years and its economy.*, to be paired with; add one"
                    ' with allocation.rule = "none"'
                )
        return self

    def economy_of(self, replication: int) -> int:
        """Return the number of the economy of a replication: 0 as compiled, else a draw."""
        return 0 if self.economies == 1 else 1 + replication % self.economies

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """Years and economies that arms run on: pairs are made within each."""
        return tuple(dict.fromkeys(ground_of(arm.scenario) for arm in self.arms))

    def reference_of(self, name: str) -> str:
        """Return the arm without policy that an arm is paired with: of its years and economy."""
        ground = ground_of(self.arm(name).scenario)
        without = [
            arm.name
            for arm in self.arms
            if not arm.scenario.has_policy and ground_of(arm.scenario) == ground
        ]
        return self.reference if self.reference in without else without[0]

    def arm(self, name: str) -> Arm:
        """Return the arm of that name."""
        return next(arm for arm in self.arms if arm.name == name)
