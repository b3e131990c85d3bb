"""A user's plugin: a word of every kind, each with a parameter; and an experiment on them."""

from pathlib import Path

PLUGIN = '''"""Words of every kind."""

from dataclasses import dataclass, replace

import numpy as np

from model.abatement.best_practice import PAYERS
from model.allocation import RULES
from model.behaviour import CITIES
from model.behaviour import RULES as DECISION_RULES
from model.footprints.demand_shift import GROWTH_MIXES
from model.market.institutions import INSTITUTIONS
from model.quota.cap_paths import CAP_PATHS
from model.registry import parameter
from model.transfers.aid import PLACEMENTS
from model.transfers.aid_distribution import DISTRIBUTIONS
from model.transfers.bonus import MERITS
from model.transfers.contracts import PARTNERS
from model.transfers.payers import AID_PAYERS
from simulation import City
from simulation.market import on_exchange


@dataclass(frozen=True)
class Power:
    """Parameter of a rule."""

    power: float = parameter(1.0, "1", "a choice", "Exponent of heads.", ge=0, le=3)


def weighed(heads, power):
    return heads**power


@RULES.register(parameters=Power)
def per_head_to_a_power(cap, knowledge, parameters):
    """Return quota by heads to a power."""
    weight = weighed(knowledge.population, parameters.power)
    return cap * weight / weight.sum()


@DISTRIBUTIONS.register(parameters=Power)
def by_heads_to_a_power(claims, parameters):
    return weighed(claims.population, parameters.power)


@PLACEMENTS.register("split", parameters=Power)
def split(granted, shares, omega, parameters):
    return granted * 0.5**parameters.power + shares @ granted * (1 - 0.5**parameters.power)


@MERITS.register("early", parameters=Power)
def early(year, parameters):
    return weighed(year.abated, parameters.power)


@PAYERS.register("all_alike", parameters=Power)
def all_alike(cost, shipped, parameters):
    return parameters.power * (cost.mean() - cost)


@AID_PAYERS.register("by_heads", parameters=Power)
def by_heads(means, parameters):
    return weighed(means.population, parameters.power)


@PARTNERS.register("all_poor", parameters=Power)
def all_poor(flows, aided, parameters):
    return np.broadcast_to(aided.astype(float) * (parameters.power > 1), flows.shape)


@GROWTH_MIXES.register("half_green", parameters=Power)
def half_green(base, level, parameters):
    return 1 + level[:, None] * np.array([1.5, 0.5, 0.0]) ** parameters.power


@dataclass(frozen=True)
class Chosen:
    """Parameter of a decision rule."""

    action: int = parameter(0, "position", "a choice", "What all do.", ge=0, le=2)


@DECISION_RULES.register("always", parameters=Chosen)
def always(outlook, chance, parameters):
    return np.full(outlook.need.size, parameters.action)


@dataclass(frozen=True)
class Step:
    """Parameter of a cap path."""

    drop: float = parameter(..., "1", "a choice", "Cut below the baseline at once.", ge=0, lt=1)


@CAP_PATHS.register("at_once", parameters=Step)
def at_once(years, parameters):
    return years.baseline * (1 - parameters.drop)


@dataclass(frozen=True)
class Quiet:
    """Parameter of an institution."""

    markup: float = parameter(1.0, "1", "a choice", "Price said over the one cleared at.", gt=0)


@INSTITUTIONS.register("quiet_exchange", parameters=Quiet)
def quiet_exchange(morning, parameters):
    day = on_exchange(morning)
    said = parameters.markup
    return replace(day, price=said * day.price, seen=said * day.seen)


@dataclass(frozen=True)
class Herd:
    """Parameter of a class of cities."""

    threshold: float = parameter(80.0, "CNY/t", "a choice", "Price above which it abates.", gt=0)


@CITIES.register("herd", parameters=Herd)
class HerdCity(City):
    """Trades below a price."""

    def decide(self, outlook, chance):
        return "transfer" if outlook.belief[0] < self.parameters.threshold else "mitigate"
'''

ARMS = {
    "allocation": {
        "allocation.rule": "per_head_to_a_power",
        "allocation.per_head_to_a_power.power": 2.0,
    },
    "decision": {"behaviour.rule": "always", "behaviour.always.action": 0},
    "decision_mix": {
        "behaviour.rule": "mix",
        "behaviour.shares": {"logit": 0.5, "always": 0.5, "imitate": 0.0, "reinforce": 0.0},
    },
    "institution": {
        "market.institution": "quiet_exchange",
        "market.quiet_exchange.markup": 1.5,
    },
    "merit": {
        "transfer.bonus": 0.3,
        "market.institution": "auction",
        "transfer.bonus_for": "early",
        "transfer.early.power": 0.5,
    },
    "programme_payer": {
        "programme.provinces": ["east"],
        "programme.paid_by": "all_alike",
        "programme.all_alike.power": 1.0,
    },
    "cap_path": {"cap.path": "at_once", "cap.drop": 0.1},
    "distribution": {
        "transfer.distribution": "by_heads_to_a_power",
        "transfer.reserve": 0.01,
        "transfer.by_heads_to_a_power.power": 2.0,
    },
    "growth_mix": {"transfer.growth_mix": "half_green", "transfer.half_green.power": 2.0},
    "aid_payer": {"transfer.paid_by": "by_heads", "transfer.by_heads.power": 2.0},
    "partners": {
        "contract.offered_to": "all_poor",
        "contract.all_poor.power": 2.0,
        "contract.offered_by": "all",
        "contract.standing": 100.0,
        "market.institution": "none",
    },
    "placement": {"transfer.placement": "split", "transfer.split.power": 2.0},
    "city": {"behaviour.city": "herd", "behaviour.herd.threshold": 20.0},
}
"""What chooses each word and sets its parameter."""


def experiment_file(folder: Path, arms: dict) -> Path:
    """Write an experiment of those arms, and the plugin beside it."""
    (folder / "my_policy.py").write_text(PLUGIN)
    lines = ['title = "own"', 'reference = "none"', 'plugin = "my_policy.py"', "replications = 1",
             "[[arms]]", 'name = "none"',
             'set = { "allocation.rule" = "none", "horizon.end" = 2013 }']  # fmt: skip
    for name, words in arms.items():
        lines += ["[[arms]]", f'name = "{name}"', "[arms.set]", '"horizon.end" = 2013']
        lines += [f'"{key}" = {toml(value)}' for key, value in words.items()]
    path = folder / "own.toml"
    path.write_text("\n".join(lines))
    return path


def toml(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {number}" for key, number in value.items()) + " }"
    return f'"{value}"' if isinstance(value, str) else str(value)
