"""Descriptions of a results folder, written beside its tables for archives and other tools."""

import importlib.metadata
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from analysis.interop import data_package, ro_crate
from data.atomic import atomic
from scenarios.experiment import Experiment


def describe_results(
    folder: Path,
    experiment: Experiment,
    tables: Mapping[str, pd.DataFrame],
    pictures: Sequence[Path],
) -> dict[str, str]:
    """Write `datapackage.json` and `ro-crate-metadata.json` of tables and pictures just made.

    Returns the SHA-256 of each file described, by its name in the folder.
    """
    title = experiment.title or experiment.name
    package = data_package.data_package(folder, title, tables)
    _write(folder / data_package.NAME, package)
    years = experiment.arms[0].scenario.horizon.years
    about = (
        f"Comparison of {len(experiment.arms)} arms over {years[0]} to {years[-1]},"
        f" {experiment.replications} replications an arm, seed {experiment.seed}:"
        f" {', '.join(arm.name for arm in experiment.arms)}."
    )
    names = [data_package.NAME, *(one["path"] for one in package["resources"])]
    names += [f"{path.parent.name}/{path.name}" for path in pictures]
    version = importlib.metadata.version("quotapolis")
    date = datetime.now(UTC).date().isoformat()
    crate = ro_crate.ro_crate(folder, title, about, version, date, ["manifest.json", *names])
    _write(folder / ro_crate.NAME, crate)
    return {one["@id"]: one["sha256"] for one in crate["@graph"] if "sha256" in one}


def _write(path: Path, words: object) -> None:
    with atomic(path) as draft:
        draft.write_text(json.dumps(words, indent=1, ensure_ascii=False), encoding="utf-8")
