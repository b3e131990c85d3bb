"""Comparing arms of several base years, ends or economies: a comparison for each, side by side."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.experiment.assessment import Comparison
from analysis.experiment.comparison import chosen, compare
from analysis.experiment.grounds import Handed
from analysis.experiment.identity import version_mark
from data.atomic import atomic
from data.errors import InputError
from scenarios.apart import apart
from scenarios.experiment import Experiment
from scenarios.plugins import Plugins
from scenarios.reading import Settings

FILE = "side_by_side.csv"
FROM = ("from_no_policy", "from_no_policy_low", "from_no_policy_high")
"""Columns of the ranking: difference from no policy of the same years and economy."""
APART = (
    "Arms are paired, ranked and told apart within the same years and economy; across them only"
    " differences from no policy of their own stand side by side, and no interval is of both."
)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Comparisons of one experiment, each on years and an economy of its own."""

    folder: Path
    """A folder for each within."""
    parts: dict[str, Comparison]
    """By what tells their years and economy apart, such as base_year_2017."""
    table: pd.DataFrame
    """A row a part, outcome and arm: part, outcome, label, unit, arm, mean, and how far it lies
    from no policy, with its interval."""


def compare_apart(
    experiment: str | Path | Experiment,
    settings: Settings = (),
    *,
    plugin: Plugins = (),
    replications: int | None = None,
    seed: int | None = None,
    economies: int | None = None,
    out: str | Path | None = None,
    economy: Handed = None,
    **how: Any,
) -> SideBySide:
    """Compare the arms of an experiment that differ in `horizon` or `economy`.

    Parameters and errors as for `analysis.experiment.comparison.compare`, but that an economy that
    is handed over has one year.
    """
    asked = chosen(experiment, settings, replications, seed, economies, plugin)
    if economy is not None:
        raise InputError(
            f"{asked.name}: its arms differ in years or economy; an economy that is handed over is"
            " one; leave horizon.* and economy.* out"
        )
    folder = _folder(asked) if out is None else Path(out)
    parts = {word: compare(part, out=folder / word, **how) for word, part in apart(asked).items()}
    ranked = [
        done.ranking[["outcome", "label", "unit", "arm", "mean", *FROM]].assign(part=word)
        for word, done in parts.items()
    ]
    table = pd.concat(ranked, ignore_index=True)
    table = table[["part", *table.columns.drop("part")]]
    with atomic(folder / FILE) as draft:
        table.to_csv(draft, index=False, encoding="utf-8")
    return SideBySide(folder, parts, table)


def _folder(experiment: Experiment) -> Path:
    material = f"{experiment.model_dump_json()} {version_mark()}"
    mark = hashlib.sha256(material.encode()).hexdigest()[:8]
    return Path("results") / f"{experiment.name}-{mark}"
