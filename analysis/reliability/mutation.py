"""Mutation testing of model and simulation: python -m analysis.reliability.mutation [COUNT …]."""

import argparse
import csv
import json
import signal
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

import model
from analysis.documents.markdown import markdown, renew_tables
from analysis.reliability.mutants import Mutant, all_mutants
from analysis.reliability.mutation_trials import KILLED, LATE, SURVIVED, UNREACHED, reach, trial
from analysis.reliability.report import DOCUMENT
from data.atomic import atomic
from data.errors import InputError

ROOT = Path(model.__file__).parents[1]
FOLDER = ROOT / "build" / "mutation"
NO_DIFFERENCE = Path(__file__).parent / "no_difference.csv"
"""Changes that alter no result, each with the reason."""
SEED = 2012
COUNT = 60


def sample(count: int, within: str = "", seed: int = SEED) -> list[Mutant]:
    """Return drawn mutants; a larger sample holds the smaller ones."""
    every = all_mutants(ROOT, within)
    order = np.random.default_rng(seed).permutation(len(every))
    return [every[number] for number in order[:count]]


@cache
def no_difference() -> dict[tuple[str, str, str], str]:
    """Return reasons of changes that alter no result, by file, line and change."""
    with NO_DIFFERENCE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {(row["file"], row["line"], row["change"]): row["why"] for row in rows}


def explained(mutant: Mutant) -> str:
    """Return why a change makes no difference; nothing where that is not known."""
    return no_difference().get((mutant.file, mutant.text, mutant.change), "")


def tried(mutants: Iterable[Mutant]) -> dict[str, tuple[str, str]]:
    """Return how each mutant ended, by its key; what is known is kept, survivors are tried anew."""
    kept = FOLDER / "ends.json"
    ends = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    known = reach(ROOT, FOLDER / "calls")
    for mutant in mutants:
        if ends.get(mutant.key, [SURVIVED])[0] in (SURVIVED, UNREACHED) and not explained(mutant):
            ends[mutant.key] = list(trial(ROOT, mutant, known))
            with atomic(kept) as draft:
                draft.write_text(json.dumps(ends), encoding="utf-8")
            end, by = ends[mutant.key]
            told = f"{end}: {mutant.file}:{mutant.line} {mutant.function}: {mutant.change}"
            sys.stdout.write(f"{told}{f' ({by})' if by else ''}\n")
            sys.stdout.flush()
    return {mutant.key: tuple(ends[mutant.key]) for mutant in mutants if mutant.key in ends}


def table(mutants: Iterable[Mutant], ends: dict[str, tuple[str, str]]) -> pd.DataFrame:
    """Return counts by folder and end."""
    rows: dict[str, dict[str, int]] = {}
    for mutant in mutants:
        folder = mutant.file.rpartition("/")[0]
        end = "no difference" if explained(mutant) else ends[mutant.key][0]
        for name in (folder, "all"):
            counts = rows.setdefault(name, {"tried": 0, **dict.fromkeys(ENDS, 0)})
            counts["tried"] += 1
            counts[end] += 1
    names = [*sorted(name for name in rows if name != "all"), "all"]
    return pd.DataFrame([{"folder": name, **rows[name]} for name in names])


ENDS = (KILLED, LATE, "no difference", SURVIVED, UNREACHED)


def survivors(mutants: Iterable[Mutant], ends: dict[str, tuple[str, str]]) -> str:
    """Return a line for each change that no test tells, with the reason where it is known."""
    lines = []
    for mutant in mutants:
        why = explained(mutant)
        if why or ends[mutant.key][0] in (SURVIVED, UNREACHED):
            change = f"{mutant.file}, {mutant.function}: `{mutant.change}`"
            lines.append(f"- {change}: {why or 'no test tells'}")
    return "\n".join(sorted(lines)) or "- none"


def main(words: list[str]) -> None:
    """Try a sample and write the counts into the page."""
    asked = argparse.ArgumentParser(prog="make mutate")
    asked.add_argument("count", nargs="?", type=int, default=COUNT)
    asked.add_argument("--within", default="", help="how the paths of the files begin")
    asked.add_argument("--seed", type=int, default=SEED)
    asked.add_argument("--write", action="store_true", help="write the counts into the page")
    options = asked.parse_args(words)
    if not (ROOT / "tests" / "another_source.py").exists():
        raise InputError(f"{ROOT}: no tests here; mutants are tried in a checkout")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # the tests under way end too
    chosen = sample(options.count, options.within, options.seed)
    ends = tried(chosen)
    counts, left = markdown(table(chosen, ends)), survivors(chosen, ends)
    sys.stdout.write(f"\n{counts}\n\n{left}\n")
    if options.write:
        renew_tables(DOCUMENT, {"mutants": counts, "survivors": left})


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except InputError as mistake:
        sys.stderr.write(f"{mistake}\n")
        sys.exit(2)
