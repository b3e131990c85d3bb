"""Studies that are killed at any moment: what is done is kept, and going on ends in the same bits.

As a program, `python -m analysis.reliability.kills OUT`, it is the study that is killed.
"""

import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np

from analysis.experiment.assessment import Comparison
from analysis.experiment.comparison import compare
from analysis.reliability.damaged_results import asked
from analysis.reliability.door import Verdict, tried
from data.compiled.synthetic import small_economy

READY = "ready\n"
REPLICATIONS = 6


def study(out: Path, resume: bool = False) -> Comparison:
    """Run a small experiment to its tables."""
    with ThreadPoolExecutor(2) as executor:
        return compare(
            asked(REPLICATIONS), out=out, economy=small_economy(), executor=executor, workers=2,
            resume=resume, pictures=False,
        )  # fmt: skip


def whole(folder: Path) -> tuple[dict[str, str], float]:
    """Return the digest of the study that nobody kills, and its seconds."""
    begin = time.monotonic()
    digest = study(folder).digest
    return digest, time.monotonic() - begin


def trial(
    rng: np.random.Generator, folder: Path, expected: tuple[dict[str, str], float]
) -> Verdict:
    """Return how a study ends that is killed after a drawn share of its time and gone on with."""
    digest, seconds = expected
    out = folder / "killed"
    try:
        _killed(out, 1.5 * seconds * rng.random())
        return tried(partial(_goes_on, out, digest))
    finally:
        shutil.rmtree(out, ignore_errors=True)


def _killed(out: Path, after: float) -> None:
    """Run the study in a process of its own, and kill it some seconds after it begins."""
    with subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-m", "analysis.reliability.kills", str(out)],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None  # noqa: S101 - for the type checker
        process.stdout.readline()
        time.sleep(after)
        process.kill()


def _goes_on(out: Path, digest: dict[str, str]) -> bool:
    """Go on with it; return whether it ends in the same bits and leaves no draft behind."""
    same = study(out, resume=True).digest == digest
    return same and not list(out.rglob(".*"))


if __name__ == "__main__":
    sys.stdout.write(READY)
    sys.stdout.flush()
    study(Path(sys.argv[1]))
