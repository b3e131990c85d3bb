"""Trials of mutants: whether a test that reaches the change fails, within its time."""

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis.reliability.mutants import Mutant
from data.errors import InputError

KILLED = "killed"
SURVIVED = "survived"
LATE = "too long"
UNREACHED = "no test"
LIMIT = 60.0
"""Seconds that the tests of a mutant may take at least, and ten times what they took unchanged."""
ENOUGH = 60.0
"""Seconds of tests that a mutant must survive; those that call least else come first."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Functions that each test calls, and how long it takes."""

    seconds: dict[str, float]
    callers: dict[str, frozenset[str]]
    """Tests by `file:function`."""
    breadth: Counter[str]
    """How many functions each test calls: the fewer, the more it says of each."""

    def tests(self, mutant: Mutant) -> list[str]:
        """Return the tests that call the changed function, or else any of its file or folder."""
        place = f"{mutant.file}:{mutant.function}"
        folder = f"{mutant.file.rpartition('/')[0]}/"
        within = (
            [name for name in self.callers if _holds(name, place)]
            or [name for name in self.callers if name.startswith(f"{mutant.file}:")]
            or [name for name in self.callers if name.startswith(folder)]
        )
        found = frozenset[str]().union(*(self.callers[name] for name in within))
        chosen: list[str] = []
        spent = 0.0
        for test in sorted(found, key=lambda test: (not _named(test, mutant), self.breadth[test])):
            if spent + self.seconds[test] <= ENOUGH:
                chosen.append(test)
                spent += self.seconds[test]
        return chosen

    def limit(self, tests: Iterable[str]) -> float:
        """Return seconds after which the tests have taken too long."""
        return LIMIT + 10 * sum(self.seconds[test] for test in tests)


def _holds(name: str, place: str) -> bool:
    """Return whether the name of a called function is the place, or a function within it."""
    return name == place or name.startswith(f"{place}.<locals>.")


def _named(test: str, mutant: Mutant) -> bool:
    """Return whether the file of a test is named after the changed file."""
    return Path(test.partition("::")[0]).stem == f"test_{Path(mutant.file).stem}"


def reach(root: Path, folder: Path) -> Reach:
    """Return what the tests reach, by notes in a folder; files of tests that are new are run."""
    folder.mkdir(parents=True, exist_ok=True)
    noted = folder / "files.json"
    files = json.loads(noted.read_text(encoding="utf-8")) if noted.exists() else {}
    now = {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((root / "tests").glob("test_*.py"))
    }
    new = [name for name, mark in now.items() if files.get(name) != mark]
    if new:
        sys.stdout.write(f"noting which functions the tests of {len(new)} files call\n")
        sys.stdout.flush()
        words = ["-p", "calls", "-q", "-m", "not study", *new]
        _pytest(root, words, {"CALLS": str(folder)}, None, None)
        noted.write_text(json.dumps(now), encoding="utf-8")
    return _read(root, folder)


def _read(root: Path, folder: Path) -> Reach:
    """Return what is noted of tests that there are."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in (root / "tests").glob("*.py")}
    seconds: dict[str, float] = {}
    callers: dict[str, set[str]] = {}
    breadth: Counter[str] = Counter()
    for path in folder.glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            test, took, names = json.loads(line)
            file, *_, function = test.split("::")
            if f"def {function}(" not in texts.get(Path(file).name, ""):
                continue
            seconds[test] = seconds.get(test, 0.0) + took
            breadth[test] += len(names)
            for name in names:
                callers.setdefault(name, set()).add(test)
    if not callers:
        raise InputError(f"{folder}: no test calls anything; do the tests run? `make test` says")
    return Reach(seconds, {name: frozenset(tests) for name, tests in callers.items()}, breadth)


def trial(root: Path, mutant: Mutant, known: Reach) -> tuple[str, str]:
    """Return how a mutant ended, and the test that failed first."""
    tests = known.tests(mutant)
    if not tests:
        return UNREACHED, ""
    with TemporaryDirectory() as folder:
        source = Path(folder) / "changed.py"
        source.write_text(mutant.source, encoding="utf-8")
        # Workers that tests start read it too: Python imports this module wherever it starts.
        (Path(folder) / "sitecustomize.py").write_text("import another_source\n", encoding="utf-8")
        place = {"MUTANT": mutant.file, "MUTANT_SOURCE": str(source), "PYTHONPATH": folder}
        log = Path(folder) / "log"
        words = ["-x", "-q", "-n", "0", "--tb", "no", "--no-header", *tests]
        code = _pytest(root, words, place, known.limit(tests), log)
        said = log.read_text(encoding="utf-8", errors="replace")
    if code is None:
        return LATE, ""
    if code == 0:
        return SURVIVED, ""
    failed = [line.split()[1] for line in said.splitlines() if line.startswith(("FAILED", "ERROR"))]
    if code not in (1, 2, 3, 4) or "file or directory not found" in said or "not found:" in said:
        raise InputError(f"{mutant.file}: pytest ended with {code}: {said[-300:]}")
    if failed:
        _require_sound(root, failed[0])
    return KILLED, failed[0] if failed else "when it is imported"


@cache
def _require_sound(root: Path, test: str) -> None:
    """Require that a test passes where nothing is changed, and nothing ran before it."""
    name = test.partition("[")[0]
    if _pytest(root, ["-q", "-n", "0", name], {}, LIMIT * 10, Path(os.devnull)):
        raise InputError(f"{name}: fails by itself without a change; mend it first")


def _pytest(
    root: Path, words: list[str], place: Mapping[str, str], limit: float | None, log: Path | None
) -> int | None:
    """Run pytest in a process group of its own; return its code, none after its time."""
    first, last = (known.get("PYTHONPATH", "") for known in (place, os.environ))
    search = os.pathsep.join(filter(None, [first, str(root / "tests"), str(root), last]))
    begin = [sys.executable, "-B", "-m", "pytest", "-p", "no:cacheprovider"]
    with (
        (log or Path(os.devnull)).open("w", encoding="utf-8") as out,
        subprocess.Popen(  # noqa: S603 - our own words
            [*begin, *words],
            cwd=root,
            env={**os.environ, **place, "PYTHONPATH": search},
            stdout=None if log is None else out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        try:
            return process.wait(limit)
        except BaseException as error:
            os.killpg(process.pid, 9)
            if isinstance(error, subprocess.TimeoutExpired):
                return None
            raise
