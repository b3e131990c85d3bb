"""Doors to other tools: xarray, SALib and the EMA workbench, from any experiment."""

from collections.abc import Callable
from typing import Any

import numpy as np

from analysis.outcomes.outcomes import OUTCOMES, outcomes
from analysis.uncertainty.designs import problem
from analysis.uncertainty.libraries import library
from analysis.uncertainty.worlds import Worlds
from scenarios.experiment import Experiment
from scenarios.uncertainties import drawn_keys, with_numbers
from simulation.laboratory import Laboratory


def to_xarray(worlds: Worlds) -> Any:
    """Return worlds as an `xarray.Dataset`: a variable an outcome, over world and arm.

    The uncertain numbers are coordinates along the worlds; units stand in the attributes.
    """
    xarray = library("xarray")
    numbers = worlds.parameters()
    return xarray.Dataset(
        {
            outcome.word: (
                ("world", "arm"), worlds.values[:, :, place],
                {"units": outcome.unit, "long_name": outcome.label},
            )
            for place, outcome in enumerate(OUTCOMES)
        },
        coords={
            "world": worlds.numbers,
            "arm": list(worlds.arms),
            **{
                one.key: ("world", numbers[one.key].to_numpy(), {"units": one.unit})
                for one in worlds.uncertainties
            },
        },
        attrs={"reference": worlds.reference},
    )  # fmt: skip


def salib_problem(experiment: Experiment) -> dict[str, Any]:
    """Return the uncertainties of an experiment as a SALib problem, in their own units.

    Numbers that are not uniform keep their kind where SALib has it ("logunif"); whole numbers are
    handed over as uniform ones, to be rounded down.
    """
    drawn = drawn_keys(experiment)
    kinds = {"log_uniform": "logunif", "triangular": "triang"}
    told = problem([one.key for one in drawn])
    return {
        **told,
        "bounds": [
            [one.low, one.high + (one.distribution == "integer")]
            if one.distribution != "triangular"
            else [one.low, one.high, _top(one.low, one.high, one.mode)]
            for one in drawn
        ],
        "dists": [kinds.get(one.distribution, "unif") for one in drawn],
    }


def ema_model(experiment: Experiment, laboratory: Laboratory, arm: str, seed: int = 0) -> Any:
    """Return an EMA workbench model of an arm: its uncertainties, and all outcomes as scalars."""
    ema = library("ema_workbench")
    drawn = drawn_keys(experiment)
    names = {one.key.replace(".", "_"): one for one in drawn}
    run = _function(experiment, laboratory, arm, seed)
    model = ema.Model(experiment.name.replace("_", "").replace("+", "") or "quotapolis",
                      function=lambda **given: run(
                          {names[name].key: _own(names[name], value)
                           for name, value in given.items()}))  # fmt: skip
    model.uncertainties = [
        ema.IntegerParameter(name, int(one.low), int(one.high))
        if one.distribution == "integer"
        else ema.RealParameter(name, one.low, one.high)
        for name, one in names.items()
    ]
    model.outcomes = [ema.ScalarOutcome(outcome.word) for outcome in OUTCOMES]
    return model


def _function(
    experiment: Experiment, laboratory: Laboratory, arm: str, seed: int
) -> Callable[[dict[str, float]], dict[str, float]]:
    own = experiment.arm(arm).scenario
    reference = experiment.arm(experiment.reference_of(arm)).scenario

    def run(numbers: dict[str, float]) -> dict[str, float]:
        without = laboratory.run(with_numbers(reference, numbers), seed)
        done = laboratory.run(with_numbers(own, numbers), seed)
        return outcomes(done, laboratory.economy, without)

    return run


def _own(one: Any, value: float) -> float | int:
    return int(value) if one.distribution == "integer" else float(value)


def _top(low: float, high: float, mode: float | None) -> float:
    """Return where a triangular distribution is highest, as a share of its range, as SALib asks."""
    return 0.5 if mode is None else float(np.clip((mode - low) / (high - low), 0, 1))
