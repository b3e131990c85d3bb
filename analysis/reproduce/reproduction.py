"""Reproducing papers: chapters made, printed, and written as CSV, pictures and one page."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from analysis.economy.pair import EARLIER, LATER, Pair, deflated_otherwise, pair
from analysis.figures.sheet import save
from analysis.figures.typography import our_typography
from analysis.reproduce.after2012 import rows as after_2012
from analysis.reproduce.candidates import candidate_table, candidates, with_tested_causes
from analysis.reproduce.chapter import Chapter
from analysis.reproduce.liu2015 import chapter as liu2015
from analysis.reproduce.page import page
from analysis.reproduce.xia2024 import chapter as xia2024
from analysis.reproduce.xia2024.certainty import certainty
from analysis.reproduce.zheng2023.chapter import new_chapter, study
from analysis.reproduce.zheng2023.emitters import emitters
from analysis.reproduce.zheng2023.footprints import footprints
from analysis.reproduce.zheng2023.pictures import add_pictures
from analysis.reproduce.zheng2023.quotas import quotas
from data.atomic import atomic
from data.compiled.cache import load_economy
from data.errors import InputError, nearest
from model.compile.city_economy import Economy
from model.compile.compile import Progress

OTHER_DEFLATOR = "industry"


@dataclass(frozen=True)
class Grounds:
    """Grounds that chapters are made from, each loaded or solved once and only if asked for."""

    executor: Executor
    """Workers that compile drawn economies."""
    draws: int
    """Drawn pairs of economies by which the certainty of classes is judged; 0 for none."""
    progress: Progress

    @cached_property
    def earlier(self) -> Economy:
        """The economy of 2012."""
        return load_economy(EARLIER, progress=self.progress)

    @cached_property
    def pair(self) -> Pair:
        """2012 and 2017."""
        later = load_economy(LATER, progress=self.progress)
        self.progress("what changed from 2012 to 2017", 0, 1)
        return pair(self.earlier, later)


def zheng(grounds: Grounds) -> Chapter:
    """Return the chapter of Zheng et al. 2023."""
    chapter, found = new_chapter(), study(grounds.earlier)
    footprints(chapter, found)
    emitters(chapter, found)
    quotas(chapter, found)
    after_2012(chapter)
    grounds.progress("why ours differs", 0, 1)
    tried = candidates(EARLIER, grounds.executor)
    chapter.tables["Why ours differs: assumptions changed one at a time"] = candidate_table(tried)
    chapter.rows = with_tested_causes(chapter.rows, tried)
    add_pictures(chapter, found)
    return chapter


def xia(grounds: Grounds) -> Chapter:
    """Return the chapter of Xia et al. 2024."""
    found = grounds.pair
    otherwise = deflated_otherwise(
        grounds.earlier, OTHER_DEFLATOR, lambda said: grounds.progress(said, 0, 1)
    )
    sure = (
        certainty(grounds.draws, 0, grounds.executor, grounds.progress) if grounds.draws else None
    )
    return xia2024.chapter(found, {OTHER_DEFLATOR: otherwise}, sure)


def liu(grounds: Grounds) -> Chapter:
    """Return the chapter of Liu et al. 2015."""
    return liu2015.chapter(grounds.earlier, grounds.pair)


PAPERS: dict[str, Callable[[Grounds], Chapter]] = {
    "zheng2023": zheng,
    "xia2024": xia,
    "liu2015": liu,
}
"""Chapters by the word that asks for them."""


def reproduce(paper: str, grounds: Grounds) -> list[Chapter]:
    """Return the chapter of a paper, or of `all`; raises InputError for any other word."""
    if paper != "all" and paper not in PAPERS:
        raise InputError(f"{paper}: no such paper; {nearest(paper, [*PAPERS, 'all'])}")
    return [make(grounds) for name, make in PAPERS.items() if paper in (name, "all")]


def write(chapters: Sequence[Chapter], out: Path, progress: Progress) -> Path:
    """Write each chapter's rows and tables as CSV and its pictures, and one page of all.

    Returns the page. Files already there are replaced, each whole or not at all.
    """
    drawn: dict[str, list[Path]] = {}
    for chapter in chapters:
        folder = out / chapter.paper
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in {"side_by_side": chapter.frame(), **chapter.tables}.items():
            with atomic(folder / f"{_file_name(name)}.csv") as draft:
                table.to_csv(draft, index=False, encoding="utf-8")
        drawn[chapter.paper] = []
        for n, (name, draw) in enumerate(chapter.pictures.items()):
            progress(f"pictures of {chapter.paper}", n, len(chapter.pictures))
            with our_typography():
                paths = save(draw(), folder / "figures", name)
            drawn[chapter.paper] += [path for path in paths if path.suffix == ".png"]
    result = out / "index.html"
    with atomic(result) as draft:
        draft.write_text(page(chapters, drawn), encoding="utf-8")
    return result


def _file_name(heading: str) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in heading.lower())
    return "_".join(words.split())
