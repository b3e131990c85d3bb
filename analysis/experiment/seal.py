"""The seal of tables: what they were made of, so that a finished study is not made anew."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from analysis.experiment.identity import analysis_mark
from analysis.experiment.results import Results

PICTURES = "figures"
"""Folder of the pictures."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What the tables and pictures of a results directory were made of, and are."""

    of: str
    """Hash of the runs, of the experiment and of the code that made tables of them."""
    files: dict[str, str]
    """SHA-256 by the name of the file."""
    kinds: dict[str, dict[str, str]]
    """Kind of each column, by table of text: as its file does not tell."""
    digests: dict[str, dict[str, str]]
    """Digests of tables, by kind of digest."""

    @property
    def pictures(self) -> tuple[str, ...]:
        """Names of the pictures."""
        return tuple(name for name in self.files if name.startswith(f"{PICTURES}/"))

    def words(self) -> dict[str, Any]:
        """Return it as it stands in a manifest."""
        return asdict(self)

    def holds(self, folder: Path) -> bool:
        """Return whether all files are there as they were made."""
        return all(file_hash(folder / name) == known for name, known in self.files.items())

    def table(self, folder: Path, name: str) -> pd.DataFrame:
        """Return a table of text as it was before it was written."""
        text = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
        for column, kind in self.kinds[name].items():
            if kind == "bool":
                text[column] = text[column] == "True"
            elif kind.startswith("float"):
                text[column] = [float(word or "nan") for word in text[column]]
            elif kind.startswith("int"):
                text[column] = [int(word) for word in text[column]]
        return text


def seal(
    results: Results,
    texts: Mapping[str, pd.DataFrame],
    digests: dict[str, dict[str, str]],
    pictures: Sequence[Path],
    hashes: Mapping[str, str],
) -> Seal:
    """Return the seal of what was made in a results directory just now.

    `hashes` are those of its files that are known already.
    """
    folder = results.folder
    names = [f"{table}.parquet" for table in ("cities", "national")]
    names += [f"{text}.csv" for text in texts]
    names += [f"{PICTURES}/{path.name}" for path in pictures]
    kinds = {
        text: {str(column): str(kind) for column, kind in table.dtypes.items()}
        for text, table in texts.items()
    }
    files = {name: hashes.get(name) or file_hash(folder / name) for name in names}
    return Seal(_made_of(results), files, kinds, digests)


def unbroken_seal(results: Results, pictures: bool) -> Seal | None:
    """Return the seal of tables that need not be made anew; none if anything has changed."""
    known = read_seal(results.sealed)
    if known is None or known.of != _made_of(results) or (pictures and not known.pictures):
        return None
    return known if known.holds(results.folder) else None


def _made_of(results: Results) -> str:
    experiment = results.experiment.model_dump_json()
    material = hashlib.sha256(f"{results.mark} {experiment} {analysis_mark()}".encode())
    for key in results.finished():
        material.update(f"{key.id} {results.manifest.states[key.id].content}\n".encode())
    return material.hexdigest()


def read_seal(words: Any) -> Seal | None:
    """Return the seal that a manifest holds; none if it is none, since all can be made anew."""
    try:
        seal = Seal(**words)
        names = [PurePosixPath(name) for name in seal.files]
        kinds = [kind for table in seal.kinds.values() for kind in table.values()]
        plain = all(isinstance(word, str) for word in (*seal.files.values(), *kinds))
        within = all(len(name.parts) < 3 and ".." not in name.parts for name in names)
    except (TypeError, AttributeError):
        return None
    return seal if plain and within else None


def known_hash(path: Path) -> str:
    """Return the hash of a file, taken once as long as its size and time stay."""
    try:
        state = path.stat()
    except OSError:
        return file_hash(path)
    return _hash_of(path, state.st_size, state.st_mtime_ns)


@lru_cache(maxsize=64)
def _hash_of(path: Path, _size: int, _time: int) -> str:
    return file_hash(path)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file, hexadecimal; "missing" where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return "missing"
