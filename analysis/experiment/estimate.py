"""Needs of a large study: disk and memory, from one of its first runs."""

import shutil

from analysis.documents.numbers import bytes_in_words
from analysis.experiment.results import Results
from analysis.experiment.worker_pool import WorkerPool
from analysis.experiment.workers import Finished, peak_memory

LARGE = 200
"""Runs to do from which on an estimate is given."""
AT_THE_END = 120e6
"""Memory that tables, ranking and pictures add here, bytes; measured with 1,000 runs."""


def estimate(results: Results, ahead: int, arm: str, first: Finished, pool: WorkerPool) -> str:
    """Return in plain words what so many runs will take on disk and in memory, and why.

    `first` is the first run of an arm; one without policy takes less than half of the others.
    """
    runs, size = len(results.keys), len(first.content)
    tables = results.manifest.shard.whole
    disk = size * (ahead + (runs if tables else 0))
    free = shutil.disk_usage(results.folder).free
    words = [
        f"{ahead} runs to do. Disk: about {bytes_in_words(disk)},"
        f" {bytes_in_words(size)} a run in runs/"
        + (" and as much again in cities.parquet" if tables else "")
        + f"; {bytes_in_words(free)} are free."
    ]
    if disk > free:
        words.append("That is not enough: what is finished will be kept when the disk is full.")
    if first.memory is not None:
        words.append(
            f"Memory: {pool.workers} worker{'s' if pool.workers > 1 else ''} of"
            f" {bytes_in_words(first.memory)}"
            + (", the economy in it shared" if pool.local and pool.workers > 1 else "")
            + f"; here {bytes_in_words((peak_memory() or 0.0) + (AT_THE_END if tables else 0.0))}."
        )
    words.append(f"Measured on the first run of {arm}.")
    return " ".join(words)
