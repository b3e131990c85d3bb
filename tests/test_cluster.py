"""A Dask cluster on this machine: two workers, one of which is killed, come to what one would."""

import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from invented import placed_in_china
from own_policy import ARMS, experiment_file
from test_executors import InTurn, per_head_squared, with_own_rule

from analysis import compare
from analysis.experiment.executors import pool_source
from data.errors import InputError
from model.allocation import RULES
from model.catalogue import CATALOGUE
from scenarios import Experiment

installed = importlib.util.find_spec("distributed") is not None
needs_dask = pytest.mark.skipif(not installed, reason="the extra 'cluster' is not installed")
HERE = "127.0.0.1"


@pytest.fixture
def own_rule(monkeypatch) -> Experiment:
    monkeypatch.setitem(RULES, "per_head_squared", per_head_squared)
    return with_own_rule("per_head_squared").model_copy(update={"replications": 10})


def free_port() -> int:
    with socket.socket() as any_port:
        any_port.bind((HERE, 0))
        return int(any_port.getsockname()[1])


def started(stack: ExitStack, *words: str) -> subprocess.Popen[bytes]:
    path = os.pathsep.join([str(Path(__file__).parents[1]), *sys.path])
    place = {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=place,
    )
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


@pytest.fixture
def cluster() -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Return the address of a scheduler and its two workers."""
    place = f"{HERE}:{free_port()}"
    here = ("--host", HERE, "--no-dashboard")
    with ExitStack() as stack:
        started(stack, "scheduler", "--port", place.partition(":")[2], *here)
        worker = ("worker", f"tcp://{place}", "--nthreads", "1", "--no-nanny", *here)
        workers = [started(stack, *worker) for _ in range(2)]
        yield f"dask://{place}", workers


@pytest.mark.study
@needs_dask
def test_a_cluster_that_loses_a_worker_gives_the_digest_of_this_machine(
    cluster, own_rule, small, tmp_path
) -> None:
    address, workers = cluster
    wait_for_workers(address, 2)

    def kill_one(stage: str, done: int, _: int) -> None:
        if stage == "runs" and done >= 5:  # runs that advance together come together
            workers[0].kill()

    there = compare(
        own_rule,
        economy=small,
        out=tmp_path / "there",
        executor=address,
        pictures=False,
        progress=kill_one,
    )
    assert workers[0].wait() != 0
    assert not there.failures
    here = compare(
        own_rule, economy=small, out=tmp_path / "here", executor=InTurn(), pictures=False
    )
    assert there.digest == here.digest


@pytest.mark.study
@needs_dask
def test_own_words_of_every_kind_reach_a_cluster(cluster, small, tmp_path) -> None:
    address, _ = cluster
    wait_for_workers(address, 2)
    before = {kind: registry.entries() for kind, registry in CATALOGUE.items()}
    path = experiment_file(tmp_path, ARMS)
    chosen = {"economy": placed_in_china(small), "pictures": False}
    there = compare(path, out=tmp_path / "there", executor=address, **chosen)
    here = compare(path, out=tmp_path / "here", executor=InTurn(), **chosen)
    for kind, registry in CATALOGUE.items():
        registry.restore(before[kind])
    assert not there.failures
    assert there.digest == here.digest


def wait_for_workers(address: str, number: int) -> None:
    import distributed

    place = address.replace("dask://", "tcp://")
    deadline = time.monotonic() + 60
    while True:
        try:
            with distributed.Client(place, timeout=5, set_as_default=False) as client:
                if number:
                    client.wait_for_workers(number, timeout=60)
                return
        except OSError:
            assert time.monotonic() < deadline


@pytest.mark.study
@needs_dask
def test_workers_of_another_version_are_refused(
    cluster, own_rule, small, tmp_path, monkeypatch
) -> None:
    address, _ = cluster
    wait_for_workers(address, 2)
    monkeypatch.setattr("analysis.experiment.comparison.version_mark", lambda: "another")
    with pytest.raises(InputError, match="runs another version of Quotapolis; update it"):
        compare(own_rule, economy=small, out=tmp_path / "r", executor=address, pictures=False)


@pytest.mark.study
@needs_dask
def test_a_scheduler_that_does_not_answer_is_named(own_rule, small, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("analysis.experiment.dask_cluster.PATIENCE", 1)
    address = f"dask://{HERE}:{free_port()}"
    with pytest.raises(InputError, match=rf"{address}: no Dask scheduler answers.*--resume"):
        compare(own_rule, economy=small, out=tmp_path / "r", executor=address, pictures=False)


@pytest.mark.study
@needs_dask
def test_a_scheduler_without_workers_is_named(own_rule, small, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("analysis.experiment.dask_cluster.PATIENCE", 5)
    place = f"{HERE}:{free_port()}"
    with ExitStack() as stack:
        started(stack, "scheduler", "--host", HERE, "--port", place.partition(":")[2],
                "--no-dashboard")  # fmt: skip
        wait_for_workers(f"dask://{place}", 0)
        with pytest.raises(InputError, match="has no worker; start some with: dask worker"):
            compare(
                own_rule, economy=small, out=tmp_path / "r", executor=f"dask://{place}",
                pictures=False,
            )  # fmt: skip


@pytest.mark.study
@needs_dask
def test_a_cluster_that_has_lost_all_workers_says_so_and_waits(
    cluster, own_rule, small, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr("analysis.experiment.dask_cluster.ALONE", 3.0)
    monkeypatch.setattr("analysis.experiment.dask_cluster.LOOK", 0.5)
    address, workers = cluster
    wait_for_workers(address, 2)
    said: list[str] = []

    def kill_all(stage: str, done: int, _: int) -> None:
        if stage == "runs" and done >= 3:
            for worker in workers:
                worker.kill()

    with ExitStack() as stack:

        def help_comes(sentence: str) -> None:
            said.append(sentence)
            place = address.replace("dask://", "tcp://")
            started(stack, "worker", place, "--nthreads", "1", "--no-nanny", "--host", HERE)

        result = compare(
            own_rule, economy=small, out=tmp_path / "r", executor=address, pictures=False,
            progress=kill_all, message=help_comes,
        )  # fmt: skip
    assert not result.failures
    assert len(said) == 1
    assert said[0].startswith(f"{address}: no worker for 3 s; the runs wait until one joins (dask")


@pytest.fixture
def certificates(tmp_path, monkeypatch) -> Iterator[Path]:
    """Have Dask's configuration name a certificate of one's own."""
    import dask

    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         f"/CN={HERE}", "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    folder = tmp_path / "dask"
    folder.mkdir()
    both = {"cert": str(certificate), "key": str(key)}
    known = dask.config.get("distributed.comm.tls", {})
    tls = {**known, "ca-file": str(certificate), "client": both, "worker": both, "scheduler": both}
    (folder / "tls.json").write_text(json.dumps({"distributed": {"comm": {"tls": tls}}}))
    monkeypatch.setenv("DASK_CONFIG", str(folder))
    with dask.config.set({"distributed.comm.tls": tls}):
        yield folder


@pytest.mark.study
@needs_dask
@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl for certificates")
def test_a_cluster_may_be_reached_with_certificates_alone(
    certificates, own_rule, small, tmp_path
) -> None:
    place = f"tls://{HERE}:{free_port()}"
    chosen = own_rule.model_copy(update={"replications": 1})
    with ExitStack() as stack:
        started(stack, "scheduler", "--protocol", "tls", "--port", place.rpartition(":")[2],
                "--no-dashboard")  # fmt: skip
        started(stack, "worker", place, "--nthreads", "1", "--no-nanny")
        deadline = time.monotonic() + 60
        while True:
            try:
                result = compare(
                    chosen, economy=small, out=tmp_path / "r", executor=place, pictures=False,
                    resume=True,
                )  # fmt: skip
                break
            except InputError:
                assert time.monotonic() < deadline
    assert not result.failures


@needs_dask
def test_without_certificates_a_safe_cluster_is_refused(own_rule, small, tmp_path) -> None:
    with pytest.raises(InputError, match=r"tls://head:8786: no certificates; .*comm\.tls"):
        compare(own_rule, economy=small, out=tmp_path / "r", executor="tls://head:8786")


def test_without_the_extra_the_way_to_install_it_is_said(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match="install the extra 'cluster'"):
        pool_source("dask://head:8786", None)
