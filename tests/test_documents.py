"""Documents lead somewhere, and whoever looks up a public name finds it explained."""

import importlib
import inspect
import re
from itertools import chain
from pathlib import Path
from types import ModuleType

import pytest

from analysis.documents.__main__ import STUDIES, main
from analysis.documents.docs_folder import DOCS
from data.errors import InputError

ROOT = DOCS.parent
PUBLIC = ("analysis", "scenarios", "simulation", "model.allocation", "model.behaviour")
"""Packages whose `__all__` is public, as docs/api/index.md says."""

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)(?:#([\w-]+))?\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
MADE_IN_RUNS = ("results/", "docs/_build/")
"""Folders that documents name and the repository does not hold."""

pages = pytest.mark.parametrize(
    "page",
    [page for page in PAGES if "_build" not in page.parts],
    ids=lambda page: str(page.relative_to(ROOT)),
)


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as forges and the site make them."""
    titles = HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def public_names() -> list[tuple[str, str]]:
    """Return package and name of all that is public."""
    return [
        (package, name) for package in PUBLIC for name in importlib.import_module(package).__all__
    ]


@pages
def test_every_link_leads_to_a_page_and_a_heading(page: Path) -> None:
    for target, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        goal = (page.parent / target).resolve()
        assert goal.exists(), f"{page.name} links to {target}, which is not there"
        if anchor:
            assert anchor in anchors(goal), f"{page.name} links to {target}#{anchor}: no heading"


@pages
def test_every_file_and_folder_named_exists(page: Path) -> None:
    floors = "model|data|scenarios|simulation|analysis|tests|docs"
    text = page.read_text(encoding="utf-8")
    for named in re.findall(rf"`((?:{floors})/[\w./-]*)`", text):
        if not named.startswith(MADE_IN_RUNS):
            assert (ROOT / named).exists(), f"{page.name} names {named}, which is not there"


def test_no_page_has_the_name_of_one_that_the_site_writes_itself() -> None:
    own = {"search", "genindex", "py-modindex"}  # of Sphinx, written last and over others
    assert not own & {page.stem for page in DOCS.glob("*.md")}


@pytest.mark.parametrize(("package", "name"), public_names())
def test_every_public_name_has_a_docstring_and_a_place_in_the_api(package: str, name: str) -> None:
    thing = getattr(importlib.import_module(package), name)
    if inspect.isclass(thing) or inspect.isfunction(thing):
        assert inspect.getdoc(thing), f"{package}.{name} has no docstring"
    told = "".join(page.read_text(encoding="utf-8") for page in (DOCS / "api").glob("*.md"))
    assert re.search(rf"\b{name}\b", told), f"{package}.{name} is on no page of docs/api"


@pytest.mark.parametrize(("package", "name"), public_names())
def test_every_parameter_a_docstring_explains_is_one(package: str, name: str) -> None:
    thing = getattr(importlib.import_module(package), name)
    section = re.search(
        r"Parameters\n-+\n(.*?)(?:\n\n\w+\n-+|\Z)", inspect.getdoc(thing) or "", re.DOTALL
    )
    if inspect.isfunction(thing) and section:
        lines = re.findall(r"^(\w[\w, ]*)$", section[1], re.MULTILINE)
        explained = chain.from_iterable(re.split(r",\s*", line) for line in lines)
        assert not set(explained) - set(inspect.signature(thing).parameters)


def test_the_public_packages_are_those_the_api_names() -> None:
    said = (DOCS / "api" / "index.md").read_text(encoding="utf-8")
    for package in PUBLIC:
        assert isinstance(importlib.import_module(package), ModuleType)
        assert f"`{package}`" in said


def test_every_page_that_a_study_writes_says_how_it_is_renewed() -> None:
    for page in STUDIES:
        text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
        assert f"`.venv/bin/python -m analysis.documents {page}`" in text, page


def test_a_page_that_the_code_does_not_write_is_refused_by_name() -> None:
    with pytest.raises(InputError, match=r"hindcats.*did you mean hindcast"):
        main(["hindcats"])


def test_every_page_with_tables_of_the_code_has_a_command() -> None:
    """Speed and memory are measured, not renewed: `make bench`."""
    marked = {
        page.relative_to(DOCS).with_suffix("").as_posix()
        for page in DOCS.rglob("*.md")
        if re.search(r"^<!-- .*:begin -->$", page.read_text(encoding="utf-8"), re.MULTILINE)
    }
    renewed = {"odd/tables", "decisions/index", *STUDIES}
    assert marked - {"performance"} == renewed
