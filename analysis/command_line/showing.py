"""Showing what a command has done: one screen, a sentence, everything, or JSON."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import typer

from analysis.command_line.claims_printing import print_claim
from analysis.command_line.one_line import one_line
from analysis.command_line.options import listed
from analysis.command_line.printing import print_comparison, print_part
from analysis.command_line.screen import print_answer
from analysis.command_line.terminal import console
from analysis.experiment.assessment import Comparison
from analysis.experiment.results import Results
from analysis.findings.earlier import foretold
from analysis.findings.finding import check_outcomes, finding
from analysis.findings.plain_values import as_words
from scenarios.experiment import Experiment


@dataclass(frozen=True, slots=True)
class View:
    """What the user wants to see of a comparison."""

    outcomes: tuple[str, ...]
    """Words of outcomes; those that matter if empty."""
    quiet: bool
    full: bool
    json: bool


def view(outcomes: str | None, quiet: bool, full: bool, as_json: bool) -> View:
    """Return what the user wants to see.

    Raises
    ------
    InputError
        If there is no such outcome, or none: before anything has run.
    """
    words = tuple(listed("--outcomes", outcomes))
    check_outcomes(words)
    return View(words, quiet, full, as_json)


def show(done: Comparison | Results, asked: View) -> None:
    """Print what was done; exit with code 1 if runs failed."""
    if isinstance(done, Results):
        print_part(done, console())
    else:
        _show_comparison(done, asked)
    for run, state in done.failures.items():
        sys.stderr.write(f"{one_line(f'{run}: {state}')}\n")
    if done.failures:
        raise typer.Exit(1)


def print_foretold(folder: Path, experiment: Experiment, replications: int | None) -> None:
    """Say what results that are there foretell of precision, where more are asked for."""
    said = foretold(folder, experiment, replications or experiment.replications)
    if said:
        console(stderr=True).print(said)


def _show_comparison(done: Comparison, asked: View) -> None:
    found = finding(done, asked.outcomes)
    if asked.json:
        sys.stdout.write(json.dumps(as_words(found), indent=1, ensure_ascii=False) + "\n")
        return
    whole = asked.full or bool(asked.outcomes)
    print_answer(found, console(), quiet=asked.quiet, whole=whole)
    if asked.full:
        console().print()
        for claim in found.claims:
            print_claim(claim, console())
        print_comparison(done, console())
