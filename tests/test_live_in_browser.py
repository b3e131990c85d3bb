"""The live laboratory in a real browser: a lever moves, and what is shown is what was run."""

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from in_browser import DESK, PHONE, browser
from live_server import served
from reported import HOSTILE, economy_on_the_map, results

from analysis.live.serving import REPLICATIONS
from analysis.outcomes.outcomes import outcomes
from scenarios import read_experiment, read_scenario
from simulation.laboratory import Laboratory

pytest.importorskip("starlette", reason="starlette is not installed")
pytest.importorskip("uvicorn", reason="uvicorn is not installed")

__all__ = ["browser", "results"]

PATIENCE = 30_000
"""Milliseconds."""


@pytest.fixture(scope="module")
def address(results, tmp_path_factory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("served"), results) as (found, _):
        yield found


@pytest.fixture
def opened(browser, address) -> Iterator[Any]:
    """Open the page; in the end nothing may have been complained of, or asked of others."""
    complaints: list[str] = []
    contexts = []
    own = address.partition("/?")[0]

    def open_page(viewport=DESK, **look) -> Any:
        context = browser.new_context(viewport=viewport, **look)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: asked.url.startswith((own, "data:"))
                or complaints.append(f"asked for {asked.url}"))  # fmt: skip
        page.goto(address)
        page.wait_for_selector("main[data-state=done]")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def shown(page: Any, outcome: str) -> float:
    return float(page.locator(f"#headline [data-outcome={outcome}]").inner_text().replace(",", ""))


def test_a_lever_moved_by_keyboard_shows_and_saves_what_was_run(opened, tmp_path) -> None:
    page = opened()
    assert "key=" not in page.url
    before = shown(page, "emissions")
    slider = page.get_by_label("Cut of the cap", exact=True)
    slider.focus()
    slider.press("End")
    page.wait_for_selector("main.stale")
    page.wait_for_selector("main[data-state=done]")
    assert shown(page, "emissions") < before
    with page.expect_download() as coming:
        page.get_by_text("Save as scenario").click()
    saved = tmp_path / coming.value.suggested_filename
    coming.value.save_as(saved)
    scenario = read_scenario(saved)
    assert scenario.cap.cut == 0.35
    economy = economy_on_the_map()
    alone = Laboratory(economy)
    experiment = read_experiment("allocation_rules", ["horizon.end=2015"])
    without = experiment.arm("no_policy").scenario
    seed = experiment.seed
    found = [
        outcomes(alone.run(scenario, seed, n), economy, alone.run(without, seed, n))["emissions"]
        for n in range(REPLICATIONS)
    ]
    assert shown(page, "emissions") == pytest.approx(np.mean(found), abs=6e-4)


def test_an_address_restores_the_levers_and_a_start_its_own(opened) -> None:
    page = opened()
    page.locator("select[id='start']").select_option("grandfathering+no_trade")
    page.locator("select[id='allocation.rule']").select_option("equal_per_capita")
    page.wait_for_selector("main[data-state=done]")
    assert "allocation.rule=equal_per_capita" in page.url
    page.reload()
    page.wait_for_selector("main[data-state=done]")
    assert page.locator("select[id='allocation.rule']").input_value() == "equal_per_capita"
    assert page.locator("select[id='market.institution']").input_value() == "none"
    page.locator("#reset").click()
    assert page.locator("select[id='allocation.rule']").input_value() == "grandfathering"
    page.wait_for_selector("main[data-state=done]")


def test_the_arms_of_the_results_stand_beside_with_the_report_s_own_figures(opened) -> None:
    page = opened()
    rows = page.locator("#outcomes tbody tr")
    assert rows.count() == 4
    assert rows.first.inner_text().startswith("Your policy")
    labels = page.locator("#course-emissions text.label").all_text_contents()
    assert {"Your policy", "No policy", "Cap"} <= {text.partition("  ")[0] for text in labels}
    content = page.evaluate("document.title + document.body.innerText")
    assert HOSTILE not in json.dumps(content)
    assert page.locator("main img, td b, h3 b").count() == 0


def test_the_other_language_leaves_no_word_behind(opened) -> None:
    page = opened()
    page.locator(".masthead button").click()
    page.wait_for_selector("main[data-state=done]")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    latin = page.locator(".dials label, .dials p, #status, #headline dt").all_inner_texts()
    assert not [text for text in latin if text.strip() and not any(c >= "一" for c in text)]


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_window(opened, viewport, scheme) -> None:
    page = opened(viewport, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
    unnamed = page.evaluate("""() =>
        [...document.querySelectorAll('button, select, input, progress, svg[role]')].filter((e) =>
            !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby')
              || e.labels?.length || e.textContent.trim())).map((e) => e.outerHTML.slice(0, 80))
    """)
    assert unnamed == []
