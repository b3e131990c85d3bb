"""The quotapolis compare command: all arms of an experiment, and what differs how surely."""

from typing import Annotated, Any

import typer

from analysis.command_line.beside import claims_beside
from analysis.command_line.economy_option import OwnEconomy, of_own
from analysis.command_line.leaving import writing_to
from analysis.command_line.options import (
    RESULTS,
    Full,
    Json,
    Material,
    NoPictures,
    Out,
    Outcomes,
    Plugin,
    Quiet,
    Resume,
    RunLimit,
    Seed,
    Set,
    Workers,
    listed,
)
from analysis.command_line.overwriting import require_no_home
from analysis.command_line.showing import print_foretold, show, view
from analysis.command_line.side_by_side_printing import show_side_by_side
from analysis.command_line.terminal import Bar
from analysis.experiment.apart import SideBySide, compare_apart
from analysis.experiment.assessment import Comparison
from analysis.experiment.comparison import compare, compare_part
from analysis.experiment.processes import RUN_LIMIT
from analysis.experiment.results import Results
from analysis.experiment.run_key import read_shard
from analysis.verdicts.material import material_of
from scenarios.choosing import with_arms
from scenarios.reading import read_experiment


def compare_command(
    experiment: Annotated[str, typer.Argument(help="Library name or path of a TOML file.")],
    settings: Set = None,
    plugin: Plugin = None,
    material: Material = None,
    arms: Annotated[
        str | None,
        typer.Option(help="Only these arms, as a,b; EXPERIMENT:ARM takes one of another."),
    ] = None,
    replications: Annotated[int | None, typer.Option(help="Runs of each arm.")] = None,
    seed: Seed = None,
    economies: Annotated[
        int | None,
        typer.Option(help="Drawn economies, so that intervals hold what is not known of them."),
    ] = None,
    workers: Workers = None,
    executor: Annotated[
        str | None, typer.Option(help="Dask cluster instead of processes: dask://HOST:PORT.")
    ] = None,
    run_limit: RunLimit = RUN_LIMIT,
    economy: OwnEconomy = None,
    out: Out = None,
    resume: Resume = False,
    shard: Annotated[
        str | None, typer.Option(help="Only part i of n, as i/n, for a job array; then merge.")
    ] = None,
    outcomes_only: Annotated[
        bool,
        typer.Option(
            "--outcomes-only", help="Keep outcomes and classes, not what every city did each year."
        ),
    ] = False,
    no_pictures: NoPictures = False,
    outcomes: Outcomes = None,
    quiet: Quiet = False,
    full: Full = False,
    as_json: Json = False,
    worlds: Annotated[
        int | None,
        typer.Option(min=0, help="Worlds that decide the claims; default a minute's, 0 for none."),
    ] = None,
) -> None:
    """Run all arms of an experiment and answer on one screen: what differs, and how surely.

    Beside every statement stands in how many worlds it holds, drawn from what nobody knows.
    """
    asked = view(outcomes, quiet, full, as_json)
    _, words = of_own(economy, settings)
    chosen = read_experiment(experiment, words, plugin=plugin or ())
    if named := listed("--arms", arms):
        chosen = with_arms(chosen, named, words)
    if material:
        own = {**chosen.material, **material_of(material)}
        chosen = chosen.model_copy(update={"material": own})
    require_no_home(out)
    if resume and out is not None:
        print_foretold(out, chosen, replications)
    done: Comparison | Results | SideBySide
    with Bar() as bar, writing_to(out or RESULTS):
        common: dict[str, Any] = {
            "replications": replications,
            "seed": seed,
            "economies": economies,
            "workers": workers,
            "executor": executor,
            "run_limit": run_limit,
            "out": out,
            "resume": resume,
            "economy": economy,
            "outcomes_only": outcomes_only,
            "progress": bar.progress,
            "message": bar.message,
        }
        if shard is not None and not read_shard(shard).whole:
            done = compare_part(chosen, shard, **common)
        elif len(chosen.grounds) > 1 and shard is None:
            done = compare_apart(chosen, pictures=not no_pictures, **common)
        else:
            done = compare(chosen, pictures=not no_pictures, **common)
            chosen = done.experiment
        if not isinstance(done, Results):
            claims_beside(chosen, done.folder, worlds, workers, executor, economy, bar)
    if isinstance(done, SideBySide):
        show_side_by_side(done, asked)
    else:
        show(done, asked)
