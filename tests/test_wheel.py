"""The wheel: what is built from the tree works where there is no tree."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

import model

TREE = Path(str(model.__file__)).parents[1]
PACKAGES = ("model", "data", "scenarios", "simulation", "analysis")

OUTSIDE = """
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from data.compiled.synthetic import small_economy
from data.own_packages import PACKAGES
from data.readers.inputs import read_figures
from data.readers.verified import verify_all
from scenarios import read_experiment, read_scenario
from scenarios.files import is_experiment, library
from simulation import run

for package in PACKAGES:
    module = import_module(package)
    assert Path(module.__file__).is_relative_to(TARGET), module.__file__
    for found in walk_packages(module.__path__, f"{package}."):
        if not found.name.endswith("__main__"):
            import_module(found.name)
for name, path in library().items():
    (read_experiment if is_experiment(path) else read_scenario)(name)
verify_all()
assert len(read_figures(2012).regions.names) == 313
assert len(run("default", {"horizon.end": 2013}, economy=small_economy()).national) == 1
print(len(library()), "scenarios")
"""


def pip(*words: str) -> None:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Build it from a copy: setuptools leaves a folder `build` where it works."""
    copy, made = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("wheel")
    for name in (*PACKAGES, "LICENSE", "README.md", "pyproject.toml"):
        if (TREE / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(TREE / name, copy / name, ignore=ignored)
        else:
            shutil.copy(TREE / name, copy / name)
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(made), str(copy))
    (built,) = made.glob("quotapolis-*.whl")
    return built


def test_every_file_of_the_packages_is_in_the_wheel(wheel) -> None:
    there = {
        path.relative_to(TREE).as_posix()
        for package in PACKAGES
        for path in (TREE / package).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert there <= set(ZipFile(wheel).namelist())


@pytest.mark.study
def test_the_wheel_works_outside_the_checkout(wheel, tmp_path) -> None:
    target, elsewhere = tmp_path / "target", tmp_path / "elsewhere"
    elsewhere.mkdir()
    pip("install", "--no-deps", "--target", str(target), str(wheel))
    known = f"TARGET = {str(target)!r}\n"
    answer = subprocess.run(
        [sys.executable, "-c", known + OUTSIDE],
        cwd=elsewhere,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(target)},
    )
    assert answer.returncode == 0, answer.stderr
    assert "scenarios" in answer.stdout
