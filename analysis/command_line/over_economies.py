"""Over what the intervals of a screen are, where several replications share a drawn economy."""

from scenarios.experiment import Experiment


def over_economies(experiment: Experiment) -> str:
    """Return the end of a sentence on intervals; nothing where each replication is a draw."""
    if not 1 < experiment.economies < experiment.replications:
        return ""
    return f" over {experiment.economies} drawn economies, each the mean of its replications"
