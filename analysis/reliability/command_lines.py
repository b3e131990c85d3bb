"""Command lines drawn from right and wrong words; what they would compute is left out."""

import io
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from unittest.mock import patch

import numpy as np

from analysis.command_line import command, compare_command, data_command, run_command
from analysis.reliability.door import REFUSED, WRONG, Verdict, refusal, tried
from analysis.reliability.drawing import one_of
from analysis.reproduce import reproduction
from data.compiled.synthetic import small_economy

COMMANDS = (
    ("run",), ("compare",), ("merge",), ("reproduce",), ("scenarios", "show"), ("x",), (),
    ("scenarios", "list"), ("scenarios", "schema"), ("data", "export"), ("data", "accounts"),
    ("data", "check"),
)  # fmt: skip
WORDS = (
    "default", "baselin", "markets", "all", "", ".", "..", "/", "/dev/null", "a" * 300, "[/bold]",
    "\x1b[31m", "\udcff", "中文", "results", "mine.toml", "-", "--", "nowhere/mine.toml", "a\nb",
)  # fmt: skip
SETTINGS = (
    "cap.cut=0.3", "cap.cut=20", "cap.cut=20%", "cap.cutt=1", "cap", "=", "a.b.c.d.e=1", "cap.=1",
    "title=\udcff", "title=[red]", "horizon.end=" + "9" * 5000, "x=" + "[" * 3000, "cap.cut=nan",
    "abatement.demand_lever=yes", "policy.first_year=²⁰²⁰", "cap.coverage={2021=3}", "growth=1",
    "market.institution=exchnge", "horizon.end=2013", "behaviour.shares={logit=2}",
)  # fmt: skip
OPTIONS = (
    "--set", "--plugin", "--out", "--seed", "--resume", "--until", "--save", "--from", "--workers",
    "--replications", "--economies", "--executor", "--shard", "--year", "--draws", "--regions",
    "--format", "--overwrite", "--help", "--nonsense",
)  # fmt: skip
NUMBERS = ("0", "1", "-1", "1e9", "9" * 30, "9" * 5000, "²", "1/2", "3/2", "dask://", "Suzhou,河北")


class Reached(Exception):
    """The line was understood: what follows would compute."""


def trial(rng: np.random.Generator) -> Verdict:
    """Return how a drawn command line is answered."""
    words = [*one_of(rng, COMMANDS)]
    words += [one_of(rng, WORDS) for _ in range(rng.integers(3))]
    for _ in range(rng.integers(4)):
        option = one_of(rng, OPTIONS)
        values = SETTINGS if option == "--set" else (*WORDS, *NUMBERS)
        words += [option, one_of(rng, values)]
    return answered(words)


def answered(words: list[str]) -> Verdict:
    """Return how the command answers; usage in the frame of the option parser counts as a line."""
    errors = io.StringIO()
    argv = patch.object(sys, "argv", ["quotapolis", *words])
    with argv, redirect_stdout(io.StringIO()), redirect_stderr(errors), without_computing():
        verdict = tried(_called)
    said = errors.getvalue()
    if verdict.end == WRONG:
        usage = "Usage:" in said
        return Verdict(REFUSED, said) if usage else refusal(said)
    return verdict


def _called() -> bool:
    """Return whether the command went well; False where it refused."""
    try:
        command.main()
    except Reached:
        return True
    except SystemExit as end:
        return not end.code
    return True


@contextmanager
def without_computing() -> Iterator[None]:
    """Let nothing be computed or written: a line that is understood ends with Reached."""
    economy = small_economy()
    with ExitStack() as stack:
        for place, names in (
            (run_command, ("compare", "run_history")),
            (compare_command, ("compare", "compare_part")),
            (data_command, ("export", "account_table", "read_figures")),
            (reproduction, ("reproduce",)),
        ):
            for name in names:
                stack.enter_context(patch.object(place, name, side_effect=Reached))
        stack.enter_context(patch.object(data_command, "load_economy", return_value=economy))
        yield
