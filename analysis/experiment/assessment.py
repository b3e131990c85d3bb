"""Results of an experiment: tables, ranking and pictures, from the runs that are done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

import pandas as pd

from analysis.economy.region_table import region_table
from analysis.experiment.assembly import Assembled, assemble
from analysis.experiment.city_words import read_cities
from analysis.experiment.results import Results
from analysis.experiment.results_map import write_map
from analysis.experiment.seal import Seal, seal, unbroken_seal
from analysis.interop.described_results import describe_results
from analysis.outcomes.arms import Arms
from analysis.outcomes.embodied_cuts import embodied_cuts
from analysis.outcomes.one_run import Cities, cities_of
from analysis.outcomes.order import order_held
from analysis.outcomes.ranking import never_binding, ranking
from analysis.verdicts.verdict import verdicts_by_word
from data.atomic import atomic
from data.compiled.draws import load_drawn
from data.errors import InputError
from data.importing.map_file import Rings
from model.compile.city_economy import Economy
from model.compile.compile import Progress
from scenarios.experiment import Experiment


@dataclass(frozen=True, slots=True)
class Comparison:
    """An experiment and what came of it."""

    experiment: Experiment
    folder: Path
    national: pd.DataFrame
    """Tidy: arm, replication, year and national columns."""
    outcomes: pd.DataFrame
    """One row a run: arm, rule, institution, replication, economy, and every outcome by its word;
    see `analysis.outcomes.outcomes`."""
    ranking: pd.DataFrame
    """One row an outcome and arm; see `analysis.outcomes.ranking`."""
    order: pd.DataFrame
    """One row an outcome and pair of arms: in how many replications the better mean is better; see
    `analysis.outcomes.order`."""
    transitions: pd.DataFrame
    """One row an arm, reading and pair of classes; see `analysis.outcomes.class_changes`."""
    classes: pd.DataFrame
    """One row an arm and city: how probable each class is, and when it changes; see
    `analysis.outcomes.class_dates`."""
    regions: pd.DataFrame
    """One row a city: who it is; see `analysis.economy.region_table`."""
    not_binding: tuple[str, ...]
    """Arms whose cap never bites."""
    pictures: tuple[Path, ...]
    failures: dict[str, str]
    """Errors by run id; the other runs are complete."""
    digest: dict[str, str]
    """Of the values of `cities` and `national`."""
    portable_digest: dict[str, str]
    """The same on another kind of processor; see `analysis.experiment.portable_digest`."""

    @property
    def cities(self) -> pd.DataFrame:
        """Tidy: arm, replication, year, city and the columns of `simulation.columns`, as words.

        Read anew at every call, and large: about 240 bytes a row.
        """
        return self.city_columns()

    def city_columns(
        self, columns: list[str] | None = None, arm: str | None = None
    ) -> pd.DataFrame:
        """Return some columns of the table of cities: as much memory as they take, no more.

        Parameters
        ----------
        arm
            The arm whose first replication is read alone; all runs if absent.

        Raises
        ------
        InputError
            If there is no such column; the message says what an old word is called now.
        """
        return read_cities(self.folder, columns, arm=arm)


def assess(
    results: Results,
    economy: Economy,
    pictures: bool,
    progress: Progress,
    outlines: Rings | None = None,
) -> Comparison:
    """Write tables, ranking and pictures of a results directory, and return what they say.

    `outlines` are those of an imported economy's regions, if it has a map.

    Raises
    ------
    InputError
        If no run is done, or the file of one is damaged.
    """
    experiment, runs = results.experiment, len(results.finished())
    if not runs:
        first = next(iter(results.failures.values()))
        raise InputError(f"{results.folder}: no run finished; the first one {first}")
    known = unbroken_seal(results, pictures)
    if known is not None and (kept := _kept(results, known, pictures)) is not None:
        return kept
    cities = _cities(experiment, economy)
    made = assemble(results, cities, lambda done: progress("tables", done, runs))
    arms = Arms.of(experiment)
    named = {
        "outcomes": arms.beside(_with_economies(made.outcomes.table(), experiment)),
        "ranking": arms.beside(ranking(made.outcomes)),
        "order": order_held(made.outcomes),
        "transitions": arms.beside(made.changes.table()),
        "classes": arms.beside(made.classes),
        "welfare": arms.beside(made.welfare),
        "regions": region_table(economy),
    }
    for name, table in named.items():
        with atomic(results.folder / f"{name}.csv") as draft:
            table.to_csv(draft, index=False, encoding="utf-8")
    if outlines:
        write_map(results.folder, outlines)
    digests = {"digest": made.digests, "portable_digest": made.portable}
    comparison = _comparison(results, named, digests)
    if pictures:
        comparison = _drawn(comparison, made, results, economy, progress, outlines)
    hashes = describe_results(results.folder, experiment, named, comparison.pictures)
    _write_manifest(results, seal(results, named, digests, comparison.pictures, hashes))
    return comparison


def _kept(results: Results, known: Seal, pictures: bool) -> Comparison | None:
    """Return the comparison that stands in the directory; none if the seal fits no tables."""
    try:
        named = {name: known.table(results.folder, name) for name in known.kinds}
        comparison = _comparison(results, named, known.digests)
    except (LookupError, ValueError, OSError):
        return None
    _write_manifest(results, known)
    paths = tuple(results.folder / name for name in known.pictures) if pictures else ()
    return replace(comparison, pictures=paths)


def _write_manifest(results: Results, known: Seal) -> None:
    results.manifest.write(**known.digests, seal=known.words())


def _comparison(
    results: Results, named: Mapping[str, pd.DataFrame], digests: Mapping[str, dict[str, str]]
) -> Comparison:
    national = pd.read_parquet(results.folder / "national.parquet")
    return Comparison(
        experiment=results.experiment,
        folder=results.folder,
        national=national,
        outcomes=named["outcomes"],
        ranking=named["ranking"],
        order=named["order"],
        transitions=named["transitions"],
        classes=named["classes"],
        regions=named["regions"],
        not_binding=tuple(never_binding(national)),
        pictures=(),
        failures=results.failures,
        digest=digests["digest"],
        portable_digest=digests["portable_digest"],
    )


def _with_economies(table: pd.DataFrame, experiment: Experiment) -> pd.DataFrame:
    """Return a table of runs with the number of each replication's economy beside it."""
    wide = table.copy()
    numbers = [experiment.economy_of(int(number)) for number in table["replication"]]
    wide.insert(wide.columns.to_list().index("replication") + 1, "economy", numbers)
    return wide


