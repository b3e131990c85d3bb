"""The page on reliability: what was tried, how often, what held."""

import shutil
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from analysis.reliability import (
    combinations,
    command_lines,
    damaged_caches,
    damaged_results,
    extreme_scenarios,
    kills,
    toml_files,
)
from analysis.reliability.door import VERDICTS, Verdict
from data.compiled.synthetic import small_economy
from simulation.laboratory import Laboratory

DOCUMENT = DOCS / "reliability.md"
SEED = 2012
TIMES = {
    "scenario files, mutated": 4500,
    "scenarios at the ends of all ranges": 3000,
    "command lines": 2000,
    "results, damaged": 500,
    "caches, damaged": 12,
    "studies, killed and gone on with": 100,
    "institutions × rules × decisions × shortages": len(combinations.ALL),
}
"""Trials of each kind."""
LONGEST = 240.0
"""Seconds after which no further trial of a kind is begun: half an hour for all of them."""

Trial = Callable[[int], Verdict]


def trials(folder: Path, seed: int) -> dict[str, Trial]:
    """Return a trial of each kind by its number, made ready; they write within a folder.

    Each draws from a stream of its own.
    """
    economy = small_economy()
    laboratory, work = Laboratory(economy), folder / "trial"
    work.mkdir()
    whole = damaged_results.whole_results(folder / "whole", economy)
    asked = folder / "asked" / "here"
    shutil.copytree(whole, asked / command_lines.RESULTS)
    fingerprint = cache(damaged_caches.fingerprint)
    unkilled = cache(lambda: kills.whole(folder / "unkilled"))

    def rng(number: int) -> np.random.Generator:
        return np.random.default_rng([seed, number])

    own: tuple[Trial, ...] = (
        lambda n: toml_files.trial(rng(n), work, laboratory),
        lambda n: extreme_scenarios.trial(rng(n), laboratory),
        lambda n: command_lines.trial(rng(n), asked),
        lambda n: damaged_results.trial(rng(n), work, whole, economy),
        lambda n: damaged_caches.trial(rng(n), work, fingerprint()),
        lambda n: kills.trial(rng(n), work, unkilled()),
        lambda n: combinations.trial(n, laboratory),
    )
    return dict(zip(TIMES, own, strict=True))


def verdicts(
    times: dict[str, int], seed: int = SEED, longest: float = LONGEST
) -> dict[str, list[Verdict]]:
    """Return how every trial ended, by kind; fewer than asked for where they take too long."""
    with TemporaryDirectory() as folder:
        kinds = trials(Path(folder), seed)
        return {kind: _several(kinds[kind], times[kind], longest) for kind in times}


def _several(trial: Trial, times: int, longest: float) -> list[Verdict]:
    begin, ends = time.monotonic(), list[Verdict]()
    while len(ends) < times and time.monotonic() - begin < longest:
        ends.append(trial(len(ends)))
    return ends


def table(found: dict[str, list[Verdict]]) -> pd.DataFrame:
    """Return counts by kind of trial and verdict."""
    rows = []
    for kind, ends in found.items():
        counts = {verdict: sum(each.end == verdict for each in ends) for verdict in VERDICTS}
        rows.append({"what": kind, "tried": len(ends), **counts})
    return pd.DataFrame(rows)


def failures(found: dict[str, list[Verdict]]) -> str:
    """Return a line for each way in which a trial ended as it should not."""
    ways: dict[str, int] = {}
    for kind, ends in found.items():
        for each in ends:
            if not each.as_it_should_be:
                said = " ".join(each.said.split())[:120].replace("`", "'")
                way = f"{kind}: {each.end}{f', `{said}`' if said else ''}"
                ways[way] = ways.get(way, 0) + 1
    return "\n".join(f"- {way} ({n} times)" for way, n in ways.items()) or "- none"


def renew() -> None:
    """Try everything again and write the counts into the page."""
    found = verdicts(TIMES)
    renew_tables(DOCUMENT, {"reliability": markdown(table(found)), "failures": failures(found)})
