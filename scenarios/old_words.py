"""Words of earlier versions, each with the word that took its place."""

from collections.abc import Mapping
from typing import Any

from data.errors import InputError
from scenarios.scenario import Scenario
from scenarios.schema import section_of
from scenarios.words import Worded

OLD_SCENARIOS = {"no_policy": "baseline (the world without quota policy)"}
"""Names of the library. What used to be called baseline, the default policy, is `default`."""

OLD_KEYS = {
    "behaviour.inertia": "behaviour.logit.inertia",
    "behaviour.selection": "behaviour.imitate.selection",
    "behaviour.mutation": "behaviour.imitate.mutation",
    "behaviour.recency": "behaviour.reinforce.recency",
    "behaviour.experimentation": "behaviour.reinforce.experimentation",
    "behaviour.spillover": "behaviour.reinforce.spillover",
    "behaviour.temperature": "behaviour.reinforce.temperature",
    "behaviour.initial_propensity": "behaviour.reinforce.initial_propensity",
    "allocation.consumer_weight": "allocation.consumption_responsibility.consumer_weight",
    "allocation.freed_share": "allocation.supply_chain_linked.freed_share",
    "allocation.convergence_year": "allocation.contraction_and_convergence.year",
    "allocation.ability_exponent": "allocation.ability_to_pay.exponent",
    "allocation.responsibility_weight": "allocation.responsibility_capability.weight",
    "allocation.income_threshold": "allocation.responsibility_capability.income_threshold",
    "allocation.debt_discount": "allocation.equal_cumulative_per_capita.discount",
    "allocation.benchmark": "allocation.benchmark_intensity.benchmark",
    "allocation.benchmark_fall": "allocation.benchmark_intensity.fall",
    "allocation.boltzmann_b": "allocation.boltzmann.b",
    "allocation.reward": "allocation.performance_based.reward",
    "market.auction_share": "market.auction.share",
    "market.auction_reserve_price": "market.auction.reserve_price",
    "market.auction_unsold": "market.auction.unsold",
    "market.after_auction": "market.auction.after",
}
"""Keys of a scenario."""


def require_no_old_keys(tree: Mapping[str, Any], where: str) -> None:
    """Raise InputError for a key of an earlier version; a word of a user's may be called so."""
    for old, new in OLD_KEYS.items():
        section, _, key = old.partition(".")
        given = tree.get(section)
        if isinstance(given, dict) and key in given and not _is_own_table(section, key, given[key]):
            raise InputError(f"{where}: {old}: is called {new} now")


def _is_own_table(section: str, word: str, value: Any) -> bool:
    kind = section_of(Scenario.model_fields[section].annotation)
    own = kind.own_tables() if kind is not None and issubclass(kind, Worded) else []
    return isinstance(value, dict) and word in own
