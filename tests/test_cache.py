"""Compiled economies on disk: named by what made them, whole or not there, and read, not loaded."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from invented import economy_of
from numpy.testing import assert_array_equal

from data.compiled import cache
from data.errors import InputError
from model.compile.assumptions import Assumptions


def test_what_was_compiled_once_is_read_the_next_time(compiles) -> None:
    first, second = cache.load_economy(2012), cache.load_economy(2012)
    assert compiles == ["compiled"]
    assert_array_equal(first.basis, economy_of(0).basis)
    assert_array_equal(second.form.t, economy_of(0).form.t)


def test_other_assumptions_make_another_economy(compiles) -> None:
    cache.load_economy(2012)
    cache.load_economy(2012, Assumptions(home_weight=2.0))
    cache.load_economy(2017)
    assert len(compiles) == 3
    assert len(list(cache.cache_folder().iterdir())) == 3


@pytest.mark.parametrize(
    "file", ["input_output/response_basis.py", "input_output/krylov.py", "compile/compile.py"]
)
def test_another_equation_makes_another_economy(file: str, monkeypatch, tmp_path) -> None:
    """The name is the hash of content: of a changed equation's too, wherever the files lie."""
    model = Path(str(cache.model.__file__)).parent
    before = cache.economy_digest(2012, Assumptions())
    copy = shutil.copytree(model, tmp_path / "model")
    monkeypatch.setattr(cache.model, "__file__", str(copy / "__init__.py"))
    assert cache.economy_digest(2012, Assumptions()) == before
    (copy / file).write_text((copy / file).read_text() + "\n")
    assert cache.economy_digest(2012, Assumptions()) != before


def test_an_interrupted_writing_leaves_nothing_behind(compiles, monkeypatch) -> None:
    written = []

    def interrupted(file: Path, array: np.ndarray) -> None:
        if len(written) == 3:
            raise KeyboardInterrupt
        written.append(file)
        file.write_bytes(array.tobytes())

    with monkeypatch.context() as patched:
        patched.setattr(np, "save", interrupted)
        with pytest.raises(KeyboardInterrupt):
            cache.load_economy(2012)
    assert list(cache.cache_folder().iterdir()) == []
    cache.load_economy(2012)
    assert len(compiles) == 2


def test_of_two_who_compile_at_once_the_first_is_kept(compiles, monkeypatch, tmp_path) -> None:
    """The other came first between our look and our writing: his is as good as ours."""
    cache.load_economy(2012)
    folder = cache.economy_folder(2012, Assumptions())
    others = folder.rename(tmp_path / "others")
    save = np.save

    def while_another_finishes(file: Path, array: np.ndarray) -> None:
        save(file, array)
        if file.name == "a.npy":
            others.rename(folder)

    monkeypatch.setattr(np, "save", while_another_finishes)
    found = cache.load_economy(2012)
    assert [path.name for path in cache.cache_folder().iterdir()] == [folder.name]
    assert_array_equal(found.basis, economy_of(0).basis)


def test_a_full_disk_is_told_with_the_way_out(compiles, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "save", full)
    with pytest.raises(InputError, match=r"No space left on device.*point QUOTAPOLIS_CACHE"):
        cache.load_economy(2012)


def test_whoever_reads_an_economy_shares_one_file(compiles) -> None:
    """Pages of a file mapped for reading are in memory once, however many workers read them."""
    first, second = cache.load_economy(2012), cache.load_economy(2012)
    for economy in (first, second):
        assert isinstance(economy.basis, np.memmap)
        assert economy.basis.mode == "r"
        assert not economy.basis.flags.writeable
    assert first.basis.filename == second.basis.filename
