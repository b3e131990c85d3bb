"""Comparing the arms of an experiment: run them all, keep them, rank them, draw them."""

from collections.abc import Mapping
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.ensemble import default_workers, local_processes, run_all
from analysis.figures.gallery import draw_gallery
from analysis.identity import economy_identity, given_identity, identity
from analysis.outcomes import tables
from analysis.ranking import never_binding, ranking
from analysis.results import CityLabels, Results, RunKey, atomic, digest
from data.cache import load_economy
from data.compile import Progress, silent
from data.economy import Economy
from data.mistakes import UserMistake
from model.allocation import RULES, Rule
from scenarios.experiment import Arm, Experiment
from scenarios.policy import NO_POLICY
from scenarios.reading import Settings, read_experiment
from scenarios.scenario import Scenario
from simulation.running import Run


@dataclass(frozen=True, slots=True)
class Comparison:
    """An experiment and what came of it."""

    experiment: Experiment
    folder: Path
    cities: pd.DataFrame
    """Tidy: arm, replication, year, city and the columns of `simulation.recording`."""
    national: pd.DataFrame
    """Tidy: arm, replication, year and national columns."""
    ranking: pd.DataFrame
    """One row an outcome and arm; see `analysis.ranking`."""
    not_binding: tuple[str, ...]
    """Arms whose cap never bites."""
    pictures: tuple[Path, ...]
    failures: dict[str, str]
    """What went wrong, by run id; the other runs are complete."""


def compare(
    experiment: str | Path | Experiment,
    settings: Settings = (),
    *,
    replications: int | None = None,
    out: str | Path | None = None,
    resume: bool = False,
    workers: int | None = None,
    executor: Executor | None = None,
    economy: Economy | None = None,
    pictures: bool = True,
    progress: Progress = silent,
) -> Comparison:
    """Run an experiment and return its comparison; everything is written to a results directory.

    Parameters
    ----------
    experiment
        Library name, path or value.
    settings
        Overrides for every arm, such as `["compliance.audit=0.5"]`.
    replications
        Instead of the experiment's own number.
    out
        Results directory; `results/<name>-<hash>` if absent.
    resume
        Keep the finished runs that the directory holds.
    workers, executor
        Local processes (default: all processors), or any `concurrent.futures.Executor`.
    economy
        The compiled economy; that of the base year if absent.
    pictures
        Whether to draw.

    Raises
    ------
    UserMistake
        If the experiment or the directory is not what it should be, or the user interrupts;
        finished runs stay.
    """
    chosen = _chosen(experiment, settings, replications)
    year = chosen.arms[0].scenario.horizon.base_year
    known = load_economy(year, progress=progress) if economy is None else economy
    made_of = economy_identity(year) if economy is None else given_identity(known)
    marks = identity(chosen, made_of, _own_rules(chosen))
    results = Results(_folder(chosen, marks, out), chosen, marks)
    waiting = results.open(resume)
    source: Economy | int = year if economy is None else economy
    pool = _executor(executor, workers, len(waiting), source, chosen)
    travelling = None if executor is None else source
    _run_waiting(results, waiting, pool, travelling, progress)
    if not results.finished():
        first = next(iter(results.status.values()))
        raise UserMistake(f"{results.folder}: no run finished; the first one {first}")
    return _assessed(results, known, pictures, progress)


def single(name: str, scenario: Scenario, seed: int) -> Experiment:
    """Return the experiment of one scenario beside the same world without policy."""
    words = scenario.model_dump()
    words["allocation"]["rule"] = NO_POLICY
    without = Arm(name="no_policy", scenario=Scenario.model_validate(words))
    arms = [without]
    if scenario.has_policy:
        arms.append(Arm(name=_arm_name(name), scenario=scenario))
    return Experiment(
        name=name,
        title=scenario.title,
        arms=tuple(arms),
        reference="no_policy",
        replications=1,
        seed=seed,
    )


def _arm_name(name: str) -> str:
    kept = "".join(c if c.isalnum() or c in "_+-" else "_" for c in name.lower() if c.isascii())
    return kept.lstrip("_+-") if kept.strip("_+-") not in ("", "no_policy") else "policy"


def _chosen(
    experiment: str | Path | Experiment, settings: Settings, replications: int | None
) -> Experiment:
    chosen = experiment
    if not isinstance(chosen, Experiment):
        chosen = read_experiment(chosen, settings)
    if replications is None:
        return chosen
    if replications < 1:
        raise UserMistake(f"--replications {replications}: at least one is needed")
    return chosen.model_copy(update={"replications": replications})


def _own_rules(experiment: Experiment) -> dict[str, Rule]:
    """Return the allocation rules of the experiment that the user registered, by name."""
    words = {arm.scenario.allocation.rule for arm in experiment.arms}
    return {
        word: RULES[word]
        for word in sorted(words & set(RULES))
        if not RULES[word].__module__.startswith("model.allocation")
    }


def _folder(experiment: Experiment, marks: Mapping[str, str], out: str | Path | None) -> Path:
    if out is not None:
        return Path(out)
    return Path("results") / f"{experiment.name}-{digest_of(marks)}"


def digest_of(marks: Mapping[str, str]) -> str:
    """Return eight letters for an identity."""
    return digest(pd.DataFrame([marks]))[:8]


def _executor(
    executor: Executor | None,
    workers: int | None,
    runs: int,
    source: Economy | int,
    experiment: Experiment,
) -> AbstractContextManager[Executor]:
    if executor is not None:
        return nullcontext(executor)
    count = min(default_workers() if workers is None else workers, max(runs, 1))
    if count < 1:
        raise UserMistake(f"--workers {workers}: at least one is needed")
    return local_processes(count, source, _own_rules(experiment))


def _run_waiting(
    results: Results,
    waiting: list[RunKey],
    pool: AbstractContextManager[Executor],
    source: Economy | int | None,
    progress: Progress,
) -> None:
    total = len(results.keys)

    def tell() -> None:
        progress("runs", len(results.finished()), total)

    def done(key: RunKey, run: Run) -> None:
        results.keep(key, run)
        tell()

    if not waiting:
        return
    tell()
    try:
        with pool as executor:
            run_all(results.experiment, waiting, executor, source, done, results.failed)
    except KeyboardInterrupt:
        finished = len(results.finished())
        raise UserMistake(
            f"interrupted after {finished} of {total} runs; they are kept in {results.folder};"
            " go on with --resume"
        ) from None
    finally:
        results.write_manifest()


def _assessed(results: Results, economy: Economy, pictures: bool, progress: Progress) -> Comparison:
    experiment = results.experiment
    progress("tables and pictures", 0, 1)
    labels = CityLabels(
        codes=[economy.regions.codes[r] for r in economy.players],
        names=[economy.regions.names[r] for r in economy.players],
        co2_estimated=[bool(economy.co2_estimated[r]) for r in economy.players],
    )
    cities, national = results.tables(labels)
    ranked = ranking(tables(cities, national, experiment.reference, economy))
    with atomic(results.folder / "ranking.csv") as draft:
        ranked.to_csv(draft, index=False, encoding="utf-8")
    drawn: list[Path] = []
    if pictures:
        drawn = draw_gallery(cities, national, experiment.reference, results.folder / "figures")
    results.write_manifest(digest={"cities": digest(cities), "national": digest(national)})
    progress("tables and pictures", 1, 1)
    return Comparison(
        experiment=experiment,
        folder=results.folder,
        cities=cities,
        national=national,
        ranking=ranked,
        not_binding=tuple(never_binding(national)),
        pictures=tuple(drawn),
        failures={run: state for run, state in results.status.items() if state != "done"},
    )
