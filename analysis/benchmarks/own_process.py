"""A step in a process of its own, so that its peak memory is its own."""

import importlib
import json
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from analysis.benchmarks.timing import Timing

MEGABYTE = 1e6


@dataclass(frozen=True, slots=True)
class Step:
    """Something to measure: what a reader calls it, and the function that does it."""

    name: str
    work: Callable[..., Timing]
    """Does the work on these arguments and says how long it took, preparations apart."""
    arguments: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Measured:
    """Time and memory of a step."""

    name: str
    seconds: float
    read: int
    """Bytes that it must read from memory at least; 0 where nobody counted."""
    peak: float
    """Most memory that the process and its children held at once, MB."""


def measured(step: Step) -> Measured:
    """Do a step in a new process.

    Raises
    ------
    RuntimeError
        If it fails; what went wrong stands above, on the terminal.
    """
    name = f"{step.work.__module__}:{step.work.__qualname__}"
    arguments = json.dumps(dict(step.arguments))
    command = [sys.executable, "-m", "analysis.benchmarks.own_process", name, arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603 - our own functions
    together: list[float] = []
    watch = threading.Thread(target=_watch, args=(process.pid, together), daemon=True)
    watch.start()
    output = process.communicate()[0]
    if process.returncode:
        raise RuntimeError(f"{step.name}: ended with status {process.returncode}")
    watch.join()
    told = json.loads(output.splitlines()[-1])
    return Measured(step.name, **told["timing"], peak=max([told["peak"], *together]))


def _watch(root: int, together: list[float]) -> None:
    """Note every quarter of a second what a process with children holds, shared pages once."""
    while _tasks(root):
        family = _family(root)
        if len(family) > 1:
            together.append(sum(map(_proportional, family)))
        time.sleep(0.25)


def _family(process: int) -> list[int]:
    found = [process]
    for parent in found:
        try:
            found += [int(child) for task in _tasks(parent) for child in task.read_text().split()]
        except OSError:
            continue  # it has just ended
    return found


def _tasks(process: int) -> list[Path]:
    return list((Path("/proc") / str(process) / "task").glob("*/children"))


def _proportional(process: int) -> float:
    """Return a process's memory, MB; of a page that n processes share it counts one n-th."""
    try:
        lines = (Path("/proc") / str(process) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0  # it has just ended, or the system does not tell
    return _kilobytes(lines, "Pss:") * 1024 / MEGABYTE


def main() -> None:
    """Do the step named by module:function and JSON arguments, and print what it took."""
    module, function = sys.argv[1].split(":")
    work = getattr(importlib.import_module(module), function)
    timing = work(**json.loads(sys.argv[2]))
    told = {"timing": asdict(timing), "peak": _peak()}
    print(json.dumps(told))  # noqa: T201 - the parent reads it


def _peak() -> float:
    """Return the most memory that this process has held, MB.

    What the kernel keeps of it for the parent would begin with the parent's own.
    """
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        known = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return known / MEGABYTE if sys.platform == "darwin" else known * 1024 / MEGABYTE
    return _kilobytes(lines, "VmHWM:") * 1024 / MEGABYTE


def _kilobytes(lines: list[str], name: str) -> int:
    return sum(int(line.split()[1]) for line in lines if line.startswith(name))


if __name__ == "__main__":
    main()
