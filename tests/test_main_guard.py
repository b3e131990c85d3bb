"""Scripts as users write them: with a guard, without one, in a cell, and in one process."""

import multiprocessing
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import compare
from analysis.experiment.in_turn import InTurn
from data.compiled.synthetic import small_economy
from data.errors import InputError
from scenarios import read_experiment

ROOT = Path(__file__).parents[1]
SCRIPT = """
from analysis import compare
from data.compiled.synthetic import small_economy
from scenarios import read_experiment

full = read_experiment("allocation_rules", ["horizon.end=2014"])
study = full.model_copy(update={"arms": full.arms[:2], "replications": 1, "name": "trial"})
found = compare(study, economy=small_economy(), out="out", workers=WORKERS, pictures=False)
print(sorted(set(found.ranking["arm"])))
"""
ARMS = "['grandfathering+exchange', 'no_policy']"


def python(folder: Path, *words: str, **more) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], cwd=folder, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": ""}, timeout=300, **more,
    )  # fmt: skip


def test_a_script_without_a_guard_is_told_so_in_one_line(tmp_path) -> None:
    (tmp_path / "mine.py").write_text(SCRIPT.replace("WORKERS", "2"))
    answer = python(tmp_path, "mine.py")
    assert answer.returncode != 0
    last = answer.stderr.strip().splitlines()[-1]
    assert 'put the call under `if __name__ == "__main__":`' in last
    assert answer.stderr.count("Traceback") == 1, "the user's own, and none of a worker"
    assert "out of memory" not in answer.stderr


def test_a_script_without_a_guard_runs_in_one_process(tmp_path) -> None:
    (tmp_path / "mine.py").write_text(SCRIPT.replace("WORKERS", "0"))
    answer = python(tmp_path, "mine.py")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip() == ARMS


def test_a_cell_needs_no_guard(tmp_path) -> None:
    """A notebook's main program has no file, as one that is typed in."""
    answer = python(tmp_path, "-", input=SCRIPT.replace("WORKERS", "2"))
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip() == ARMS


def test_a_process_that_may_start_no_other_is_told_so_before_anything_is_written(
    monkeypatch, tmp_path
) -> None:
    """As every process of `multiprocessing.Pool`, in which many studies may be done."""
    monkeypatch.setitem(multiprocessing.current_process()._config, "daemon", True)
    study = read_experiment("allocation_rules", ["horizon.end=2014"])
    with pytest.raises(InputError, match=r"may start no others .* hand over workers=0"):
        compare(study, economy=small_economy(), out=tmp_path / "out", workers=2)
    assert not (tmp_path / "out").exists()


@pytest.mark.study
def test_runs_in_turn_have_the_digest_of_runs_elsewhere(tmp_path) -> None:
    full = read_experiment("allocation_rules", ["horizon.end=2014"])
    study = full.model_copy(update={"arms": full.arms[:2], "replications": 2, "name": "trial"})
    found = [
        compare(study, economy=small_economy(), out=tmp_path / str(workers), pictures=False,
                workers=workers)
        for workers in (0, 1)
    ]  # fmt: skip
    assert found[0].digest == found[1].digest


def test_an_error_of_a_task_in_turn_stands_in_its_future() -> None:
    assert InTurn().submit(int, "7").result() == 7
    with pytest.raises(ValueError, match="invalid literal"):
        InTurn().submit(int, "x").result()
