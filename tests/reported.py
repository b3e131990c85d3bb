"""Results to report on: an invented economy whose cities lie on the map, with hostile names."""

import base64
import json
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from test_executors import InTurn

from analysis import compare
from data.compiled.synthetic import small_economy
from model.compile.city_economy import Economy
from scenarios import read_experiment

HOSTILE = "</script><img src=x onerror=\"document.title='broken in'\">"
CODES = ("110000", "120000", "130100", "130200", "310000", "320100", "440100", "500000")
NAMES = ("Beijing", "Tianjin", "<b>Shijiazhuang</b>", "Tangshan", "Shanghai", "Nanjing",
         "Guangzhou", "Chongqing")  # fmt: skip


def economy_on_the_map() -> Economy:
    """Return the small economy with codes and names of real cities."""
    small = small_economy()
    return replace(small, regions=replace(small.regions, codes=CODES, names=NAMES))


@pytest.fixture(scope="session")
def results(tmp_path_factory) -> Path:
    """Return finished results of three arms, three replications and three years."""
    full = read_experiment("allocation_rules", ["horizon.end=2015"])
    changes = {"arms": full.arms[:3], "replications": 3, "title": f"A title {HOSTILE}"}
    folder = tmp_path_factory.mktemp("reported") / "results"
    compare(
        full.model_copy(update=changes), economy=economy_on_the_map(), out=folder,
        executor=InTurn(), pictures=False,
    )  # fmt: skip
    (folder / "robustness").mkdir()
    statement = f"Rules matter {HOSTILE}".replace('"', "'")
    claims = f'statement,share,low,high\n"{statement}",0.9,0.8,1.0\n'
    (folder / "robustness" / "claims.csv").write_text(claims, encoding="utf-8")
    return folder


class Unpacked:
    """The content of a page, unpacked by a second way than the page's own."""

    def __init__(self, page: str) -> None:
        packed = page.partition('id="content">')[2].partition("</script>")[0]
        content = zlib.decompress(base64.b64decode(packed))
        size = int.from_bytes(content[:4], "little")
        self.words: dict[str, Any] = json.loads(content[4 : 4 + size])
        self._bytes = content[4 + size :]

    def numbers(self, name: str) -> np.ndarray:
        """Return a column, (arm, year, city); not a number where it is missing."""
        field = self.words["fields"][name]
        part = self._bytes[field["from"] : field["from"] + field["bytes"]]
        planes = np.frombuffer(part, dtype=np.uint8).reshape(4, -1)
        folded = sum(plane.astype(np.int64) << (8 * n) for n, plane in enumerate(planes))
        change = np.where(folded % 2 == 0, folded // 2, -(folded + 1) // 2)
        shape = [len(self.words[axis]) for axis in ("arms", "years", "cities")]
        steps = change.reshape(shape).cumsum(axis=1)
        return np.where(steps == -(2**30), np.nan, steps * field["step"])
