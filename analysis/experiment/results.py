"""The results directory of an experiment, or of a shard of it: one file a run, and a manifest."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.experiment.identity import short
from analysis.experiment.manifest import Manifest
from analysis.experiment.recorded import Recorded, manifests, read_manifest
from analysis.experiment.run_file import HASH_BYTES, RunTables
from analysis.experiment.run_key import RunKey, Shard
from analysis.experiment.run_reading import DamagedRun, Expected, content_hash, read_run
from analysis.experiment.run_state import WAITING, RunState
from analysis.experiment.workers import Finished
from data.atomic import atomic, sweep_drafts
from data.errors import InputError
from scenarios.experiment import Experiment

WHOLE = Shard()


class Results:
    """A results directory. Files appear whole or not at all; shards may fill one together."""

    def __init__(
        self,
        folder: Path,
        experiment: Experiment,
        marks: Mapping[str, str],
        shard: Shard = WHOLE,
        cities: int | None = None,
        *,
        outcomes_only: bool = False,
    ) -> None:
        self.folder = folder
        self.experiment = experiment
        self.keys = shard.keys(experiment)
        self.mark = short(marks)
        """Stands in every run's file."""
        self.manifest = Manifest(folder, experiment, marks, shard, outcomes_only)
        self.damaged: dict[RunKey, str] = {}
        """What is wrong with files that were found on opening; these runs are still to do."""
        self.sealed: Any = None
        """Seal of the tables that the directory held on opening; see `seal`."""
        self._cities = cities

    def open(self, resume: bool) -> list[RunKey]:
        """Claim the directory and return the runs still to do.

        Raises
        ------
        InputError
            If it holds another experiment, or this one and `resume` is not asked for, or anything
            else; nothing is overwritten then.
        """
        known = self._known_states(resume)
        for place in (self.folder, self.folder / "figures", *(self.folder / "runs").glob("*")):
            sweep_drafts(place)
        self.manifest.states = {
            key.id: self._state_found(key, known.get(key.id, WAITING)) for key in self.keys
        }
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.manifest.write()
            (self.folder / "runs").mkdir(exist_ok=True)
        except OSError as error:
            raise InputError(f"{self.folder}: cannot be made ({error.strerror})") from error
        return self.waiting()

    def path(self, key: RunKey) -> Path:
        """Return where a run is kept."""
        return self.folder / key.file

    def keep(self, key: RunKey, finished: Finished) -> None:
        """Write one finished run."""
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic(path) as draft:
            draft.write_bytes(finished.content)
        seconds, content = round(finished.seconds, 4), finished.content[-HASH_BYTES:].hex()
        state = RunState("done", "", seconds, finished.worker, content, finished.kernel)
        self.note(key, state)

    def failed(self, key: RunKey, error: BaseException) -> None:
        """Note that a run failed, and why; the others go on."""
        self.note(key, RunState("failed", f"{type(error).__name__}: {error}"))

    def note(self, key: RunKey, state: RunState) -> None:
        """Note the state of a run."""
        self.manifest.states[key.id] = state
        self.manifest.write_now_and_then()

    def read(self, key: RunKey) -> RunTables:
        """Return one run.

        Raises
        ------
        DamagedRun
            If its file is damaged since the directory was opened.
        """
        try:
            return read_run(self.path(key), self.expected(key))
        except DamagedRun as mistake:
            raise DamagedRun(f"{mistake}; --resume does it anew") from mistake

    def expected(self, key: RunKey) -> Expected:
        """Return what the file of a run has to agree with."""
        years = tuple(self.experiment.arms[0].scenario.horizon.years)
        return Expected(key, self.mark, years, self._cities, self.manifest.outcomes_only)

    def finished(self) -> list[RunKey]:
        """Return the runs that are done, in the order of the experiment."""
        return [key for key in self.keys if self.manifest.states[key.id].done]

    def waiting(self) -> list[RunKey]:
        """Return the runs that are still to do, or failed, in the order of the experiment."""
        return [key for key in self.keys if not self.manifest.states[key.id].done]

    @property
    def failures(self) -> dict[str, str]:
        """Reasons that keep runs from being done, by run id."""
        return {key.id: str(self.manifest.states[key.id]) for key in self.waiting()}

    def _known_states(self, resume: bool) -> dict[str, RunState]:
        """Return what earlier manifests record, having checked that the directory may be used."""
        if self.folder.exists() and not self.folder.is_dir():
            raise InputError(f"{self.folder}: a file, not a folder; choose another with --out")
        found = manifests(self.folder)
        if not found and self.folder.exists():
            others = [path for path in self.folder.iterdir() if not path.name.startswith(".")]
            if others and not (resume and self._holds_a_run()):
                raise InputError(
                    f"{self.folder}: not empty, and no results directory; choose another with --out"
                )
        known: dict[str, RunState] = {}
        for path in found:
            said = read_manifest(path)
            self._check_same(said)
            known |= said.runs
            if path == self.manifest.path:
                self.sealed = said.words.get("seal")
        mine = self.manifest.path in found or (self.manifest.shard.whole and bool(found))
        if mine and not resume:
            raise InputError(
                f"{self.folder}: already holds results of this experiment; add --resume to keep"
                " its finished runs (resume=True in Python), or choose another directory with --out"
            )
        return known

    def _holds_a_run(self) -> bool:
        """Return whether a run of this experiment is there, as after the loss of the manifest."""
        return any(self._state_found(key, WAITING).done for key in self.keys)

    def _check_same(self, said: Recorded) -> None:
        if said.outcomes_only != self.manifest.outcomes_only:
            held = "outcomes alone" if said.outcomes_only else "what every city did"
            way = "add" if said.outcomes_only else "leave out"
            raise InputError(
                f"{self.folder}: holds {held}; {way} --outcomes-only, or choose another directory"
                " with --out"
            )
        if differs := said.differs(self.manifest.identity):
            raise InputError(
                f"{self.folder}: holds the results of another experiment (other"
                f" {', '.join(differs)}); nothing was overwritten; choose another with --out"
            )

    def _state_found(self, key: RunKey, known: RunState) -> RunState:
        """Return a run's state: done if its file is whole; one recorded is known by its hash."""
        path = self.path(key)
        if not path.exists():
            return WAITING
        try:
            content = content_hash(path)
            if content != known.content:
                read_run(path, self.expected(key))
        except DamagedRun as mistake:
            self.damaged[key] = str(mistake)
            return WAITING
        done = RunState("done", content=content)
        return replace(known, content=content) if known.done else done


def damaged_runs(found: Mapping[RunKey, str]) -> str:
    """Return in words which runs are damaged, all of them, and how."""
    number = "1 damaged run" if len(found) == 1 else f"{len(found)} damaged runs"
    return f"{number}: {'; '.join(found.values())}"