def _cities(experiment: Experiment, economy: Economy) -> Callable[[int], Cities]:
    """Return what outcomes need of the cities, by number of the drawn economy."""
    compiled = cities_of(economy)

    @cache
    def of(number: int) -> Cities:
        return cities_of(_numbered(experiment, economy, number)) if number else compiled

    return of


def _numbered(experiment: Experiment, economy: Economy, number: int) -> Economy:
    """Return a drawn economy of an experiment by its number; 0 is the one as compiled."""
    year = experiment.arms[0].scenario.horizon.base_year
    return load_drawn(year, number) if number else economy


def _drawn(
    comparison: Comparison,
    made: Assembled,
    results: Results,
    economy: Economy,
    progress: Progress,
    outlines: Rings | None,
) -> Comparison:
    from analysis.figures.evidence import Evidence  # here: workers need not load matplotlib
    from analysis.figures.gallery import draw_gallery
    from analysis.figures.outlines import own_outlines

    progress("pictures", 0, 1)
    arms, folder = Arms.of(comparison.experiment), comparison.folder / "figures"
    shapes = own_outlines(outlines) if outlines else None
    verdicts = verdicts_by_word(made.outcomes, comparison.experiment)
    who_pays, national = made.incidence.table(), comparison.national
    done = {(key.arm, key.replication) for key in results.finished()}
    cuts = embodied_cuts(
        comparison.experiment, done, partial(_numbered, comparison.experiment, economy)
    )
    evidence = Evidence(
        made.summary, national, made.changes, arms, verdicts, who_pays, cuts, shapes
    )
    paths = draw_gallery(evidence, folder)
    progress("pictures", 1, 1)
    return replace(comparison, pictures=tuple(paths))
