"""What stands beside every comparison: in how many worlds its claims hold."""

from importlib.util import find_spec
from pathlib import Path

from analysis.command_line.claims_seal import made_of, seal, unbroken
from analysis.command_line.terminal import Bar
from scenarios.experiment import Experiment
from scenarios.uncertainties import COMPILE, drawn_keys, unsourced

FOLDER = "robustness"
"""Within the results directory."""


def claims_beside(
    asked: Experiment,
    folder: Path,
    worlds: int | None,
    workers: int | None,
    executor: str | None,
    economy: str | None,
    bar: Bar,
) -> None:
    """Run a small robustness study of a comparison; none where there is nothing to compare or draw.

    Worlds that the directory holds are kept, whatever the number of replications. A finished study
    whose files stand as they were written is not made anew.
    """
    here = tuple(one for one in asked.uncertainties if not one.key.startswith(COMPILE))
    left = len(here) < len(asked.uncertainties)
    asked = asked.model_copy(update={"uncertainties": here})
    if worlds == 0 or len(asked.arms) < 3 or not drawn_keys(asked):
        return
    if left:
        bar.message(f"{COMPILE}* are left to quotapolis robustness, which compiles economies.")
    if said := unsourced(drawn_keys(asked)):
        bar.message(said)
    place = folder / FOLDER
    regions = find_spec("sklearn") is not None
    known = made_of(asked, folder, worlds, regions=regions)
    if unbroken(place, known):
        return
    from analysis.figures.claims import draw_claims  # here: both load slowly
    from analysis.uncertainty.robustness import robustness, small

    done = robustness(
        asked,
        worlds=worlds or small(asked),
        kind="halton",
        workers=workers,
        executor=executor,
        economy=economy,
        out=place,
        resume=True,
        anew=True,
        regions=regions,
        progress=bar.progress,
        message=bar.message,
    )
    draw_claims(done.claims, done.drawn_regions(), done.folder / "figures")
    if not done.worlds.failures:
        seal(place, known)
