"""The tutorial runs as it is written, from the question to the pictures."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> tuple[Path, str]:
    """Return the folder that the tutorial's script was run in, and what it printed."""
    folder = tmp_path_factory.mktemp("tutorial")
    blocks = BLOCK.findall((ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8"))
    (folder / "mine.py").write_text("\n".join(blocks), encoding="utf-8")
    answer = subprocess.run(
        [sys.executable, "-W", "error", "mine.py"], cwd=folder, capture_output=True, text=True,
        check=False, env=os.environ | {"PYTHONPATH": str(ROOT)}, timeout=300,
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    return folder, answer.stdout


def test_the_tutorial_runs_from_the_question_to_the_pictures(told) -> None:
    folder, printed = told
    assert "given_or_sold 16 runs" in printed
    assert re.search(r"\(\d of 4 runs\)", printed)
    for name in ("classes_scored", "ranked_dots", "trade_off"):
        assert f"{name}.png" in printed
        assert (folder / "given_or_sold" / "figures" / f"{name}.csv").exists()
    assert printed.strip().endswith("CNY")


def test_the_first_picture_is_of_strong_and_weak_beneficiaries(told) -> None:
    _, printed = told
    assert re.findall(r"^\w+\.png$", printed, re.MULTILINE)[0] == "classes_scored.png"
