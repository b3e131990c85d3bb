"""Runs that advance together: which can, and how their chance and their years are put side by side.

Arrays of a batch carry a first axis of runs after the years, so that the equations of one run are
those of many (`model.runs`). Runs of one scenario differ in their chance alone.
"""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from types import UnionType
from typing import Any, Union, get_args, get_origin

import numpy as np

from model.allocation import RULES as ALLOCATION
from model.behaviour import CITIES, PLAIN_CITY
from model.behaviour import RULES as BEHAVIOUR
from model.behaviour.logit import logit
from model.market.institutions import INSTITUTIONS
from model.transfers.aid import PLACEMENTS
from model.transfers.aid_distribution import DISTRIBUTIONS
from model.transfers.bonus import MERITS
from model.transfers.payers import AID_PAYERS
from scenarios.scenario import Scenario
from simulation.streams import Streams

AT_ONCE = 32
"""Runs that advance together: so many arrays of cities still fit into a processor's cache."""


def can_share(scenario: Scenario) -> bool:
    """Return whether runs of a scenario can advance together, or go one by one.

    One by one go who decides by a mind or a rule of its own, deals in pairs, bids at an auction,
    gives by contract or foresees a path, and whose demand changes in kind.
    """
    transfer, market, behaviour = scenario.transfer, scenario.market, scenario.behaviour
    words = (
        (ALLOCATION, scenario.allocation.rule),
        (PLACEMENTS, transfer.placement),
        (DISTRIBUTIONS, transfer.distribution),
        (MERITS, transfer.bonus_for),
        (AID_PAYERS, transfer.paid_by),
        (INSTITUTIONS, market.institution),
    )
    return (
        all(word not in registry or registry.entry(word).built_in for registry, word in words)
        and market.institution not in ("bilateral", "auction")
        and behaviour.city == PLAIN_CITY
        and CITIES.entry(PLAIN_CITY).built_in
        and BEHAVIOUR.get(behaviour.rule) is logit
        and transfer.distribution != "supply_chain"
        and transfer.beneficiary_pays == 0
        and scenario.allocation.rule != "supply_chain_linked"
        and not (scenario.contract.allowed or scenario.foresees or scenario.moves_mix)
        and not scenario.programme.runs
    )


def together(chances: Sequence[Streams]) -> Streams:
    """Return the chance of several runs as one: years first, then runs, then cities."""
    return Streams(
        **{
            field.name: np.stack(
                [getattr(chance, field.name) for chance in chances],
                axis=int(_axes(field.type)[0] == "t"),
            )
            for field in fields(Streams)
        }
    )


def run_of(value: Any, kind: Any, run: int) -> Any:
    """Return what is one run's of a value that several share, by the axes that its type names."""
    if is_dataclass(value) and not isinstance(value, type):
        names = {field.name: field.type for field in fields(value)}
        return replace(value, **{n: run_of(getattr(value, n), names[n], run) for n in names})
    if isinstance(value, tuple):
        return tuple(run_of(each, type(each), run) for each in value)
    if not isinstance(value, np.ndarray):
        return value
    if get_origin(kind) in (Union, UnionType):
        kind = next(each for each in get_args(kind) if hasattr(each, "dim_str"))
    axes = _axes(kind)
    place = next((n for n, axis in enumerate(axes) if axis.startswith("*")), None)
    if place is None or value.ndim < len(axes):
        return value
    its_own = value[(slice(None),) * place + (run,)]
    if axes[place] == "*column":
        return its_own[..., 0]
    return its_own.item() if axes == ["*#runs", "1"] else its_own


def _axes(kind: Any) -> list[str]:
    """Return the names of the axes that a type of arrays has."""
    names: str = kind.dim_str
    return names.split()
