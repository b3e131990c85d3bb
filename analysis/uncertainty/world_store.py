"""Worlds on disk: parts that appear whole, so that a study stopped at any point goes on."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from data.atomic import atomic, sweep_drafts
from data.errors import InputError

PART = 16
"""Worlds a part."""
STATE = "study.json"


@dataclass(frozen=True, slots=True)
class KeptWorld:
    """What is kept of a world."""

    values: np.ndarray
    """Outcomes of its arms, one after the other."""
    cities: bytes
    """Answers of their cities, a byte each."""


class WorldStore:
    """A folder with the worlds of one design that are done."""

    def __init__(self, folder: Path, mark: str, columns: int) -> None:
        self.folder = folder
        self.mark = mark
        """Of experiment, economy, code and design."""
        self._columns = columns
        """Numbers a world."""
        self._held: dict[int, KeptWorld] = {}

    def open(self, resume: bool, anew: bool) -> dict[int, KeptWorld]:
        """Claim the folder and return the worlds that it holds, by number.

        `anew` drops the worlds of another study instead of refusing the folder.

        Raises
        ------
        InputError
            If it holds another study, or this one and `resume` is not asked for, or cannot be made.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            sweep_drafts(self.folder)
            state = self.folder / STATE
            known = self._known_mark(state)
            if known is not None and known != self.mark and anew:
                known = None
                for path in self.folder.glob("part-*.parquet"):
                    path.unlink()
            if known is not None and known != self.mark:
                raise InputError(
                    f"{self.folder}: holds worlds of another experiment, design or version; choose"
                    " another folder with --out"
                )
            if known is None and any(self.folder.glob("*.parquet")) and not anew:
                raise InputError(
                    f"{self.folder}: not empty, and no study; choose another with --out"
                )
            found = dict(self._kept()) if known is not None else {}
            if found and not resume:
                raise InputError(
                    f"{self.folder}: holds {len(found)} worlds of this study; go on with --resume,"
                    " or choose another folder with --out"
                )
            with atomic(state) as draft:
                draft.write_text(json.dumps({"mark": self.mark}), encoding="utf-8")
        except OSError as error:
            raise InputError(f"{self.folder}: cannot be made ({error.strerror})") from error
        return found

    def keep(self, number: int, world: KeptWorld) -> None:
        """Take one more world; every few are written."""
        self._held[number] = world
        if len(self._held) == PART:
            self.write()

    def write(self) -> None:
        """Write the worlds that are not yet."""
        if not self._held:
            return
        numbers = sorted(self._held)
        block = np.stack([self._held[number].values for number in numbers])
        answers = pa.array([self._held[number].cities for number in numbers], pa.binary())
        columns = {"world": np.array(numbers), "cities": answers}
        columns |= {str(place): column for place, column in enumerate(block.T)}
        with atomic(self.folder / f"part-{numbers[0]:06d}.parquet") as draft:
            pq.write_table(pa.table(columns), draft, compression="zstd")
        self._held.clear()

    @staticmethod
    def _known_mark(state: Path) -> str | None:
        if not state.exists():
            return None
        try:
            return str(json.loads(state.read_text(encoding="utf-8"))["mark"])
        except (ValueError, KeyError, TypeError):
            return ""

    def _kept(self) -> Iterator[tuple[int, KeptWorld]]:
        for path in sorted(self.folder.glob("part-*.parquet")):
            try:
                table = pq.read_table(path)
                numbers, answers = (table.column(name).to_pylist() for name in ("world", "cities"))
                block = np.stack([column.to_numpy() for column in table.columns[2:]], axis=1)
            except (pa.ArrowException, OSError, KeyError, ValueError):
                path.unlink(missing_ok=True)  # it is computed anew
                continue
            if block.shape[1] == self._columns:
                yield from zip(numbers, map(KeptWorld, block, answers), strict=True)
