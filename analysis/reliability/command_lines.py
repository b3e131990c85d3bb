"""Command lines drawn from the commands' own table; what they would compute is left out."""

import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

import numpy as np
import typer.main

from analysis.command_line import command, data_command
from analysis.reliability.door import REFUSED, WRONG, Verdict, refusal, tried
from analysis.reliability.drawing import one_of
from analysis.reproduce import reproduction
from data.compiled import cache, contents, draws
from data.compiled.synthetic import small_economy

RESULTS = "finished"
"""Name of results that are there."""
WORDS = (
    "default", "baselin", "markets", "all", "", ".", "..", "/dev/null", "a" * 300, "[/bold]",
    "\x1b[31m", "\udcff", "中文", "results", "mine.toml", "-", "--", "nowhere/mine.toml", "a\nb",
    RESULTS, "Suzhou", "唐山", "no_policy", "emissions", "emissions,price", "x.csv",
)  # fmt: skip
SETTINGS = (
    "cap.cut=0.3", "cap.cut=20", "cap.cut=20%", "cap.cutt=1", "cap", "=", "a.b.c.d.e=1", "cap.=1",
    "title=\udcff", "title=[red]", "horizon.end=" + "9" * 5000, "x=" + "[" * 3000, "cap.cut=nan",
    "abatement.demand_lever=yes", "policy.first_year=²⁰²⁰", "cap.coverage={2021=3}", "growth=1",
    "market.institution=exchnge", "horizon.end=2013", "behaviour.shares={logit=2}", "year=2015",
)  # fmt: skip
NUMBERS = ("0", "1", "-1", "1e9", "9" * 30, "9" * 5000, "²", "1/2", "3/2", "dask://", "Suzhou,河北")
LOST = (("x",), ("data", "x"), ("data",), ())
"""Words that lead to no command."""
RIGHT = ("default", "allocation_rules", RESULTS, RESULTS, "zheng2023")
"""Words that lead further in some command."""
OWN, WELL = 0.85, 0.6
"""Shares of options that the command has, and of arguments that may be right."""


class Reached(BaseException):
    """The line was understood: what follows would compute."""


def commands() -> dict[tuple[str, ...], Sequence[Any]]:
    """Return the parameters of every command by its words, as the parser has them."""
    return dict(_below(typer.main.get_command(command.app), ()))


def trial(rng: np.random.Generator, folder: Path) -> Verdict:
    """Return how a drawn command line is answered in a folder, which it may write to."""
    return answered(drawn(rng), folder)


def drawn(rng: np.random.Generator) -> list[str]:
    """Return a command line: a command, some of its words and options, now and then of another."""
    known = commands()
    options = [one for own in known.values() for one in own if one.param_type_name == "option"]
    path = one_of(rng, [*known, *LOST]) if rng.random() < OWN else one_of(rng, list(known))
    own = known.get(path, ())
    words = [*path]
    places = [one for one in own if one.param_type_name == "argument" and rng.random() < OWN]
    words += [one_of(rng, RIGHT if rng.random() < WELL else WORDS) for _ in places]
    if rng.random() > OWN:
        words.append(one_of(rng, WORDS))
    needed = [one for one in own if one.param_type_name == "option" and one.required]
    wanted = [one for one in needed if rng.random() < OWN]
    mine = [one for one in own if one.param_type_name == "option"]
    for _ in range(rng.integers(4)):
        wanted += [one_of(rng, mine if mine and rng.random() < OWN else options)]
    for option in wanted:
        words.append(one_of(rng, [*option.opts, *option.secondary_opts]))
        if not option.is_flag or rng.random() > OWN:
            words.append(one_of(rng, SETTINGS if "--set" in option.opts else (*WORDS, *NUMBERS)))
    if rng.random() > OWN:
        words.append(one_of(rng, ("--help", "--nonsense", "--version")))
    return words


def answered(words: list[str], folder: Path) -> Verdict:
    """Return how the command answers; usage in the frame of the option parser counts as a line."""
    errors = io.StringIO()
    argv = patch.object(sys, "argv", ["quotapolis", *words])
    out = redirect_stdout(io.StringIO())
    with argv, chdir(folder), out, redirect_stderr(errors), without_computing():
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
    """Let nothing be computed or removed: a line that asks for an economy ends with Reached."""
    economy = small_economy()
    with ExitStack() as stack:
        for of, name in ((cache, "load_economy"), (draws, "load_drawn"), (contents, "clear")):
            for place in _holders(getattr(of, name), name):
                stack.enter_context(patch.object(place, name, side_effect=Reached))
        for place, names in (
            (data_command, ("export", "account_table", "read_figures")),
            (reproduction, ("reproduce",)),
        ):
            for name in names:
                stack.enter_context(patch.object(place, name, side_effect=Reached))
        stack.enter_context(patch.object(data_command, "load_economy", return_value=economy))
        yield


def _holders(function: Any, name: str) -> list[ModuleType]:
    """Return the modules in which a function is known by its name."""
    return [place for place in [*sys.modules.values()] if vars(place).get(name) is function]


def _below(of: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Sequence[Any]]]:
    """Yield a command, or those of a group and of its groups."""
    for name, inner in getattr(of, "commands", {}).items():
        yield from _below(inner, (*path, name))
    if not hasattr(of, "commands"):
        yield path, of.params
