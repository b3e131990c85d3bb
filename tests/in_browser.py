"""A real browser for tests, and what axe-core says of a page in it."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    named = os.environ.get("QUOTAPOLIS_BROWSER", "")
    found = next(filter(None, map(shutil.which, (named, *BROWSERS))), None)
    if found is None:
        pytest.skip("no Chromium: install it, or name one in QUOTAPOLIS_BROWSER")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


def barriers(page: Any, context: Any = None) -> list[str]:
    """Return what keeps people from a page: a rule of axe-core and an element a line."""
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe is not installed"
    )
    found = axe.Axe().run(page, context).response
    assert found["testEngine"]["name"] == "axe-core"
    return [
        f"{rule['id']}: {node['html'][:120]} ({node.get('failureSummary', '')[:200]})"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
