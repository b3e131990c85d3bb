"""Scripts of users: the example of the guide, names that hide a package, runs in one process."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import simulation
from scenarios import read_scenario
from simulation.running import kept_laboratory

GUIDE = Path(simulation.__file__).parents[1] / "docs" / "scripting.md"
PACKAGES = ("analysis", "simulation", "scenarios", "data", "model")


def script(path: Path, text: str) -> subprocess.CompletedProcess[str]:
    path.write_text(text, encoding="utf-8")
    return subprocess.run(
        [sys.executable, path.name],
        cwd=path.parent,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(GUIDE.parents[1])},
    )


@pytest.mark.parametrize(
    ("hider", "asked"),
    [
        (hider, asked)
        for hider in PACKAGES
        for asked in ("analysis", "simulation", "scenarios", "data.errors")
        if not asked.startswith(hider)
    ],
)
def test_a_script_that_hides_a_package_is_told_to_change_its_name(hider, asked, tmp_path) -> None:
    path = tmp_path / f"{hider}.py"
    answer = script(path, f"import {asked}\n")
    assert answer.returncode == 1
    assert answer.stderr.splitlines()[-1] == (
        f"ImportError: {path} hides Quotapolis' own package `{hider}`;"
        " give your script another name"
    )


def test_a_folder_that_hides_a_package_is_named_too(tmp_path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "__init__.py").touch()
    answer = script(tmp_path / "mine.py", "from simulation import run\n")
    assert f"{tmp_path / 'data'} hides" in answer.stderr
    assert "give your folder another name" in answer.stderr


def test_a_folder_of_figures_called_data_hides_nothing(tmp_path) -> None:
    (tmp_path / "data").mkdir()
    assert script(tmp_path / "mine.py", "from simulation import run\n").returncode == 0


def test_the_command_hears_nothing_of_files_where_it_is_called(tmp_path) -> None:
    """An entry point's own folder is searched for packages, not the folder one stands in."""
    (tmp_path / "model.py").touch()
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "quotapolis"
    command.write_text("from analysis.command_line.command import main\nmain()\n")
    answer = subprocess.run(
        [sys.executable, str(command), "scenarios", "list"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(GUIDE.parents[1])},
    )
    assert answer.returncode == 0


BLOCKS = [
    pytest.param(block, id=f"{page.name} {number}", marks=marks)
    for page, marks in ((GUIDE, ()), (GUIDE.parents[1] / "README.md", pytest.mark.study))
    for number, block in enumerate(
        re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL), start=1
    )
]


@pytest.mark.full
@pytest.mark.parametrize("block", BLOCKS)
def test_every_block_of_the_guide_and_of_the_readme_runs(block, full, tmp_path) -> None:
    answer = script(tmp_path / "mine.py", block)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip()


def test_what_is_public_is_listed_in_the_guide() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    for package in ("analysis", "simulation", "scenarios"):
        for name in __import__(package).__all__:
            assert f"`{name}" in guide, name


@pytest.mark.full
def test_a_second_run_of_a_process_does_not_prepare_the_economy_again(full) -> None:
    scenario = read_scenario("default", {"horizon.end": 2014})
    first = simulation.run(scenario)
    before = kept_laboratory.cache_info()
    second = simulation.run(scenario, seed=0)
    assert second.national.equals(first.national)
    after = kept_laboratory.cache_info()
    assert (after.hits, after.misses) == (before.hits + 1, before.misses)
