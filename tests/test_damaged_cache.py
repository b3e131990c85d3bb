"""A damaged cached economy: told in one line and compiled anew, never believed."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from invented import economy_of
from numpy.testing import assert_array_equal
from test_executors import InTurn

from analysis import compare_part, merge
from analysis.experiment import identity, workers
from data.compiled import cache, draws, kept_arrays
from data.compiled.kept_economy import arrays_of, kept_mark
from data.errors import InputError
from model.compile.assumptions import Assumptions
from scenarios import read_experiment


def arrays_of_draw(number: int) -> dict[str, np.ndarray]:
    economy = economy_of(number)
    apart = {"population": economy.population, "co2_change": economy.prospects.co2_change}
    return arrays_of(economy, economy.called_for) | apart


def folder_of(year: int = 2012) -> Path:
    return cache.economy_folder(year, Assumptions())


def flip_a_bit(file: Path, offset: int) -> None:
    content = bytearray(file.read_bytes())
    content[offset] ^= 0x10
    file.write_bytes(content)


def one_bit_of_the_largest_entry(folder: Path) -> None:
    emissions = np.load(folder / "F.npy")
    header = (folder / "F.npy").stat().st_size - emissions.nbytes
    flip_a_bit(folder / "F.npy", header + 8 * int(emissions.argmax()) + 6)


def the_same_with_its_old_date(folder: Path) -> None:
    before = (folder / "F.npy").stat()
    one_bit_of_the_largest_entry(folder)
    os.utime(folder / "F.npy", ns=(before.st_atime_ns, before.st_mtime_ns))


def zeros_in_the_tail(folder: Path) -> None:
    file = folder / "F.npy"
    content = file.read_bytes()
    file.write_bytes(content[:-64] + bytes(64))


def emptied(folder: Path) -> None:
    (folder / "F.npy").write_bytes(b"")


def cut_short(folder: Path) -> None:
    file = folder / "F.npy"
    file.write_bytes(file.read_bytes()[:-1])


def of_another_shape(folder: Path) -> None:
    np.save(folder / "F.npy", np.load(folder / "F.npy")[:, :-1])


def of_another_header(folder: Path) -> None:
    flip_a_bit(folder / "F.npy", 12)


def missing(folder: Path) -> None:
    (folder / "F.npy").unlink()


def no_file(folder: Path) -> None:
    missing(folder)
    (folder / "F.npy").mkdir()


ATTACKS = (
    one_bit_of_the_largest_entry,
    the_same_with_its_old_date,
    zeros_in_the_tail,
    emptied,
    cut_short,
    of_another_shape,
    of_another_header,
    missing,
    no_file,
)


def assert_told_and_compiled_anew(compiles: list[str], capsys, named: Path) -> None:
    before = len(compiles)
    found = cache.load_economy(2012)
    told = capsys.readouterr().err
    assert told.startswith(f"quotapolis: {named}: ")
    assert told.endswith("the economy is compiled anew\n")
    assert told.count("\n") == 1
    assert len(compiles) == before + 1
    assert_array_equal(found.F, economy_of(0).F)
    cache.load_economy(2012)
    assert len(compiles) == before + 1
    assert capsys.readouterr().err == ""
    assert [path.name for path in cache.cache_folder().iterdir()] == [folder_of().name]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("small", [2**20, 0], ids=["hashed every time", "stamped"])
def test_a_damaged_array_is_told_and_compiled_anew(
    attack: Callable[[Path], None], small: int, compiles, capsys, monkeypatch
) -> None:
    monkeypatch.setattr(kept_arrays, "SMALL", small)
    for _ in range(2):
        cache.load_economy(2012)
    attack(folder_of())
    assert_told_and_compiled_anew(compiles, capsys, folder_of() / "F.npy")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[" * 100_000,
        b"{}",
        b"\xff",
        b'{"folder": "x", "arrays": {"F": 3}}',
        b'{"folder": 1, "arrays": {"d": {"sha256": 1, "size": Infinity, "dtype": 2, "shape": 3}}}',
    ],
)
def test_a_broken_manifest_is_told_and_compiled_anew(content: bytes, compiles, capsys) -> None:
    cache.load_economy(2012)
    (folder_of() / "manifest.json").write_bytes(content)
    assert_told_and_compiled_anew(compiles, capsys, folder_of() / "manifest.json")


def test_an_economy_kept_without_a_manifest_cannot_be_verified_and_is_compiled_anew(
    compiles, capsys
) -> None:
    cache.load_economy(2012)
    (folder_of() / "manifest.json").unlink()
    assert_told_and_compiled_anew(compiles, capsys, folder_of() / "manifest.json")


def test_another_hash_in_the_manifest_is_told_though_the_array_was_stamped(
    compiles, capsys, monkeypatch
) -> None:
    monkeypatch.setattr(kept_arrays, "SMALL", 0)
    cache.load_economy(2012)
    file = folder_of() / "manifest.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    content["arrays"]["basis"]["sha256"] = "0" * 64
    file.write_text(json.dumps(content), encoding="utf-8")
    assert_told_and_compiled_anew(compiles, capsys, folder_of() / "basis.npy")


@pytest.mark.parametrize("whole", [False, True], ids=["arrays alone", "manifest too"])
def test_arrays_of_2017_under_the_name_of_2012_are_told_and_compiled_anew(
    whole: bool, compiles, capsys, monkeypatch
) -> None:
    cache.load_economy(2012)
    with monkeypatch.context() as patched:
        patched.setattr(cache, "compile_economy", lambda *_: economy_of(1))
        cache.load_economy(2017)
    capsys.readouterr()
    if whole:
        shutil.rmtree(folder_of())
        folder_of(2017).rename(folder_of())
        assert_told_and_compiled_anew(compiles, capsys, folder_of() / "manifest.json")
    else:
        shutil.copy(folder_of(2017) / "F.npy", folder_of() / "F.npy")
        shutil.rmtree(folder_of(2017))
        assert_told_and_compiled_anew(compiles, capsys, folder_of() / "F.npy")


def test_a_broken_stamp_costs_a_check_and_nothing_else(compiles, capsys) -> None:
    cache.load_economy(2012)
    (folder_of() / "verified.json").write_bytes(b"\xff")
    cache.load_economy(2012)
    assert compiles == ["compiled"]
    assert capsys.readouterr().err == ""


def test_a_large_array_is_hashed_again_only_when_it_changed(compiles, monkeypatch) -> None:
    monkeypatch.setattr(kept_arrays, "SMALL", 0)
    cache.load_economy(2012)
    hashed: list[Path] = []
    known = kept_arrays._sha256
    monkeypatch.setattr(kept_arrays, "_sha256", lambda file: hashed.append(file) or known(file))
    cache.load_economy(2012)
    assert hashed == []
    (folder_of() / "basis.npy").touch()
    cache.load_economy(2012)
    assert [file.name for file in hashed] == ["basis.npy"]


def test_a_cache_that_may_only_be_read_is_hashed_at_every_reading(compiles, monkeypatch) -> None:
    def read_only(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(kept_arrays, "atomic", read_only)
    cache.load_economy(2012)
    monkeypatch.setattr(kept_arrays, "SMALL", 0)
    hashed: list[Path] = []
    known = kept_arrays._sha256
    monkeypatch.setattr(kept_arrays, "_sha256", lambda file: hashed.append(file) or known(file))
    cache.load_economy(2012)
    assert len(hashed) == 10
    assert compiles == ["compiled"]


def test_a_damaged_economy_that_cannot_be_replaced_is_an_error(compiles, monkeypatch) -> None:
    cache.load_economy(2012)
    emptied(folder_of())

    def read_only(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "rename", read_only)
    with pytest.raises(InputError, match=r"F\.npy: has 0 bytes.*Read-only file system") as told:
        cache.load_economy(2012)
    assert "\n" not in str(told.value)
    assert compiles == ["compiled"]


def test_other_arrays_under_the_same_name_are_another_economy_and_shards_of_both_do_not_merge(
    compiles, monkeypatch, tmp_path
) -> None:
    """Another kind of processor compiles other last digits of the same recipe."""
    experiment = read_experiment("allocation_rules", ["horizon.end=2013"])
    experiment = experiment.model_copy(update={"arms": experiment.arms[:2], "replications": 1})
    marks = []
    for number in (0, 1):
        monkeypatch.setattr(cache, "compile_economy", lambda *_, seed=number: economy_of(seed))
        monkeypatch.setattr(workers, "_laboratories", {})
        folder = tmp_path / str(number)
        compare_part(experiment, f"{number + 1}/2", out=folder, executor=InTurn(), workers=1)
        marks.append(identity.economies_identity(experiment))
        shutil.rmtree(folder_of())
    assert marks[0] != marks[1]
    with pytest.raises(InputError, match=r"1: holds another experiment .*\(other economy\)"):
        merge([tmp_path / "0", tmp_path / "1"], tmp_path / "whole", pictures=False)
    with pytest.raises(InputError, match="compile the economy first"):
        kept_mark(folder_of())


@pytest.fixture
def drawn(compiles, monkeypatch) -> Path:
    """Return the folder of a drawn economy of the cache."""
    monkeypatch.setattr(draws, "_compiled", lambda _, number: arrays_of_draw(number))
    cache.load_economy(2012)
    draws.keep_drawn(2012, 1)
    return draws.drawn_folder(2012, 1)


def test_a_damaged_drawn_economy_is_told_and_drawn_anew(drawn, capsys) -> None:
    one_bit_of_the_largest_entry(drawn)
    draws.keep_drawn(2012, 1)
    told = capsys.readouterr().err
    assert told.startswith(f"quotapolis: {drawn / 'F.npy'}: ")
    assert told.count("\n") == 1
    assert_array_equal(np.load(drawn / "F.npy"), economy_of(1).F)


def test_other_arrays_of_a_draw_are_other_economies(drawn, monkeypatch) -> None:
    experiment = read_experiment("allocation_rules")
    experiment = experiment.model_copy(update={"economies": 2})
    marks = [identity.economies_identity(experiment)]
    for changed in (lambda: shutil.rmtree(drawn), lambda: draws.keep_drawn(2012, 1)):
        monkeypatch.setattr(draws, "_compiled", lambda _, number: arrays_of_draw(number + 1))
        changed()
        marks.append(identity.economies_identity(experiment))
    assert len(set(marks)) == 3
