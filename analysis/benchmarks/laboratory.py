"""The real economy of 313 regions: compiling, loading, one run, many runs."""

import tempfile
import time
from pathlib import Path

from analysis.benchmarks.timing import Timing, best, once
from analysis.experiment.comparison import compare
from data.compiled.cache import load_economy
from data.compiled.draws import SEED
from data.compiled.uncertainty import draw_of
from data.readers.inputs import read_figures
from model.compile.assumptions import Assumptions
from model.compile.compile import basis_of, called_for_of, compile_tables
from scenarios import read_scenario
from scenarios.experiment import Arm, Experiment
from simulation.baseline import baseline
from simulation.blas_threads import one_thread
from simulation.laboratory import Laboratory

YEAR = "horizon.end"
CUTS = range(10, 51, 5)
"""Caps of the policies compared, per cent below the baseline in the last year."""


def compiling() -> Timing:
    """Time the tables of 2012 from the figures read, without basis."""
    figures = read_figures(2012)
    return once(lambda: compile_tables(figures, Assumptions()))


def solving() -> Timing:
    """Time the response basis of the compiled tables."""
    economy = load_economy()
    return once(lambda: basis_of(economy))


def drawing() -> Timing:
    """Time a drawn economy on one thread: its tables, and their response to all demand."""
    chosen = draw_of(read_figures(2012), Assumptions(), SEED, 1)
    made_of = (chosen.figures, chosen.assumptions, chosen.leanings)
    with one_thread():
        return once(lambda: called_for_of(compile_tables(*made_of)))


def loading() -> Timing:
    """Time opening the compiled economy with its basis."""
    return once(load_economy)


def preparing() -> Timing:
    """Time what is computed once for all runs: groups, graph, years without policy."""
    economy = load_economy()
    return once(lambda: Laboratory(economy).baseline(read_scenario("default")))


def another_growth() -> Timing:
    """Time the years without policy of a growth that was not asked for before, on one thread."""
    scenario = read_scenario("default")
    prepared = Laboratory(load_economy()).prepared(scenario)
    with one_thread():
        return best(lambda: baseline(prepared, scenario.growth, scenario.horizon))


def one_run() -> Timing:
    """Time 18 years of 309 cities, all phases, recorded."""
    laboratory, scenario = Laboratory(load_economy()), read_scenario("default")
    return best(lambda: laboratory.run(scenario), times=25)


def many_runs(runs: int, *, outcomes_only: bool = False) -> Timing:
    """Time nine caps beside no policy, so many runs in all, on two processes; results on disk.

    From the call to the ranking: starting the processes and reading all results are part of it.
    """
    load_economy()
    policies = {f"cut_{cut}": read_scenario("default", {"cap.cut": cut / 100}) for cut in CUTS}
    arms = {"no_policy": read_scenario("baseline"), **policies}
    experiment = Experiment(
        name="benchmark",
        title="How long many runs take",
        arms=tuple(Arm(name=name, scenario=scenario) for name, scenario in arms.items()),
        reference="no_policy",
        replications=runs // len(arms),
    )
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "results"
        few = outcomes_only
        return once(
            lambda: compare(experiment, workers=2, pictures=False, out=out, outcomes_only=few)
        )


def one_run_until(end: int) -> Timing:
    """Time one run from 2012 to a year, on the processor."""
    laboratory, scenario = Laboratory(load_economy()), read_scenario("default", {YEAR: end})
    return best(lambda: laboratory.run(scenario), times=3, clock=time.process_time)


def runs_in_turn(runs: int) -> Timing:
    """Time runs one after the other in one process, on the processor."""
    laboratory, scenario = Laboratory(load_economy()), read_scenario("default")
    laboratory.run(scenario)
    return once(
        lambda: [laboratory.run(scenario, replication=n) for n in range(runs)],
        clock=time.process_time,
    )
