"""Robustness of an experiment: in how many worlds its claims hold, and where they fail."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.experiment.comparison import chosen, no_message
from analysis.experiment.executors import pool_source
from analysis.experiment.grounds import Given, Handed, given_economy
from analysis.experiment.processes import RUN_LIMIT
from analysis.experiment.running import Message
from analysis.figures.claims import DrawnRegion
from analysis.outcomes.amounts import check_outcomes
from analysis.uncertainty.city_decisions import city_decisions
from analysis.uncertainty.claims import Decided, check, decide
from analysis.uncertainty.default_claims import default_claims
from analysis.uncertainty.designs import design, from_table
from analysis.uncertainty.drawn_assumptions import places_of, with_economies
from analysis.uncertainty.region_files import write_regions
from analysis.uncertainty.regions import Region, failing_region
from analysis.uncertainty.regret import regret, satisficing
from analysis.uncertainty.running import Place, run_worlds
from analysis.uncertainty.shares import claim_shares
from analysis.uncertainty.worlds import Worlds
from data.atomic import atomic
from data.errors import InputError
from data.importing.map_file import Rings
from model.compile.compile import Progress, silent
from scenarios.experiment import Experiment
from scenarios.plugins import Plugins
from scenarios.reading import Settings
from scenarios.uncertainties import drawn_keys
from scenarios.uncertainty import Uncertainty

SMALL, LEAST = 48, 12
"""Worlds of the small design that stands beside every comparison, and the fewest of one."""
RUNS = 400
"""Runs of the small design at most: less than a minute on two processors."""


@dataclass(frozen=True, slots=True)
class Robustness:
    """Claims, decided in every world."""

    experiment: Experiment
    folder: Path
    worlds: Worlds
    decided: tuple[Decided, ...]
    claims: pd.DataFrame
    """See `analysis.uncertainty.shares.claim_shares`."""
    regions: Mapping[str, Region]
    """Where a claim fails, by its statement; only those that stand out."""
    regret: pd.DataFrame
    """See `analysis.uncertainty.regret`."""
    cities: pd.DataFrame
    """See `analysis.uncertainty.city_decisions`."""
    satisficing: pd.DataFrame
    """In how many worlds each rule keeps within limits; empty without any. See
    `analysis.uncertainty.regret`."""
    outlines: Rings | None = None
    """Of the regions of an economy that was handed over, if it has a map."""

    def drawn_regions(self) -> list[DrawnRegion]:
        """Return the regions as pictures need them."""
        decided = {one.claim.says: one for one in self.decided}
        return [
            _drawn(says, region, decided[says], self.worlds)
            for says, region in self.regions.items()
        ]


def robustness(
    experiment: str | Path | Experiment,
    settings: Settings = (),
    *,
    plugin: Plugins = (),
    worlds: int | None = None,
    kind: str | None = None,
    minutes: float | None = None,
    table: Path | None = None,
    out: str | Path | None = None,
    resume: bool = False,
    anew: bool = False,
    workers: int | None = None,
    executor: Executor | str | None = None,
    run_limit: float = RUN_LIMIT,
    economy: Handed = None,
    regions: bool = True,
    limits: Mapping[str, float] | None = None,
    progress: Progress = silent,
    message: Message = no_message,
) -> Robustness:
    """Run every arm in worlds drawn from the uncertainties, and decide the claims in each.

    Worlds are points of a scrambled Halton sequence, so that a larger study goes on from a smaller
    one, or of another design; each has its own luck, the same for all arms. Everything is written
    to the folder: `worlds.parquet`, `claims.csv`, `regret.csv`, `cities.parquet` (and `.csv`), and
    a scenario and an experiment of each region in which a claim fails.

    Parameters
    ----------
    worlds
        How many, or levels of each number where every combination is tried; as the experiment's
        design says if absent, or as many as take about a minute.
    kind
        Of the design, instead of the experiment's: "halton", "latin_hypercube" or "factorial".
    minutes
        A study that takes longer is refused, with the size that fits.
    table
        CSV with a column for each uncertain key, instead of drawn worlds.
    resume, anew
        Go on with the worlds that the folder holds; or begin anew where they are of another study.
    regions
        Whether to look for the regions in which claims fail (needs the extra `experiments`).
    limits
        Most of some outcomes, by word, which rules are to keep within: `satisficing.csv` says in
        how many worlds each does.

    Raises
    ------
    InputError
        If the experiment, a claim or the folder is not what it should be, or the user interrupts.
    """
    check_outcomes("limits", limits or {})
    given, settings = given_economy(economy, settings)
    asked = chosen(experiment, settings, None, None, None, plugin)
    uncertainties = drawn_keys(asked, compiled=True)
    _require_own(asked, uncertainties, given)
    names = tuple(arm.name for arm in asked.arms)
    references = tuple(map(asked.reference_of, names))
    for claim in asked.claims:
        check(claim, names, asked.reference, references)
    count = worlds or asked.design.size or small(asked)
    seed = asked.seed % 2**32
    points = (
        design(kind or asked.design.kind, uncertainties, count, seed)
        if table is None
        else from_table(table, uncertainties)
    )
    points = with_economies(points, uncertainties, asked.design.economies, seed)
    folder = Path("results") / f"{asked.name}-robustness" if out is None else Path(out)
    workers_from = pool_source(executor, workers, run_limit)
    place = Place(folder, workers_from, progress, message, resume, anew, given, minutes)
    found = run_worlds(asked, uncertainties, points, place)
    outlines = None if given is None else given.outlines
    done = replace(_written(asked, folder, found, regions), outlines=outlines)
    if limits:
        done = replace(done, satisficing=satisficing(found, dict(limits)))
        with atomic(folder / "satisficing.csv") as draft:
            done.satisficing.to_csv(draft, index=False, encoding="utf-8")
    return done


def _drawn(says: str, region: Region, one: Decided, worlds: Worlds) -> DrawnRegion:
    parameters = worlds.parameters()
    keys = list(dict.fromkeys(bound.uncertainty.key for bound in region.bounds))
    kinds = {bound.uncertainty.key: bound.uncertainty.distribution for bound in region.bounds}
    known = ~np.isnan(one.holds)
    return DrawnRegion(
        statement=says,
        words=str(region),
        labels=tuple(keys),
        points=parameters[keys].to_numpy(np.float64)[known],
        log=tuple(kinds[key] == "log_uniform" for key in keys),
        fails=one.holds[known] == 0,
        bounds=tuple(
            (keys.index(bound.uncertainty.key), bound.above, bound.value) for bound in region.bounds
        ),
    )


def _require_own(
    experiment: Experiment, uncertainties: Sequence[Uncertainty], given: Given | None
) -> None:
    """Raise InputError if assumptions of a compile are uncertain where none takes place."""
    keys = [uncertainties[place].key for place in places_of(uncertainties)]
    if keys and given is not None:
        raise InputError(
            f"uncertainties: {keys[0]}: an assumption of the compiled economy of China; leave it"
            " out with an economy of your own"
        )
    if keys and experiment.economies > 1:
        raise InputError(
            f"uncertainties: {keys[0]}: economies = {experiment.economies} draws assumptions of the"
            " compile too; leave one of the two out"
        )


def small(experiment: Experiment) -> int:
    """Return how many worlds can be run in about a minute."""
    return max(min(SMALL, RUNS // len(experiment.arms)), LEAST)


def _written(experiment: Experiment, folder: Path, worlds: Worlds, regions: bool) -> Robustness:
    claims = experiment.claims or default_claims(worlds)
    decided = tuple(decide(claim, worlds) for claim in claims)
    shares, behind = claim_shares(decided), regret(worlds)
    found = {
        one.claim.says: region
        for one in decided
        if regions and (region := failing_region(one, worlds)) is not None
    }
    shares["fails_where"] = [str(found.get(says, "")) for says in shares["statement"]]
    sure = {says: region.surety for says, region in found.items()}
    shares["region_surety"] = [sure.get(says, "") for says in shares["statement"]]
    with atomic(folder / "worlds.parquet") as draft:
        worlds.table().to_parquet(draft, index=False)
    for name, rows in (("claims", shares), ("regret", behind)):
        with atomic(folder / f"{name}.csv") as draft:
            rows.to_csv(draft, index=False, encoding="utf-8")
    cities = city_decisions(worlds)
    for path, write in (("cities.parquet", cities.to_parquet), ("cities.csv", cities.to_csv)):
        with atomic(folder / path) as draft:
            write(draft, index=False)
    of_claim = [(one.claim, found[one.claim.says]) for one in decided if one.claim.says in found]
    write_regions(experiment, folder, worlds, of_claim)
    return Robustness(
        experiment, folder, worlds, decided, shares, found, behind, cities, pd.DataFrame()
    )
