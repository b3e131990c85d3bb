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
from analysis.report.coding import MISSING
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
        """Return a column in its own unit, (arm, year, city); not a number where it is missing."""
        unit = self.words["units"][name]
        whole = self.whole(name)
        known = whole / 10.0 ** np.array(unit["decimals"]) * unit["size"]
        return np.where(whole == MISSING, np.nan, known)

    def whole(self, name: str) -> np.ndarray:
        """Return a column as it was packed, (arm, year, city)."""
        field = self.words["fields"][name]
        arms, years, cities = (len(self.words[axis]) for axis in ("arms", "years", "cities"))
        count = arms * years * cities
        left = np.frombuffer(self._bytes, np.uint8, count, field["from"]).astype(np.int64)
        far = np.frombuffer(self._bytes, np.uint8, 4 * field["many"], field["far"])
        weights = np.array([[1], [256], [256**2], [256**3]])
        left[left == 255] = (far.reshape(4, -1) * weights).sum(axis=0)
        left = left.reshape(arms, cities, years).transpose(0, 2, 1)
        change = np.where(left % 2 == 1, (left - 1) // 2, -(left // 2))
        found = np.zeros((arms, years, cities), dtype=np.int64)
        terms = [(None if other == name else self.known(other), sign, before)
                 for other, sign, before in field.get("sum", [])]  # fmt: skip
        for arm, guess in enumerate(field["guess"]):
            other, kind = divmod(guess, 5)
            for year in range(years):
                last = found[arm, year - 1] if year else 0 * found[arm, 0]
                theirs = found[other, year]
                theirs_last = found[other, year - 1] if year else 0 * theirs
                total = np.zeros(cities, dtype=np.int64)
                for of, sign, before in terms:
                    rows = (found if of is None else of)[arm]
                    if not before or year:
                        total += sign * rows[year - 1 if before else year]
                best = (0 * last, last, theirs, last + theirs - theirs_last, total)[kind]
                found[arm, year] = np.where(left[arm, year], best + change[arm, year], 0)
        return np.where(left, found, MISSING)

    def known(self, name: str) -> np.ndarray:
        """Return a column as it was packed, 0 where it is missing."""
        whole = self.whole(name)
        return np.where(whole == MISSING, 0, whole)
