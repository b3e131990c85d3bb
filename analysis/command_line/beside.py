"""What stands beside every comparison: in how many worlds its claims hold."""

from pathlib import Path

from analysis.command_line.terminal import Bar
from analysis.figures.claims import draw_claims
from analysis.uncertainty.libraries import installed
from analysis.uncertainty.robustness import Robustness, robustness, small
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
) -> Robustness | None:
    """Run a small robustness study of a comparison; none where there is nothing to compare or draw.

    Worlds that the directory holds are kept, whatever the number of replications.
    """
    here = tuple(one for one in asked.uncertainties if not one.key.startswith(COMPILE))
    left = len(here) < len(asked.uncertainties)
    asked = asked.model_copy(update={"uncertainties": here})
    if worlds == 0 or len(asked.arms) < 3 or not drawn_keys(asked):
        return None
    if left:
        bar.message(f"{COMPILE}* are left to quotapolis robustness, which compiles economies.")
    if said := unsourced(drawn_keys(asked)):
        bar.message(said)
    done = robustness(
        asked,
        worlds=worlds or small(asked),
        kind="halton",
        workers=workers,
        executor=executor,
        economy=economy,
        out=folder / FOLDER,
        resume=True,
        anew=True,
        regions=installed("sklearn"),
        progress=bar.progress,
        message=bar.message,
    )
    draw_claims(done.claims, done.drawn_regions(), done.folder / "figures")
    return done
