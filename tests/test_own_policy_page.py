"""The page on policies of one's own says what works."""

import re
import subprocess
import sys
from pathlib import Path

from model.catalogue import CATALOGUE

PAGE = Path(__file__).parents[1] / "docs" / "own-policy.md"
BLOCK = re.compile(r"<!-- ([\w.]+) -->\n```\w+\n(.*?)```\n", re.DOTALL)


def test_the_blocks_of_the_page_run(tmp_path, monkeypatch) -> None:
    files: dict[str, str] = {}
    for name, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        files[name] = files.get(name, "") + text + "\n\n"
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "script").rename(tmp_path / "script.py")
    monkeypatch.setenv("PYTHONPATH", str(PAGE.parents[1]))
    done = subprocess.run(
        [sys.executable, "-W", "error", "script.py"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "emissions" in done.stdout
    checked = "from scenarios import read_scenario; print(read_scenario('my_scenario.toml'))"
    shown = subprocess.run(
        [sys.executable, "-c", checked], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "'heads': 0.8" in shown.stdout


def test_the_page_names_every_registry() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert all(f"| `{key}` |" in text for key in CATALOGUE)
