"""One scenario as an experiment: beside the same world without policy."""

from scenarios.experiment import Arm, Experiment
from scenarios.plain_words import name_of_file
from scenarios.policy import NO_POLICY
from scenarios.scenario import Scenario


def single(name: str, scenario: Scenario, seed: int, replications: int = 1) -> Experiment:
    """Return the experiment of one scenario beside the same world without policy."""
    words = scenario.model_dump()
    words["allocation"]["rule"] = NO_POLICY
    words["title"] = "No policy"
    without = Arm(name="no_policy", scenario=Scenario.model_validate(words))
    arms = [without]
    if scenario.has_policy:
        arms.append(Arm(name=_arm_name(name), scenario=scenario))
    return Experiment(
        name=name_of_file(name),
        title=scenario.title,
        arms=tuple(arms),
        reference="no_policy",
        replications=replications,
        seed=seed,
    )


def _arm_name(name: str) -> str:
    kept = name_of_file(name)
    return kept if kept not in ("scenario", "no_policy") else "policy"
