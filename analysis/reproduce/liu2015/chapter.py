"""Liu et al. 2015: what makes exports dirty, and the few places where it can be changed."""

from analysis.economy.pair import Pair
from analysis.reproduce.chapter import Chapter
from analysis.reproduce.liu2015.exports import add_exports, year_of
from analysis.reproduce.liu2015.factors import add_factors
from analysis.reproduce.liu2015.figures import cells as liu2015_cells
from analysis.reproduce.liu2015.figures import overview as liu2015
from analysis.reproduce.liu2015.targeting import add_targeting
from data.readers.published import read_published
from model.compile.city_economy import Economy


def chapter(economy: Economy, pair: Pair) -> Chapter:
    """Return what the reproduction found.

    `economy` is the earlier year with its response basis, `pair` both years.
    """
    chapter = Chapter(
        paper="liu2015",
        title="Liu et al. 2015: targeted opportunities in China's exports",
        published=read_published(),
    )
    years = (
        year_of(pair.earlier, pair.accounts[0]),
        year_of(pair.later, pair.accounts[1]),
    )
    add_exports(chapter, years)
    readings = add_factors(chapter, years)
    found = add_targeting(chapter, economy)
    named = chapter.published["dirtiest_provinces"].value.split("; ")
    curves = {name: target.saved for name, target in found.items()}
    top = chapter.tables["Cells that hold half of what best practice would save"]
    chapter.pictures |= {
        "liu2015_provinces": lambda: liu2015.provinces_picture(
            readings[0].table, years[0].exports.value.sum(axis=1), named
        ),
        "liu2015_factors": lambda: liu2015.factors_picture(
            {each.reading: each.weight for each in readings}
        ),
        "liu2015_cells": lambda: liu2015_cells.picture(curves, top),
    }
    return chapter
