"""The runs of an experiment by name, and shards: parts of them for a job each."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from data.errors import InputError
from scenarios.experiment import Experiment

RUNS_A_FOLDER = 1000
"""Runs of an arm that share a folder."""

NUMBERS = re.compile(r"([0-9]{1,9})/([0-9]{1,9})")
"""Words of a shard."""


@dataclass(frozen=True, slots=True)
class RunKey:
    """One run of an experiment."""

    arm: str
    replication: int

    @property
    def id(self) -> str:
        """Name of the run's file and of its row in the manifest."""
        return f"{self.arm}-{self.replication:04d}"

    @property
    def file(self) -> PurePath:
        """Place of the run in a results directory: beside at most a thousand others of its arm."""
        first = self.replication - self.replication % RUNS_A_FOLDER
        return PurePath("runs", f"{self.arm}-{first:04d}", f"{self.id}.arrow")


@dataclass(frozen=True, slots=True)
class Shard:
    """Every `of`-th run of an experiment, from the `number`-th on; 1/1 is the whole."""

    number: int = 1
    of: int = 1

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    @property
    def whole(self) -> bool:
        """True for all of the experiment."""
        return self.of == 1

    def keys(self, experiment: Experiment) -> list[RunKey]:
        """Return its runs, in the order of the experiment."""
        return keys_of(experiment)[self.number - 1 :: self.of]


def keys_of(experiment: Experiment) -> list[RunKey]:
    """Return all runs: arm by arm, replication by replication."""
    return [
        RunKey(arm.name, replication)
        for arm in experiment.arms
        for replication in range(experiment.replications)
    ]


def read_shard(words: str) -> Shard:
    """Read `i/n`.

    Raises
    ------
    InputError
        If it is not two whole numbers with 1 ≤ i ≤ n.
    """
    said = NUMBERS.fullmatch(words)
    if said is None or not 1 <= int(said[1]) <= int(said[2]):
        raise InputError(f"--shard {words}: write i/n with i from 1 to n, such as 3/16")
    return Shard(int(said[1]), int(said[2]))
