"""Choosing arms of an experiment by name, or of another of the library."""

from collections.abc import Sequence

from pydantic import ValidationError

from data.errors import InputError, nearest
from scenarios.experiment import Arm, Experiment
from scenarios.ground import ground_of
from scenarios.reading import Settings, read_experiment

FROM = ":"
"""Between an experiment and an arm of it, as in all_rules:equal_mac+exchange."""


def with_arms(experiment: Experiment, names: Sequence[str], settings: Settings = ()) -> Experiment:
    """Return an experiment with its reference and the arms named, in that order.

    `other:arm` takes an arm of another experiment, with the same settings. Claims are left out:
    they may be about other arms.

    Raises
    ------
    InputError
        If there is no such arm, or arms do not fit together.
    """
    reference = experiment.arm(experiment.reference)
    chosen = {reference.name: reference}
    for name in names:
        source, _, own = name.rpartition(FROM)
        of = read_experiment(source, settings) if source else experiment
        arm = _found(of, own)
        if chosen.get(arm.name, arm) != arm:
            raise InputError(f"--arms {name}: another arm is called {arm.name}; choose one of both")
        if ground_of(arm.scenario) not in [ground_of(one.scenario) for one in chosen.values()]:
            without = of.arm(of.reference_of(arm.name))
            chosen.setdefault(without.name, without)
        chosen[arm.name] = arm
    words = {name: getattr(experiment, name) for name in Experiment.model_fields}
    try:
        return Experiment.model_validate({**words, "arms": tuple(chosen.values()), "claims": ()})
    except ValidationError as error:
        fault = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise InputError(f"--arms {','.join(names)}: {fault}") from None


def _found(experiment: Experiment, name: str) -> Arm:
    known = [arm.name for arm in experiment.arms]
    if name not in known:
        raise InputError(f"{name}: no such arm of {experiment.name}; {nearest(name, known)}")
    return experiment.arm(name)
