"""Numbers of strong and weak beneficiaries, role models and neither, year by year."""

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from analysis.documents.numbers import count_span, mean_count
from analysis.figures.courses import courses, draw_course, replications_note
from analysis.figures.headlines import range_by_institution
from analysis.figures.lines_of_text import wrapped
from analysis.figures.panels import panels
from analysis.figures.sheet import SheetText
from analysis.figures.style import CLASSES, GREY, label
from analysis.figures.typography import TINY
from analysis.outcomes.arms import Arms
from analysis.outcomes.city_summary import CitySummary
from model.classes.beneficiaries import Beneficiary

READINGS = {
    "class_rolling": "as scored over the last five years, trends included",
    "class_policy": "by what the policy alone has done so far (additional to no policy)",
}
IN_SHORT = {
    Beneficiary.STRONG: "strong",
    Beneficiary.WEAK: "weak",
    Beneficiary.ROLE_MODEL: "role models",
    Beneficiary.NEITHER: "neither",
}


@dataclass(frozen=True, slots=True)
class Counts:
    """Number of cities of each class."""

    courses: pd.DataFrame
    """By arm, class and year: mean, low, high."""
    arms: list[str]
    cities: int
    year: int
    """The last."""

    def last(self, arm: str, kind: Beneficiary) -> float:
        """Return the mean number of a class in the last year."""
        return float(self.courses["mean"].to_dict()[(arm, int(kind), self.year)])

    def course(self, arm: str, kind: int) -> pd.DataFrame:
        """Return mean, low and high of a class under an arm, by year."""
        arms, kinds, _ = (self.courses.index.get_level_values(n) for n in range(3))
        return self.courses[(arms == arm) & (kinds == kind)].droplevel([0, 1])


def counts_of(cities: CitySummary, reading: str, arms: list[str]) -> Counts:
    """Return what the picture needs of the cities."""
    return Counts(
        courses=courses(cities.counts(reading, arms), ["arm", reading, "year"]),
        arms=arms,
        cities=len(cities.codes),
        year=cities.last_year,
    )


def classes(ax: Axes, data: Counts, arm: str) -> Axes:
    """Draw the course of each class under one arm."""
    for kind, look in CLASSES.items():
        draw_course(ax, data.course(arm, kind), look, turn=kind)
    ends = [f"{mean_count(data.last(arm, kind))} {word}" for kind, word in IN_SHORT.items()]
    width = 0.96 * ax.bbox.width / ax.figure.dpi
    note = "\n".join(wrapped(f"{data.year}: {', '.join(ends)}", width, TINY))
    ax.text(0.02, 0.98, note, transform=ax.transAxes, va="top", fontsize=TINY, color=GREY)
    ax.set_ylim(-0.03 * data.cities, 1.36 * data.cities)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    ax.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    return ax


def _span(low: float, high: float) -> str:
    ends = [mean_count(low), mean_count(high)]
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def headline(data: Counts, reading: str, known: Arms) -> str:
    """Return what the picture says."""
    strong = {arm: data.last(arm, Beneficiary.STRONG) for arm in data.arms}
    if reading == "class_rolling":
        span = count_span(min(strong.values()), max(strong.values()))
        return (
            f"Strong beneficiaries as scored over five years: {span} of {data.cities} cities"
            f" in {data.year}"
        )
    ends = pd.DataFrame({"mean": strong})
    ranges = range_by_institution(ends, data.arms, _span, known)
    if ranges:
        return (
            f"Strong beneficiaries of the policy in {data.year}: {ranges}, of {data.cities} cities"
        )
    fewest, most = (pick(strong, key=strong.__getitem__) for pick in (min, max))
    if len(strong) > 1 and strong[most] - strong[fewest] >= 1:
        return (
            f"Who gains with little own effort differs by arm: {mean_count(strong[fewest])} strong"
            f" beneficiaries ({label(fewest)}) to {mean_count(strong[most])} ({label(most)})"
            f" in {data.year}"
        )
    span = count_span(min(strong.values()), max(strong.values()))
    return f"Strong beneficiaries of the policy in {data.year}: {span} of {data.cities} cities"


def picture(cities: CitySummary, known: Arms, reading: str) -> list[Figure]:
    """Return the finished picture of one reading, a key of `READINGS`, page by page."""
    arms = cities.arms
    if reading == "class_policy" and len(arms) > 1:
        arms = [arm for arm in arms if arm != known.reference]
    data = counts_of(cities, reading, arms)

    def draw(ax: Axes, arm: str, leftmost: bool, lowest: bool) -> Axes:
        classes(ax, data, arm)
        ax.set_ylabel("Cities" if leftmost else "")
        ax.set_xlabel("Year" if lowest else "")
        return ax

    words = SheetText(
        headline(data, reading, known),
        f"Number of cities by class, {READINGS[reading]}",
        (replications_note(cities.runs),),
    )
    return panels(words, arms, 1.35, CLASSES.values(), draw)
