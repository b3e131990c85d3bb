"""The results directory of an experiment, or of a shard of it: one file a run, and a manifest."""

from collections.abc import Mapping
from pathlib import Path

from analysis.experiment.identity import short
from analysis.experiment.manifest import WAITING, Manifest, RunState, held, manifests, states
from analysis.experiment.run_file import SUFFIX, RunTables, read_run
from analysis.experiment.run_key import RunKey, Shard
from analysis.experiment.workers import Finished
from data.atomic import atomic
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
    ) -> None:
        self.folder = folder
        self.experiment = experiment
        self.keys = shard.keys(experiment)
        self.mark = short(marks)
        """Stands in every run's file."""
        self.manifest = Manifest(folder, experiment, marks, shard)

    def open(self, resume: bool) -> list[RunKey]:
        """Claim the directory and return the runs still to do.

        Raises
        ------
        InputError
            If it holds another experiment, or this one and `resume` is not asked for, or anything
            else; nothing is overwritten then.
        """
        known = self._known_states(resume)
        done = [key for key in self.keys if self.path(key).exists()]
        self.manifest.states = {key.id: WAITING for key in self.keys}
        self.manifest.take_over(known, done)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.manifest.write()
            (self.folder / "runs").mkdir(exist_ok=True)
        except OSError as error:
            raise InputError(f"{self.folder}: cannot be made ({error.strerror})") from error
        return self.waiting()

    def path(self, key: RunKey) -> Path:
        """Return where a run is kept."""
        return self.folder / "runs" / f"{key.id}{SUFFIX}"

    def keep(self, key: RunKey, finished: Finished) -> None:
        """Write one finished run."""
        with atomic(self.path(key)) as draft:
            draft.write_bytes(finished.content)
        self.note(key, RunState("done", "", round(finished.seconds, 4), finished.worker))

    def failed(self, key: RunKey, error: BaseException) -> None:
        """Note that a run failed, and why; the others go on."""
        self.note(key, RunState("failed", f"{type(error).__name__}: {error}"))

    def note(self, key: RunKey, state: RunState) -> None:
        """Note the state of a run."""
        self.manifest.states[key.id] = state
        self.manifest.write_now_and_then()

    def read(self, key: RunKey) -> RunTables:
        """Return one run."""
        return read_run(self.path(key), key, self.mark)

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
            if others:
                raise InputError(
                    f"{self.folder}: not empty, and no results directory; choose another with --out"
                )
        known: dict[str, RunState] = {}
        for path in found:
            content = held(path)
            self._check_same(content["identity"])
            known |= states(content)
        mine = self.manifest.path in found or (self.manifest.shard.whole and bool(found))
        if mine and not resume:
            raise InputError(
                f"{self.folder}: already holds results of this experiment; add --resume to keep"
                " its finished runs, or choose another directory with --out"
            )
        return known

    def _check_same(self, identity: Mapping[str, str]) -> None:
        mine = self.manifest.identity
        differs = [name for name, value in mine.items() if identity.get(name) != value]
        if differs:
            raise InputError(
                f"{self.folder}: holds the results of another experiment (other"
                f" {', '.join(differs)}); nothing was overwritten; choose another with --out"
            )
