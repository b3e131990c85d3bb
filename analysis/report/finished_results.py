"""A results directory as the report reads it: its manifest and its tables."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.experiment.finished import damaged, finished
from analysis.experiment.recorded import Recorded
from analysis.findings.claims import Claim, claims_of
from analysis.outcomes.arms import Arms
from analysis.outcomes.class_dates import PROBABILITIES
from analysis.outcomes.shown_money import show
from scenarios.experiment import Experiment

NEEDED = {
    "outcomes": ("arm", "replication"),
    "ranking": ("outcome", "label", "unit", "better", "arm", "mean", "rank"),
    "order": ("outcome", "better", "worse", "replications", "share"),
    "classes": (
        "arm",
        "region_code",
        "city",
        *PROBABILITIES.values(),
        "sure",
        "ever_strong",
        "becomes_strong",
        "stops",
        "changes",
    ),
}
"""Tables as CSV with the columns that the report cannot do without."""
PARQUETS = ("national.parquet", "cities.parquet")


@dataclass(frozen=True, slots=True)
class FinishedResults:
    """Results that have their tables."""

    folder: Path
    manifest: Recorded
    experiment: Experiment
    arms: Arms
    national: pd.DataFrame
    outcomes: pd.DataFrame
    ranking: pd.DataFrame
    order: pd.DataFrame
    classes: pd.DataFrame
    claims: tuple[Claim, ...]
    """Shares of drawn worlds in which statements hold; none where they were not tried."""

    @property
    def names(self) -> list[str]:
        """Arms in the order of the experiment, of those that have runs."""
        done = set(self.national["arm"].astype(str))
        return [arm.name for arm in self.experiment.arms if arm.name in done]

    @property
    def years(self) -> list[int]:
        """Recorded years."""
        return sorted(int(year) for year in self.national["year"].unique())

    @property
    def cities(self) -> Path:
        """The table of the cities."""
        return self.folder / "cities.parquet"


def read_results(folder: str | Path) -> FinishedResults:
    """Read a results directory.

    Raises
    ------
    InputError
        If it is none, has no tables yet, or one of them is damaged or another.
    """
    place = Path(folder)
    manifest = finished(place, *(f"{name}.csv" for name in NEEDED), *PARQUETS)
    experiment = manifest.experiment
    show(manifest.money)
    tables = {name: _table(place / f"{name}.csv", columns) for name, columns in NEEDED.items()}
    return FinishedResults(
        folder=place,
        manifest=manifest,
        experiment=experiment,
        arms=Arms.of(experiment),
        national=_parquet(place / "national.parquet"),
        outcomes=tables["outcomes"],
        ranking=tables["ranking"],
        order=tables["order"],
        classes=tables["classes"],
        claims=claims_of(place),
    )


def _table(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    try:
        table = pd.read_csv(
            path,
            encoding="utf-8",
            dtype={"region_code": str, "outcome": str, "arm": str, "city": str},
            keep_default_na=False,
            na_values=[""],
        )
    except (OSError, ValueError) as error:
        raise damaged(path, error) from error
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise damaged(path, f"column {missing[0]} is missing")
    return table


def _parquet(path: Path) -> pd.DataFrame:
    try:
        return pd.read_parquet(path)
    except (OSError, ValueError) as error:  # those of pyarrow are ValueErrors
        raise damaged(path, error) from error
