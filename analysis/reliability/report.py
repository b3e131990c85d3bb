"""The page on reliability: what was tried, how often, what held."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from analysis.reliability import (
    command_lines,
    damaged_caches,
    damaged_results,
    extreme_scenarios,
    toml_files,
)
from analysis.reliability.door import VERDICTS, Verdict
from data.compiled.synthetic import small_economy
from simulation.laboratory import Laboratory

DOCUMENT = DOCS / "reliability.md"
SEED = 2012
TIMES = {
    "scenario files, mutated": 3000,
    "scenarios at the ends of all ranges": 2000,
    "command lines": 1000,
    "results, damaged": 300,
    "caches, damaged": 12,
}
"""Trials of each kind: some minutes together."""

Trial = Callable[[np.random.Generator], Verdict]


def trials(folder: Path) -> dict[str, Trial]:
    """Return a trial of each kind, made ready; they write within a folder."""
    economy = small_economy()
    laboratory, work = Laboratory(economy), folder / "trial"
    work.mkdir()
    whole = damaged_results.whole_results(folder / "whole", economy)
    expected = damaged_caches.fingerprint()
    own: tuple[Trial, ...] = (
        lambda rng: toml_files.trial(rng, work, laboratory),
        lambda rng: extreme_scenarios.trial(rng, laboratory),
        command_lines.trial,
        lambda rng: damaged_results.trial(rng, work, whole, economy),
        lambda rng: damaged_caches.trial(rng, work, expected),
    )
    return dict(zip(TIMES, own, strict=True))


def verdicts(times: dict[str, int], seed: int = SEED) -> dict[str, list[Verdict]]:
    """Return how every trial ended, by kind; each draws from a stream of its own."""
    with TemporaryDirectory() as folder:
        kinds = trials(Path(folder))
        return {
            kind: [kinds[kind](np.random.default_rng([seed, n])) for n in range(times[kind])]
            for kind in times
        }


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
