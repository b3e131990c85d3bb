"""Portable digests: blind to what processors differ in, and to nothing else."""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from analysis.experiment.digest import columns_of
from analysis.experiment.portable_digest import PortableDigest

STUDY = Path(__file__).parent / "processor_study.py"


def digest(table: pa.Table, *cuts: int) -> str:
    whole = PortableDigest()
    for start, end in zip((0, *cuts), (*cuts, len(table)), strict=True):
        whole.add(columns_of(table.slice(start, end - start)))
    return whole.hexdigest()


@pytest.fixture
def table() -> pa.Table:
    draw = np.random.default_rng(7)
    values = draw.lognormal(12, 3, 20_000)
    values[draw.random(20_000) < 0.1] = np.nan
    words = pa.array(draw.choice(["a", "b"], 20_000)).dictionary_encode()
    small = draw.random(20_000)
    return pa.table({"arm": words, "class": draw.integers(0, 4, 20_000), "t": values, "s": small})


def replaced(table: pa.Table, name: str, values: np.ndarray) -> pa.Table:
    place = table.schema.get_field_index(name)
    return table.set_column(place, name, pa.array(values))


def test_it_does_not_depend_on_how_the_table_is_cut(table) -> None:
    assert digest(table) == digest(table, 1, 17, 16_384, 19_999)


def test_it_does_not_depend_on_the_pieces_that_the_table_is_kept_in(table) -> None:
    kept = pa.concat_tables([table.slice(0, 7), table.slice(7, 16_000), table.slice(16_007)])
    assert kept.column("class").num_chunks == 3
    assert digest(kept) == digest(table)


def test_last_digits_do_not_count(table) -> None:
    draw = np.random.default_rng(8)
    for error in (1e-15, 1e-12, 1e-10):
        values = table["t"].to_numpy() * (1 + error * draw.standard_normal(len(table)))
        assert digest(replaced(table, "t", values)) == digest(table)


def test_what_rounding_leaves_of_nothing_does_not_count(table) -> None:
    nothing, noise = np.zeros(len(table)), np.full(len(table), 3e-13)
    assert digest(replaced(table, "s", noise)) == digest(replaced(table, "s", nothing))


def test_one_value_class_or_gap_counts(table) -> None:
    shares = table["s"].to_numpy().copy()
    shares[777] *= 1.01
    values = table["t"].to_numpy().copy()
    values[np.flatnonzero(np.isfinite(values))[5]] = np.nan
    classes = table["class"].to_numpy().copy()
    classes[9] = (classes[9] + 1) % 4
    swapped = table["s"].to_numpy().copy()
    swapped[[3, 4000]] = swapped[[4000, 3]]
    others = [
        replaced(table, "s", shares), replaced(table, "t", values),
        replaced(table, "class", classes), replaced(table, "s", swapped),
        table.rename_columns(["arm", "class", "t", "other"]),
    ]  # fmt: skip
    assert len({digest(table), *map(digest, others)}) == 1 + len(others)


@pytest.mark.skipif(platform.machine() not in ("x86_64", "AMD64"), reason="kernels of x86")
@pytest.mark.study
def test_another_kernel_of_linear_algebra_gives_the_same_portable_digest(tmp_path) -> None:
    manifests = []
    for kernel in ("Haswell", "Nehalem"):
        place = {
            **os.environ,
            "OPENBLAS_CORETYPE": kernel,
            "PYTHONPATH": str(STUDY.parents[1]),
        }
        subprocess.run([sys.executable, STUDY, tmp_path / kernel], env=place, check=True)
        manifest = json.loads((tmp_path / kernel / "manifest.json").read_text("utf-8"))
        if manifest["kernels"] != [kernel]:
            pytest.skip(f"OpenBLAS has {manifest['kernels']} here")
        manifests.append(manifest)
    assert manifests[0]["portable_digest"] == manifests[1]["portable_digest"]
    assert set(manifests[0]["portable_digest"]) == {"cities", "national"}
