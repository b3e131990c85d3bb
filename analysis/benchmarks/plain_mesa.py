"""A model of cities as Mesa's tutorials write it: Python agents, a network, a DataCollector."""

import math

import mesa
import numpy as np

from analysis.benchmarks.timing import Timing, best
from model.arrays import AnyFloats, Neighbours, Whole

CITIES, NEIGHBOURS, YEARS = 309, 8, 18
REPORTED = 10
"""Model reporters, as many as the national outcomes one would want."""


class Member(mesa.Agent):
    """A city that free rides the more, the more of its neighbours do."""

    def __init__(self, model: "Club", need: float) -> None:
        super().__init__(model)
        self.need = need
        self.abated = 0.0
        self.choice = 0
        self.neighbours: list[Member] = []

    def decide(self) -> None:
        """Choose among three actions by logit."""
        peers = sum(other.choice == 2 for other in self.neighbours) / len(self.neighbours)
        values = (-self.need, -0.8 * self.need - 0.05, -1.2 * self.need + 0.3 * peers)
        weights = [math.exp(3.0 * value) for value in values]
        draw, self.choice = self.model.random.random() * sum(weights), 0
        while self.choice < 2 and draw > weights[self.choice]:
            draw -= weights[self.choice]
            self.choice += 1
        self.abated += 0.01 * self.need * (self.choice == 0)


class Club(mesa.Model):
    """The cities, each linked to some others, and what is reported of them."""

    def __init__(self) -> None:
        super().__init__(rng=0)
        rng = np.random.default_rng(0)
        members = [Member(self, need) for need in rng.random(CITIES)]
        for member, others in zip(members, links(rng), strict=True):
            member.neighbours = [members[n] for n in others]
        reporters = {
            f"outcome {n}": lambda model: sum(agent.abated for agent in model.agents)
            for n in range(REPORTED)
        }
        self.datacollector = mesa.DataCollector(
            model_reporters=reporters, agent_reporters={"choice": "choice", "abated": "abated"}
        )

    def step(self) -> None:
        """Let everybody decide, in random order, and report."""
        self.agents.shuffle_do("decide")
        self.datacollector.collect(self)


def links(rng: np.random.Generator) -> Neighbours:
    """Return each city's neighbours; (c, 8)."""
    return np.stack([rng.choice(CITIES, NEIGHBOURS, replace=False) for _ in range(CITIES)])


def decisions(need: AnyFloats, choice: Whole, neighbours: Neighbours, draw: AnyFloats) -> Whole:
    """Return what `Member.decide` chooses, all cities at once."""
    peers = (choice[neighbours] == 2).mean(axis=1)
    values = np.stack([-need, -0.8 * need - 0.05, -1.2 * need + 0.3 * peers])
    bounds = np.cumsum(np.exp(3.0 * values), axis=0)
    return (draw * bounds[-1] > bounds[:-1]).sum(axis=0)


def agents_alone() -> Timing:
    """Time 18 years of it, the model being built."""

    def work() -> None:
        club = Club()
        for _ in range(YEARS):
            club.step()

    return best(work, times=25)


def arrays_alone() -> Timing:
    """Time the same decisions on arrays, without reporting."""
    rng = np.random.default_rng(0)
    neighbours, need, draws = links(rng), rng.random(CITIES), rng.random((YEARS, CITIES))

    def work() -> None:
        choice = np.zeros(CITIES, dtype=np.int64)
        for draw in draws:
            choice = decisions(need, choice, neighbours, draw)

    return best(work)
