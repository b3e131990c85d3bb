"""What a manifest file records, read and checked; whatever else is in it is left out."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from analysis.experiment.old_columns import renamed
from analysis.experiment.run_key import Shard, read_shard
from analysis.experiment.run_state import RunState, read_state
from data.errors import InputError
from model.labels import Money
from scenarios.experiment import Experiment
from scenarios.unregistered import unregistered

FORMAT = 4
"""Version of the directory's layout, and of the manifest's words."""
MARKS = ("experiment", "economy", "code")
"""Marks of an identity."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a manifest says."""

    path: Path
    identity: dict[str, str]
    shard: Shard
    runs: dict[str, RunState]
    """By run id."""
    digest: dict[str, str]
    """By table; empty before the tables are made."""
    words: Mapping[str, Any]
    """All of it, as it stands there."""

    @property
    def experiment(self) -> Experiment:
        """The experiment.

        Raises
        ------
        InputError
            If it is none, or none that this version knows.
        """
        try:
            return Experiment.model_validate_json(json.dumps(self.words.get("experiment")))
        except ValidationError as error:
            if said := self._unregistered():
                raise InputError(f"{self.path}: {said}") from error
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"])) or "experiment"
            raise InputError(
                f"{self.path}: its experiment cannot be read by this version of Quotapolis"
                f" ({place}: {first['msg'].splitlines()[0]})"
            ) from error

    def _unregistered(self) -> str:
        """Return which word of an arm is known to no plugin that was named; empty if none."""
        said = self.words.get("experiment")
        arms = said.get("arms") if isinstance(said, dict) else ()
        told = (
            unregistered(arm.get("scenario"))
            for arm in (arms if isinstance(arms, list) else ())
            if isinstance(arm, dict)
        )
        return next(filter(None, told), "")

    @property
    def outcomes_only(self) -> bool:
        """True if what every city did was not kept."""
        return bool(self.words.get("outcomes_only", False))

    @property
    def money(self) -> Money:
        """Money that the tables are in."""
        said = self.words.get("money", {})
        return Money(str(said.get("currency", "CNY")), float(said.get("cny", 1.0)))

    def differs(self, identity: Mapping[str, str]) -> list[str]:
        """Return the marks in which an identity is another one."""
        return [mark for mark in MARKS if self.identity[mark] != identity[mark]]


def no_results(folder: Path) -> InputError:
    """Return that a folder holds no results, and which of its folders do, if any."""
    within = sorted(path.parent.name for path in folder.glob("*/manifest.json"))
    told = (
        f"its folders {', '.join(within)} are: name one"
        if within
        else ("name one that compare or run has written")
    )
    return InputError(f"{folder}: no results directory; {told}")


def manifests(folder: Path) -> list[Path]:
    """Return the manifests in a directory: of the whole, of shards, or of both."""
    return sorted(path for path in folder.glob("manifest*.json") if NAME.fullmatch(path.name))


NAME = re.compile(r"manifest(-\d+-of-\d+)?\.json")
"""Of a manifest."""


def read_manifest(path: Path) -> Recorded:
    """Read a manifest.

    Raises
    ------
    InputError
        If it is none, or one of another version.
    """
    try:
        words = json.loads(path.read_text(encoding="utf-8"))
        _check_version(path, words)
        return Recorded(
            path,
            {mark: _word(words["identity"], mark) for mark in MARKS},
            read_shard(_word(words, "shard")),
            {run: read_state(state) for run, state in words["runs"].items()},
            {name: _word(words["digest"], name) for name in words.get("digest", ())},
            words,
        )
    except WrongVersion:
        raise
    except KeyError as error:
        raise _unreadable(path, f"{error.args[0]} is missing") from error
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    except (ValueError, TypeError, AttributeError, RecursionError, InputError) as error:
        raise _unreadable(path, str(error).partition("\n")[0]) from error


class WrongVersion(InputError):
    """The manifest is of another version."""


def _check_version(path: Path, words: Any) -> None:
    if not isinstance(words, dict):
        raise TypeError("it is no table of words")
    number = words["format"]
    if not isinstance(number, int) or isinstance(number, bool):
        raise TypeError("format is no number")
    if number > FORMAT:
        raise WrongVersion(
            f"{path}: written by a later version of Quotapolis (format {number}, this one reads"
            f" {FORMAT}); update it, or run it again into another directory with --out"
        )
    if number < FORMAT:
        raise WrongVersion(
            f"{path}: written by an earlier version of Quotapolis (format {number}, this one reads"
            f" {FORMAT}); use that one, or run it again into another directory with --out"
        )
    for table in words.get("columns", {}).values():
        for hint in filter(None, map(renamed, table)):
            raise WrongVersion(
                f"{path}: written by an earlier version ({hint}); run it again into another"
                " directory with --out"
            )


def _word(words: Any, name: str) -> str:
    if not isinstance(words[name], str):
        raise TypeError(f"{name} is no word")
    return words[name]


def _unreadable(path: Path, why: str) -> InputError:
    return InputError(
        f"{path}: unreadable ({why}); take this file away and ask again, with --resume, what made"
        f" {path.parent}: the runs are kept"
    )
