"""Years without policy that are kept, for the next arm and the next run."""

from model.compile.city_economy import Economy
from model.labels import Kinds
from scenarios.scenario import Horizon, Scenario
from scenarios.world import Growth
from simulation.added_trends import movable
from simulation.baseline import Baseline, Prepared, baseline, prepare
from simulation.blas_threads import one_thread
from simulation.departures import departed as as_drawn
from simulation.more_demand import with_more_demand
from simulation.streams import Streams

Added = tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
"""Places with more demand, and the products."""
NO_MORE: Added = ()
KEPT_PREPARED = 4
"""Bases with more demand for some products that are kept."""
KEPT_GROWTHS = 40
"""Futures without policy that are kept: a study of worlds has one for each of those together."""
KEPT_DRAWS = 4
"""Replications whose policy-free years are kept, for the next arm to run on."""


class PolicyFreeYears:
    """Knows the economy as scenarios can move it, and its years without policy."""

    def __init__(self, economy: Economy) -> None:
        self._economy = economy
        with one_thread():
            groups = prepare(economy)
        self._prepared: dict[tuple[Kinds, tuple[int, ...], Added], Prepared] = {
            (economy.categories.as_one, groups.branches.key, NO_MORE): groups
        }
        self._without: dict[tuple[Growth, Horizon, bool], Baseline] = {}
        self._drawn: dict[tuple[Growth, Horizon, bool, int, int], Baseline] = {}

    def prepared(self, scenario: Scenario) -> Prepared:
        """Return the basis collapsed to what the scenario can move."""
        categories = self._economy.categories
        kinds = categories.by_kind if scenario.moves_mix else categories.as_one
        parts, more = movable(self._economy, scenario.growth.cleaner), scenario.growth.more_demand
        plain = (kinds, parts.key, NO_MORE)
        if plain not in self._prepared:
            self._prepared[plain] = prepare(self._economy, kinds, parts)
        key = (*plain[:2], tuple((words.where, words.products) for words in more))
        if key not in self._prepared:
            extra = [held for held in self._prepared if held[-1]]
            if len(extra) == KEPT_PREPARED:
                del self._prepared[extra[0]]
            self._prepared[key] = with_more_demand(self._prepared[plain], more)
        return self._prepared[key]

    def baseline(self, scenario: Scenario) -> Baseline:
        """Return the policy-free years of a scenario's growth and horizon."""
        key = (scenario.growth, scenario.horizon, scenario.moves_mix)
        if key not in self._without:
            if len(self._without) == KEPT_GROWTHS:
                self._without.pop(next(iter(self._without)))
            with one_thread():
                prepared = self.prepared(scenario)
                self._without[key] = baseline(prepared, scenario.growth, scenario.horizon)
        return self._without[key]

    def departed(
        self, scenario: Scenario, streams: Streams, seed: int, replication: int
    ) -> Baseline:
        """Return the policy-free years as the replication has them; the last few are kept."""
        key = (scenario.growth, scenario.horizon, scenario.moves_mix, seed, replication)
        if key not in self._drawn:
            prepared, years = self.prepared(scenario), self.baseline(scenario)
            drawn = as_drawn(prepared, years, scenario.growth, scenario.horizon, streams.departure)
            if len(self._drawn) == KEPT_DRAWS:
                self._drawn.pop(next(iter(self._drawn)))
            self._drawn[key] = drawn
        return self._drawn[key]
