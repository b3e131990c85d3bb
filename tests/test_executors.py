"""Executors: wherever runs are done, and whoever dies on the way, they come to the same."""

import os
import re
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from analysis import compare
from analysis.experiment.scheduler import run_all
from data.errors import InputError
from model.allocation import RULES
from scenarios import Experiment, read_experiment, read_scenario
from scenarios.experiment import Arm


class InTurn(Executor):
    """Does everything at once, in the process that asks."""

    def __init__(self) -> None:
        self.under_way = 0

    def submit(self, fn, /, *args, **kwargs):
        future: Future = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Counting(ThreadPoolExecutor):
    """Threads that note how much they were given and had not yet handed back."""

    def __init__(self, workers: int) -> None:
        super().__init__(workers)
        self.open: set[Future] = set()
        self.most = 0
        self.with_context = 0

    def submit(self, fn, task, context):
        self.with_context += context is not None
        future = super().submit(fn, task, context)
        self.open = {held for held in self.open if not held.done()} | {future}
        self.most = max(self.most, len(self.open))
        return future


def per_head_squared(cap, knowledge):
    """A user's own rule: quota by the square of population."""
    weight = knowledge.population**2
    return cap * weight / weight.sum()


def deadly_once(cap, knowledge):
    """A rule that takes its worker's process along, as many times as its notes say."""
    notes = Path(os.environ["QUOTAPOLIS_TEST_NOTES"])
    left = int(notes.read_text())
    if left:
        notes.write_text(str(left - 1))
        os._exit(1)
    return per_head_squared(cap, knowledge)


def with_own_rule(name: str, end: int = 2014) -> Experiment:
    experiment = read_experiment("allocation_rules", [f"horizon.end={end}"])
    own = read_scenario("default", [f"allocation.rule={name}", f"horizon.end={end}"])
    arms = (experiment.arm("no_policy"), Arm(name="own", scenario=own))
    return experiment.model_copy(update={"arms": arms, "replications": 3, "name": "trial"})


@pytest.fixture
def own_rule(monkeypatch) -> Experiment:
    monkeypatch.setitem(RULES, "per_head_squared", per_head_squared)
    return with_own_rule("per_head_squared")


def test_tasks_that_end_at_once_are_handed_over_as_they_were_begun() -> None:
    given: list[int] = []
    lost = run_all(
        range(50), lambda task, _: task, InTurn(), None, 50,
        lambda _, answer: given.append(answer), lambda *_: None,
    )  # fmt: skip
    assert not lost
    assert given == [*range(50)]


def test_every_executor_gives_the_same_digest(own_rule, small, tmp_path) -> None:
    digests = []
    pools = (
        InTurn(),
        ThreadPoolExecutor(2),
        ProcessPoolExecutor(2, mp_context=get_context("spawn")),
    )
    for number, pool in enumerate(pools):
        with pool:
            result = compare(
                own_rule, economy=small, out=tmp_path / str(number), executor=pool, pictures=False
            )
        assert not result.failures
        digests.append(result.digest)
    assert digests[0] == digests[1] == digests[2]


def test_few_runs_are_under_way_and_the_economy_travels_seldom(own_rule, small, tmp_path) -> None:
    chosen = own_rule.model_copy(update={"replications": 20})
    with Counting(1) as pool:
        compare(chosen, economy=small, out=tmp_path / "r", executor=pool, workers=1, pictures=False)
        assert pool.most <= 4
        assert pool.with_context <= 4


@pytest.fixture
def notes(tmp_path, monkeypatch) -> Path:
    path = tmp_path / "notes"
    monkeypatch.setenv("QUOTAPOLIS_TEST_NOTES", str(path))
    monkeypatch.setitem(RULES, "deadly_once", deadly_once)
    return path


def test_a_worker_that_dies_is_replaced_and_no_run_is_lost(notes, small, tmp_path) -> None:
    notes.write_text("1")
    said: list[str] = []
    result = compare(
        with_own_rule("deadly_once"),
        economy=small,
        out=tmp_path / "r",
        workers=1,
        pictures=False,
        message=said.append,
    )
    assert not result.failures
    assert len(result.national) == 2 * 3 * 2
    assert len(said) == 1
    assert re.match(r"A worker died; new workers go on with the remaining \d runs?", said[0])


def test_workers_that_keep_dying_end_it_with_the_way_on(own_rule, small, tmp_path) -> None:
    class Dying(InTurn):
        def submit(self, fn, /, *args, **kwargs):
            from concurrent.futures.process import BrokenProcessPool

            self.under_way += 1
            if self.under_way > 6:
                raise BrokenProcessPool("killed")
            return super().submit(fn, *args, **kwargs)

    own_rule = own_rule.model_copy(update={"seed": 77})  # its context is new to this process
    with pytest.raises(InputError, match=r"workers died.*; [1-5] runs? of 6 not done: .*--resume"):
        compare(
            own_rule, economy=small, out=tmp_path / "r", executor=Dying(), workers=1, pictures=False
        )
    resumed = compare(
        own_rule, economy=small, out=tmp_path / "r", executor=InTurn(), resume=True, pictures=False
    )
    assert len(resumed.national) == 2 * 3 * 2


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("dask", "no address; write dask://HOST:PORT"),
        ("ray://here:1", "unknown; write dask://HOST:PORT"),
        ("dask://here", "such as dask://head:8786"),
        ("tls://here", "write tls://HOST:PORT, such as tls://head:8786"),
        ("dask://here:port", "such as dask://head:8786"),
        ("dask://here:8786/x", "such as dask://head:8786"),
    ],
)
def test_an_address_that_is_none_is_refused(address, says, own_rule, small, tmp_path) -> None:
    with pytest.raises(InputError, match=says):
        compare(own_rule, economy=small, out=tmp_path / "r", executor=address, pictures=False)
    assert not (tmp_path / "r").exists()
