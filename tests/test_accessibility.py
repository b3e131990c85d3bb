"""Accessibility of the pages: axe-core finds nothing on any view, at any size, in any light."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from in_browser import DESK, PHONE, barriers, browser
from live_server import served
from reported import economy_on_the_map, results

from analysis.documents.docs_folder import DOCS
from analysis.report import write_report

__all__ = ["browser", "results"]

SITE = DOCS / "_build" / "html"
OF_THE_THEME = (
    'aria-required-attr: <p class="caption" role="heading">',
    "scrollable-region-focusable: <pre>",
)
"""What Sphinx writes so, whatever we do."""
VIEWS = (
    "#city=130200",
    "#lang=zh&city=130200&measure=action",
    "#city=130200&measure=net_purchase&versus=1&table=order&from=from_no_policy",
)


every_screen = pytest.mark.parametrize(
    ("viewport", "scheme"),
    [
        pytest.param(DESK, "light", id="light desk"),
        pytest.param(PHONE, "dark", id="dark phone"),
        pytest.param(DESK, "dark", id="dark desk", marks=pytest.mark.study),
        pytest.param(PHONE, "light", id="light phone", marks=pytest.mark.study),
    ],
)


@pytest.fixture(scope="module")
def report(results, tmp_path_factory) -> str:
    out = tmp_path_factory.mktemp("seen") / "report.html"
    return write_report(results, out, economy=economy_on_the_map()).as_uri()


@pytest.fixture(scope="module")
def laboratory(results, tmp_path_factory) -> Iterator[str]:
    pytest.importorskip("starlette", reason="starlette is not installed")
    pytest.importorskip("uvicorn", reason="uvicorn is not installed")
    with served(tmp_path_factory.mktemp("served"), results) as (address, _):
        yield address


def looked_at(browser: Any, address: str, ready: str, viewport: Any, scheme: str) -> list[str]:
    """Return the barriers of a page, and whatever its console complains of."""
    context = browser.new_context(
        viewport=viewport, color_scheme=scheme, reduced_motion="reduce",
        offline=address.startswith("file:"),
    )  # fmt: skip
    context.set_default_timeout(30_000)
    page = context.new_page()
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text))
    page.on("pageerror", lambda error: found.append(str(error)))
    page.goto(address)
    page.wait_for_selector(ready)
    found += barriers(page)
    context.close()
    return found


@every_screen
def test_no_view_of_the_report_keeps_anybody_out(browser, report, viewport, scheme) -> None:
    for view in VIEWS:
        address = report + view
        assert looked_at(browser, address, "html[data-ready]", viewport, scheme) == [], view


@every_screen
def test_the_live_laboratory_keeps_nobody_out(browser, laboratory, viewport, scheme) -> None:
    assert looked_at(browser, laboratory, "main[data-state=done]", viewport, scheme) == []


def test_the_site_of_the_documents_opens_without_a_complaint(browser) -> None:
    pages = sorted(SITE.glob("*.html"))
    if not pages:
        pytest.skip("no site of documents: make docs builds it")
    context = browser.new_context(viewport=DESK, offline=True)
    page = context.new_page()
    found: list[str] = []
    page.on("console", lambda message: found.append(f"{page.url}: {message.text}"))
    page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))
    page.on("requestfailed", lambda asked: found.append(f"{page.url}: asked for {asked.url}"))
    for path in pages:
        page.goto(path.as_uri())
        blank = page.evaluate("[...document.images].filter((i) => !i.naturalWidth).length")
        found += [f"{path.name}: {blank} pictures are blank"] if blank else []
    context.close()
    assert found == []


@pytest.mark.parametrize(
    "name", ["index", "running", "report", "tutorial", "figures-of-papers", "performance"]
)
def test_what_we_write_on_the_site_keeps_nobody_out(browser, name) -> None:
    path: Path = SITE / f"{name}.html"
    if not path.exists():
        pytest.skip("no site of documents: make docs builds it")
    context = browser.new_context(viewport=DESK, offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    found = [one for one in barriers(page, "article") if not one.startswith(OF_THE_THEME)]
    context.close()
    assert found == []
