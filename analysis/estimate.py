"""What a large study will take: disk and memory, from its first run."""

import shutil

from analysis.crew import Crew
from analysis.results import Results
from analysis.run_key import RunKey
from analysis.workers import Finished, peak_memory

LARGE = 200
"""Runs to do from which on an estimate is given."""
BYTES_A_ROW = 90.0
"""Memory that the widest picture takes here at the end, bytes a row of the city table; measured."""


def estimate(results: Results, key: RunKey, first: Finished, crew: Crew) -> str:
    """Return in plain words what the study will take on disk and in memory, and why."""
    runs, todo = len(results.keys), len(results.waiting()) + 1
    size = len(first.content)
    tables = results.manifest.shard.whole
    disk = size * (todo + (runs if tables else 0))
    free = shutil.disk_usage(results.folder).free
    words = [
        f"{todo} runs to do. Disk: about {_size(disk)}, {_size(size)} a run in runs/"
        + (" and as much again in cities.parquet" if tables else "")
        + f"; {_size(free)} are free."
    ]
    if disk > free:
        words.append("That is not enough: what is finished will be kept when the disk is full.")
    if first.memory is not None:
        words.append(
            f"Memory: {crew.workers} worker{'s' if crew.workers > 1 else ''} of"
            f" {_size(first.memory)}"
            + (", the economy in it shared" if crew.local and crew.workers > 1 else "")
            + f"; here {_size(_here(results, key))}"
            + (" at the end, for the pictures." if tables else ".")
        )
    words.append("Measured on the first run.")
    return " ".join(words)


def _here(results: Results, key: RunKey) -> float:
    now = peak_memory() or 0.0
    if not results.manifest.shard.whole:
        return now
    rows = results.read(key).cities.num_rows * len(results.keys)
    return now + BYTES_A_ROW * rows


def _size(amount: float) -> str:
    """Return bytes in words."""
    for unit in ("B", "kB", "MB"):
        if amount < 1000:
            return f"{amount:.2g} {unit}" if amount < 10 else f"{amount:.0f} {unit}"
        amount /= 1000
    return f"{amount:.1f} GB"
