"""The report in a real browser, without network: what a reader sees, and what no file can do."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from in_browser import DESK, PHONE, browser
from reported import HOSTILE, economy_on_the_map, results

from analysis.report import write_report
from analysis.report.page_files import words

__all__ = ["browser", "results"]


GRANDFATHERING = "grandfathering%2Bexchange"


@pytest.fixture(scope="module")
def file(results, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("seen") / "report.html"
    return write_report(results, out, economy=economy_on_the_map())


@pytest.fixture
def opened(browser, file) -> Iterator[Any]:
    """Open the page at an address; in the end nothing may have been complained of or asked for."""
    complaints: list[str] = []
    contexts = []

    def open_page(address: str = "", viewport=DESK, **look) -> Any:
        context = browser.new_context(viewport=viewport, offline=True, **look)
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda asked: (
                None
                if asked.url.startswith(("file:", "blob:"))
                else complaints.append(f"asked for {asked.url}")
            ),
        )
        page.goto(file.as_uri() + address)
        page.wait_for_selector("html[data-ready]")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints


def shown(page: Any, selector: str) -> str:
    return page.locator(selector).first.inner_text()


def chosen(page: Any) -> dict[str, str]:
    asked = "Object.fromEntries(new URLSearchParams(location.hash.slice(1)))"
    return page.evaluate(asked)


def test_figures_on_the_page_are_those_of_the_results(opened, results) -> None:
    page = opened(f"#arm={GRANDFATHERING}&year=2014&city=130200")
    cities = pd.read_parquet(results / "cities.parquet")
    rows = cities.query("arm == 'grandfathering+exchange' & year == 2014 & city == 'Tangshan'")
    kilo_or_mega = 1e6 if "Mt" in shown(page, ".figures") else 1e3
    for measure in ("emissions", "quota"):
        figure = float(shown(page, f".figures [data-measure={measure}]").replace(",", ""))
        assert figure == pytest.approx(rows[measure].mean() / kilo_or_mega, rel=6e-3)
    national = pd.read_parquet(results / "national.parquet")
    mean = national.query("arm == 'grandfathering+exchange' & year == 2014")["emissions"].mean()
    label = page.locator("#paths text.label.focus .amount").text_content()
    assert float(label.replace(",", "")) == pytest.approx(mean / 1e6, rel=6e-3)


def test_a_city_clicked_on_the_map_is_told_of(opened) -> None:
    page = opened()
    page.locator("#map-drawing path[data-city='3']").click()
    assert shown(page, ".about h3").startswith("Tangshan")
    assert "唐山市" in shown(page, ".about h3")
    assert chosen(page)["city"] == "130200"


@pytest.mark.parametrize(("asked", "name"), [("shangh", "Shanghai"), ("重庆", "Chongqing")])
def test_a_city_is_found_by_either_name_with_the_keyboard_alone(opened, asked, name) -> None:
    page = opened()
    page.locator("#search").focus()
    page.keyboard.type(asked)
    page.keyboard.press("Enter")
    assert shown(page, ".about h3").startswith(name)


def test_arrow_keys_move_from_city_to_city(opened) -> None:
    page = opened("#city=310000")
    page.locator("#map-drawing").focus()
    page.keyboard.press("ArrowLeft")
    assert shown(page, ".about h3").startswith("Nanjing")


def test_another_year_changes_every_view(opened) -> None:
    page = opened("#year=2013&city=130200")
    before = [shown(page, ".figures"), shown(page, ".map .heading")]
    page.locator("input#year").press("ArrowRight")
    after = [shown(page, ".figures"), shown(page, ".map .heading")]
    assert all(old != new for old, new in zip(before, after, strict=True))
    assert shown(page, "output.year") == "2014"
    assert chosen(page)["year"] == "2014"


def test_play_runs_to_the_last_year_and_stops(opened) -> None:
    page = opened("#year=2013")
    play = page.locator("button.play")
    play.click()
    assert play.get_attribute("aria-label") == words()["pause"][0]
    page.wait_for_selector("output.year:has-text('2015')")
    page.wait_for_selector("button.play[aria-pressed=false]")


def test_an_address_restores_its_view(opened) -> None:
    page = opened(f"#lang=zh&arm={GRANDFATHERING}&year=2014&measure=quota&city=500000&table=order")
    assert page.locator("select#arm").input_value() == "grandfathering+exchange"
    assert page.locator("select#measure").input_value() == "quota"
    assert shown(page, "output.year") == "2014"
    assert shown(page, ".about h3").startswith("重庆市")
    assert page.locator("select#table").input_value() == "order"
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"


def test_an_address_of_nothing_that_is_there_opens_the_first_view(opened) -> None:
    page = opened("#arm=<img>&year=9999&measure=constructor&city=__proto__&path=toString&table=x")
    assert page.locator("select#arm").input_value() == "grandfathering+exchange"
    assert shown(page, "output.year") == "2015"


def test_no_name_from_a_file_becomes_markup(opened) -> None:
    page = opened("#city=130100")
    assert page.title() == f"A title {HOSTILE}"
    assert shown(page, "h1") == f"A title {HOSTILE}"
    assert "<b>Shijiazhuang</b>" in shown(page, ".about h3")
    assert "Rules matter </script>" in shown(page, ".claims")
    assert page.locator("img, main b b, h3 b").count() == 0


def test_a_script_slipped_into_the_page_does_not_run(browser, file) -> None:
    page = browser.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready]")
    page.evaluate("""() => {
        const root = document.documentElement, script = document.createElement('script');
        addEventListener('securitypolicyviolation', () => { root.dataset.refused = 'yes'; });
        script.textContent = "document.documentElement.dataset.ran = 'yes'";
        document.head.append(script);
    }""")
    page.wait_for_selector("html[data-refused]")
    assert page.locator("html[data-ran]").count() == 0
    page.close()


def test_a_table_is_sorted_and_taken_away(opened, results) -> None:
    page = opened("#year=2015")
    heading = page.locator("#tables thead button").nth(2)
    heading.click()
    sums = [float(text.replace(",", "")) for text in
            page.locator("#tables tbody td:nth-child(3)").all_inner_texts()]  # fmt: skip
    assert sums == sorted(sums, reverse=True)
    assert page.locator("#tables th[aria-sort=descending]").count() == 1
    with page.expect_download() as coming:
        page.locator("#download").click()
    table = pd.read_csv(coming.value.path(), encoding="utf-8-sig")
    cities = pd.read_parquet(results / "cities.parquet")
    rows = cities.query("arm == 'grandfathering+exchange' & year == 2015")
    wanted = rows.groupby("city", observed=True)["emissions"].mean().max()
    column = next(name for name in table.columns if name.startswith("Emissions"))
    size = 1e6 if "Mt" in column else 1e3
    assert table[column].max() == pytest.approx(wanted / size, rel=1e-3)


def test_the_python_of_a_view_gives_the_figure_of_the_view(opened, results, monkeypatch) -> None:
    page = opened(f"#arm={GRANDFATHERING}&year=2014&measure=emissions&city=130200")
    code = page.locator("#reproduce code").nth(2).inner_text()
    monkeypatch.chdir(results.parent)
    spoken: list[object] = []
    _, _, viewing = code.partition("import pandas")
    exec("import pandas" + viewing, {"print": spoken.append})  # noqa: S102 - what the page says
    told = float(shown(page, ".figures [data-measure=emissions]").replace(",", ""))
    size = 1e6 if "Mt" in shown(page, ".figures") else 1e3
    assert spoken[-1] == pytest.approx(told * size, rel=6e-3)


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_window(opened, viewport, scheme) -> None:
    page = opened("#city=130200", viewport, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


def test_text_stands_out_from_its_ground_in_light_and_dark(opened) -> None:
    for scheme in ("light", "dark"):
        page = opened("", color_scheme=scheme)
        style = "getComputedStyle(document.documentElement).getPropertyValue"
        inks = page.evaluate(f"['--ink', '--grey', '--accent'].map((n) => {style}(n).trim())")
        paper = page.evaluate(f"{style}('--paper').trim()")
        assert all(contrast(ink, paper) >= 4.5 for ink in inks), scheme


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.1)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_everything_that_can_be_worked_has_a_name(opened) -> None:
    page = opened("#city=130200")
    unnamed = page.evaluate("""() =>
        [...document.querySelectorAll('button, select, input, svg[role]')].filter((e) =>
            !(e.getAttribute('aria-label') || e.getAttribute('aria-labelledby')
              || e.labels?.length || e.textContent.trim())).map((e) => e.outerHTML.slice(0, 80))
    """)
    assert unnamed == []
    pictures = page.locator(".unseen").all_text_contents()
    assert sum("Beijing" in text or "Grandfathering" in text for text in pictures) >= 3


def test_the_page_is_printed(opened, tmp_path) -> None:
    page = opened("#city=130200")
    paper = tmp_path / "report.pdf"
    page.pdf(path=str(paper), format="A4")
    assert paper.read_bytes().startswith(b"%PDF")
    page.emulate_media(media="print")
    assert not page.locator(".controls").is_visible()
    assert page.locator(".map svg").is_visible()
