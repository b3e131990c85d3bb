"""Locks: packages by version and hash, without addresses, alike in all; and their audit."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = sorted((ROOT / "locks").glob("*.txt"))
AUDIT = ROOT / ".ci" / "audit.py"


LINE = re.compile(r"([a-z0-9-]+)==(\S+)( ; [^\\]*?)?( +--hash=sha256:[0-9a-f]{64})+")


def pinned(lock: Path) -> dict[str, set[str]]:
    """Return the versions of every package of a lock, by name."""
    found: dict[str, set[str]] = {}
    for line in lock.read_text(encoding="utf-8").replace("\\\n", "").splitlines():
        match = LINE.fullmatch(line)
        assert match, line
        found.setdefault(match[1], set()).add(match[2])
    return found


def asked(extra: str | None) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    of = project["optional-dependencies"][extra] if extra else project["dependencies"]
    return {re.match(r"[A-Za-z0-9_-]+", line)[0].lower().replace("_", "-") for line in of}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_package_of_a_lock_has_its_hashes_and_no_address(lock: Path) -> None:
    assert len(pinned(lock)) > 20
    assert "://" not in lock.read_text(encoding="utf-8")


def test_locks_hold_what_the_project_asks_for_and_the_same_versions() -> None:
    names = ("run", "test", "all")
    run, test, everything = (pinned(ROOT / "locks" / f"{name}.txt") for name in names)
    assert {*asked(None), "setuptools"} <= run.keys()
    assert asked("test") | asked("docs") | asked("experiments") <= test.keys()
    assert asked("experiments") <= run.keys()
    assert asked("cluster") <= everything.keys()
    assert test.items() >= run.items()
    assert everything.items() >= test.items()


def audited(folder: Path, answer: str, code: int) -> tuple[int, list[str]]:
    """Return what the audit says where pip-audit answers so."""
    tools = folder / "build" / "tools"
    (tools / "bin").mkdir(parents=True)
    (tools / ".done").touch()
    (folder / "Makefile").write_text("build/tools/.done:\n", encoding="utf-8")
    program = tools / "bin" / "pip-audit"
    program.write_text(f"#!/bin/sh\necho Unreachable >&2\necho '{answer}'\nexit {code}\n")
    program.chmod(0o755)
    told = subprocess.run(
        [sys.executable, AUDIT], cwd=folder, capture_output=True, text=True, check=False
    )
    return told.returncode, told.stdout.splitlines()


SOUND = {"name": "numpy", "version": "2.4.6", "vulns": []}
FLAWED = {"name": "idna", "version": "3.4", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3.7"]}]}
SKIPPED = {"name": "idna", "skip_reason": "not found"}


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not there")
@pytest.mark.parametrize(
    ("packages", "code", "said"),
    [
        ([SOUND], 0, ["1 of 1 packages audited, 0 known vulnerabilities"]),
        (
            [SOUND, FLAWED, SKIPPED],
            1,
            [
                "idna 3.4: PYSEC-1, mended in 3.7",
                "2 of 3 packages audited, 1 known vulnerabilities",
            ],
        ),
        ([SKIPPED], 0, ["locks/all.txt is not audited: nothing is told of its 1 packages"]),
        (None, 0, ["locks/all.txt is not audited: Unreachable"]),
    ],
    ids=["sound", "flawed", "all skipped", "no network"],
)
def test_an_audit_fails_where_a_version_is_known_to_be_vulnerable(
    packages: list[dict[str, object]] | None, code: int, said: list[str], tmp_path
) -> None:
    answer = "" if packages is None else json.dumps({"dependencies": packages})
    assert audited(tmp_path, answer, 1) == (code, said)


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not there")
def test_an_audit_without_its_tool_says_so_in_one_line(tmp_path) -> None:
    (tmp_path / "Makefile").write_text("build/tools/.done:\n\tfalse\n", encoding="utf-8")
    told = subprocess.run(
        [sys.executable, AUDIT], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.count("\n") == 1
    assert "pip-audit cannot be installed" in told.stdout
