"""A saved state: a run stopped after some year, on disk, to be gone on with or branched."""

import hashlib
import io
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints
from zipfile import BadZipFile, is_zipfile

import numpy as np
from pydantic import ValidationError

from data.atomic import atomic
from data.errors import InputError
from model.compile.city_economy import Economy
from scenarios.scenario import Scenario
from scenarios.unregistered import unregistered
from simulation.along_runs import run_of
from simulation.state import State

FORMAT = 3
"""Version of the file's layout."""
FAULTS = (OSError, ValueError, KeyError, TypeError, EOFError, RuntimeError, BadZipFile, zlib.error)
"""What reading a damaged archive raises; a `RuntimeError` where it is locked or packed unknown."""


@dataclass(frozen=True, slots=True)
class SavedState:
    """A run that can be gone on with: its state, its chance, its scenario."""

    state: State
    scenario: Scenario
    """As run so far."""
    seed: int
    replication: int
    economy: str
    """Mark of the economy; see `economy_mark`."""

    @property
    def year(self) -> int:
        """Last simulated year; the base year before the first."""
        return self.scenario.horizon.base_year + self.state.t

    def write(self, path: str | Path) -> None:
        """Write the file, whole or not at all.

        Raises
        ------
        InputError
            If it cannot be written.
        """
        header = {
            "format": FORMAT,
            "scenario": self.scenario.model_dump(mode="json"),
            "seed": self.seed,
            "replication": self.replication,
            "economy": self.economy,
        }
        content = io.BytesIO()
        arrays: dict[str, Any] = dict(_flat("state", self.state))
        np.savez(content, header=np.array(json.dumps(header)), **arrays)
        try:
            with atomic(Path(path)) as draft:
                draft.write_bytes(content.getvalue())
        except OSError as error:
            raise InputError(
                f"{path}: the state cannot be written ({error.strerror}); name another file"
            ) from error


def saved(
    state: State, scenario: Scenario, seed: int, replication: int, economy: str, run: int | None
) -> SavedState:
    """Return the state of a run, or of one of several that advanced together."""
    mine = state if run is None else run_of(state, State, run)
    return SavedState(mine, scenario, seed, replication, economy)


def read_state(path: str | Path) -> SavedState:
    """Return a saved state.

    Raises
    ------
    InputError
        If the file is not there, damaged, or no saved state of this version.
    """
    try:
        content = io.BytesIO(Path(path).read_bytes())
        if not is_zipfile(content):  # numpy would advise to trust it
            raise BadZipFile("it is no archive of arrays")
        content.seek(0)
        with np.load(content, allow_pickle=False) as held:
            header = json.loads(str(held["header"]))
            if header["format"] != FORMAT:
                raise InputError(
                    f"{path}: a saved state of layout {header['format']}, not {FORMAT}; save it"
                    " anew with this version"
                )
            if said := unregistered(header["scenario"]):
                raise InputError(f"{path}: {said}")
            arrays = {name: held[name] for name in held.files}
        return SavedState(
            state=_built(State, "state", arrays),
            scenario=Scenario.model_validate_json(json.dumps(header["scenario"])),
            seed=_number(header, "seed"),
            replication=_number(header, "replication"),
            economy=str(header["economy"]),
        )
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file") from error
    except FAULTS as error:
        why = _first(error) if isinstance(error, ValidationError) else error
        raise InputError(
            f"{path}: no saved state, or a damaged one ({why}); make it with --save"
        ) from error


def _number(header: dict[str, Any], name: str) -> int:
    number = header[name]
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise TypeError(f"{name} = {number!r} is no whole number")
    return number


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(map(str, ('scenario', *first['loc'])))}: {first['msg'].splitlines()[0]}"


def economy_mark(economy: Economy) -> str:
    """Return a short hash of an economy: names, emissions, output, demand and trade."""
    material = hashlib.blake2b(" ".join(economy.regions.names).encode(), digest_size=8)
    said = (economy.x, economy.F, economy.d, economy.export, economy.value_added)
    for values in (*said, economy.population, *economy.form.arrays):
        material.update(np.ascontiguousarray(values).data)
    return material.hexdigest()


def _flat(name: str, value: Any) -> Iterator[tuple[str, np.ndarray]]:
    """Return the arrays of a tree of dataclasses and tuples, by dotted name."""
    if is_dataclass(value):
        for field in fields(value):
            yield from _flat(f"{name}.{field.name}", getattr(value, field.name))
    elif isinstance(value, tuple):
        yield f"{name}.length", np.array(len(value))
        for number, part in enumerate(value):
            yield from _flat(f"{name}.{number}", part)
    else:
        yield name, np.asarray(value)


def _built(kind: Any, name: str, arrays: dict[str, np.ndarray]) -> Any:
    """Return what `_flat` was given, by the annotations of its classes."""
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        parts = {f.name: _built(hints[f.name], f"{name}.{f.name}", arrays) for f in fields(kind)}
        return kind(**parts)  # type: ignore[operator] # a class, not an instance
    if get_origin(kind) is tuple:
        count = int(arrays[f"{name}.length"])
        return tuple(_built(get_args(kind)[0], f"{name}.{n}", arrays) for n in range(count))
    return arrays[name] if arrays[name].ndim else arrays[name].item()
