"""The page of figures: what it says is published is, and deviations follow from its own numbers."""

import re

import pytest

from analysis.documents.markdown import between
from analysis.reproduce.chapter import Row
from analysis.reproduce.figures_of_papers import DOCUMENT, FIGURES, PICTURES, table
from data.readers.published import read_published

CELLS = re.compile(r"\| ([^|]+) \| ([^|]*) \| ([^|]*) \| ([^|]*) \| ([^|]*) \|")


def rows(name: str) -> list[tuple[str, ...]]:
    found = CELLS.findall(between(DOCUMENT.read_text("utf-8"), name))
    return [tuple(cell.strip() for cell in row) for row in found[2:]]


@pytest.mark.parametrize("name", FIGURES)
def test_the_page_gives_what_the_papers_print(name) -> None:
    known, beside = read_published(), FIGURES[name]
    told = rows(name)
    assert [row[1] for row in told] == [known[quantity].value for quantity in beside.quantities]
    assert {known[quantity].paper for quantity in beside.quantities} == {beside.paper}


@pytest.mark.parametrize("name", FIGURES)
def test_deviations_on_the_page_follow_from_its_numbers(name) -> None:
    for _, published, ours, deviation, _ in rows(name):
        if deviation:
            numbers = [float(text.replace(",", "")) for text in (published, ours)]
            share = float(deviation.removesuffix(" %").replace("−", "-")) / 100
            assert numbers[1] / numbers[0] - 1 == pytest.approx(share, abs=2e-3)


def test_our_pictures_stand_in_the_page_and_in_its_folder() -> None:
    named = {f"{beside.picture}.png" for beside in FIGURES.values()}
    assert {path.name for path in PICTURES.iterdir()} == named
    assert set(re.findall(r"papers/([\w.]+)\)", DOCUMENT.read_text("utf-8"))) == named


def test_a_reason_is_given_once_a_figure() -> None:
    both = [
        Row(word, word, "2", 3.0, "Mt", "free", f"demand differs; tested: {word}") for word in "ab"
    ]
    told = table(both, ("a", "b"))
    assert told["why"].tolist() == ["demand differs; tested: a", "as above; tested: b"]
    assert told["deviation"].tolist() == ["+50.0 %", "+50.0 %"]
