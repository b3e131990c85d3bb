"""An experiment taken apart: one for each ground, with the arms that can be paired."""

from scenarios.experiment import Experiment
from scenarios.ground import ground_of, ground_words


def apart(experiment: Experiment) -> dict[str, Experiment]:
    """Return an experiment for each ground, by a word for it; the whole alone if there is one.

    Claims go with the whole: they may be about arms of several grounds.
    """
    grounds = experiment.grounds
    if len(grounds) == 1:
        return {"": experiment}
    parts = {}
    for ground, word in zip(grounds, ground_words(grounds), strict=True):
        arms = tuple(arm for arm in experiment.arms if ground_of(arm.scenario) == ground)
        reference = experiment.reference_of(arms[0].name)
        update = {"arms": arms, "reference": reference, "claims": ()}
        parts[word] = experiment.model_copy(update=update)
    return parts
