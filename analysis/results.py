"""The results directory: manifest, one file a run, tidy tables, pictures."""

import hashlib
import importlib.metadata
import json
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import pandas as pd

from data.mistakes import UserMistake
from scenarios.experiment import Experiment
from simulation.recording import CITY_COLUMNS, NATIONAL_COLUMNS, WHOLE
from simulation.running import Run

PACKAGES = ("mesa", "numpy", "scipy", "pandas", "networkx")
FORMAT = 2
"""Version of the directory's layout."""


@dataclass(frozen=True, slots=True)
class RunKey:
    """One run of an experiment."""

    arm: str
    replication: int

    @property
    def id(self) -> str:
        """Name of the run's file and of its row in the manifest."""
        return f"{self.arm}-{self.replication:04d}"


@dataclass(frozen=True, slots=True)
class CityLabels:
    """What a row of a city table says of its city, whatever the run."""

    codes: Sequence[str]
    names: Sequence[str]
    co2_estimated: Sequence[bool]
    """Whether the base-year CO₂ that the city's figures rest on is no inventory of that year."""


class Results:
    """A results directory of one experiment. Files appear whole or not at all."""

    def __init__(self, folder: Path, experiment: Experiment, marks: Mapping[str, str]) -> None:
        self.folder = folder
        self.experiment = experiment
        self.keys = [
            RunKey(arm.name, replication)
            for arm in experiment.arms
            for replication in range(experiment.replications)
        ]
        self.identity = dict(marks)
        self.status: dict[str, str] = {}

    @property
    def manifest(self) -> Path:
        """The file that says what the directory holds."""
        return self.folder / "manifest.json"

    def open(self, resume: bool) -> list[RunKey]:
        """Claim the directory and return the runs still to do.

        Raises
        ------
        UserMistake
            If it holds another experiment, or this one and `resume` is not asked for, or anything
            else; nothing is overwritten then.
        """
        if self.manifest.exists():
            self._check_same(resume)
        elif self.folder.exists() and any(self.folder.iterdir()):
            raise UserMistake(
                f"{self.folder}: not empty, and no results directory; choose another with --out"
            )
        try:
            (self.folder / "runs").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UserMistake(f"{self.folder}: cannot be made ({error.strerror})") from error
        done = {key.id for key in self.keys if self.path(key).exists()}
        self.status = {key.id: "done" if key.id in done else "waiting" for key in self.keys}
        self.write_manifest()
        return [key for key in self.keys if key.id not in done]

    def path(self, key: RunKey) -> Path:
        """Return where a run's arrays are kept."""
        return self.folder / "runs" / f"{key.id}.npz"

    def keep(self, key: RunKey, run: Run) -> None:
        """Write one finished run."""
        arrays = {f"city_{name}": values for name, values in run.recorder.cities.items()}
        arrays |= {f"national_{name}": values for name, values in run.recorder.national.items()}
        with atomic(self.path(key)) as draft:
            np.savez_compressed(draft, allow_pickle=False, **arrays)
        self.status[key.id] = "done"

    def failed(self, key: RunKey, error: BaseException) -> None:
        """Note that a run failed, and why; the others go on."""
        self.status[key.id] = f"failed: {type(error).__name__}: {error}"

    def finished(self) -> list[RunKey]:
        """Return the runs that are done, in the order of the experiment."""
        return [key for key in self.keys if self.status.get(key.id) == "done"]

    def write_manifest(self, **more: Any) -> None:
        """Write what was run, with which code, figures and packages, and the state of each run."""
        content = {
            "format": FORMAT,
            "identity": self.identity,
            "experiment": self.experiment.model_dump(mode="json"),
            "python": platform.python_version(),
            "packages": {name: importlib.metadata.version(name) for name in PACKAGES},
            "columns": {"cities": CITY_COLUMNS, "national": NATIONAL_COLUMNS},
            "runs": self.status,
            **more,
        }
        with atomic(self.manifest) as draft:
            draft.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")

    def tables(self, labels: CityLabels) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return and write the tidy tables of all finished runs: cities and national."""
        years = np.array(self.experiment.arms[0].scenario.horizon.years)
        cities, national = [], []
        for key in self.finished():
            try:
                with self.path(key).open("rb") as file, np.load(file) as arrays:
                    national.append(_national(key, years, arrays))
                    cities.append(_cities(key, years, labels, arrays))
            except (BadZipFile, KeyError, ValueError, EOFError) as error:
                raise UserMistake(
                    f"{self.path(key)}: not a whole run ({error}); delete it and add --resume"
                ) from error
        both = (_joined(cities), _joined(national))
        for table, name in zip(both, ("cities", "national"), strict=True):
            with atomic(self.folder / f"{name}.parquet") as draft:
                table.to_parquet(draft, compression="zstd", index=False)
        return both

    def _check_same(self, resume: bool) -> None:
        try:
            held = json.loads(self.manifest.read_text(encoding="utf-8"))["identity"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise UserMistake(
                f"{self.manifest}: unreadable ({error}); choose another directory with --out"
            ) from error
        differs = [name for name, value in self.identity.items() if held.get(name) != value]
        if differs:
            raise UserMistake(
                f"{self.folder}: holds the results of another experiment (other"
                f" {', '.join(differs)}); nothing was overwritten; choose another with --out"
            )
        if not resume:
            raise UserMistake(
                f"{self.folder}: already holds results of this experiment; add --resume to keep"
                " its finished runs, or choose another directory with --out"
            )


def digest(table: pd.DataFrame) -> str:
    """Return the SHA-256 of a table's values, the same however and in what order it was run."""
    hashed = pd.util.hash_pandas_object(table, index=False).to_numpy()
    return hashlib.sha256(hashed.tobytes()).hexdigest()


@contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """Give a draft beside the file, and put it in place when all went well."""
    draft = path.with_name(f".{os.getpid()}-{path.name}")
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _national(key: RunKey, years: np.ndarray, arrays: Any) -> pd.DataFrame:
    columns = {name: arrays[f"national_{name}"] for name in NATIONAL_COLUMNS}
    return pd.DataFrame({"arm": key.arm, "replication": key.replication, "year": years, **columns})


def _cities(key: RunKey, years: np.ndarray, labels: CityLabels, arrays: Any) -> pd.DataFrame:
    columns = dict(_typed(name, arrays[f"city_{name}"]) for name in CITY_COLUMNS)
    return pd.DataFrame(
        {
            "arm": key.arm,
            "replication": key.replication,
            "year": np.repeat(years, len(labels.codes)),
            "region_code": np.tile(labels.codes, years.size),
            "city": np.tile(labels.names, years.size),
            "co2_estimated": np.tile(labels.co2_estimated, years.size),
            **columns,
        }
    )


def _typed(name: str, values: np.ndarray) -> tuple[str, np.ndarray]:
    flat = values.reshape(-1)
    return name, flat.astype(np.int8) if name in WHOLE else flat


def _joined(parts: list[pd.DataFrame]) -> pd.DataFrame:
    table = pd.concat(parts, ignore_index=True)
    words = [name for name in ("arm", "region_code", "city") if name in table.columns]
    return table.astype(dict.fromkeys(words, "category"))
