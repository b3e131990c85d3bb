"""National emissions by arm against the cap."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.documents.numbers import rounded, span
from analysis.figures.course_sheet import course_sheet
from analysis.figures.courses import draw_course, national_courses, replications_note
from analysis.figures.headlines import extremes, where_the_rule_decides
from analysis.figures.quantities import Mass, mass_for
from analysis.figures.rule_panels import RulePanels, crowded, rule_panels
from analysis.figures.sheet import SheetText
from analysis.figures.style import CAP_LINE, INK, Look, arm_looks, label
from analysis.outcomes.arms import Arms


@dataclass(frozen=True, slots=True)
class Emissions:
    """National emissions of each arm and their caps, in one unit."""

    courses: pd.DataFrame
    """By arm and year: mean, low, high."""
    ends: pd.DataFrame
    """The same in the last year, by arm, from the highest to the lowest mean."""
    limits: pd.Series
    """Cap by arm and year; missing where there is none."""
    looks: dict[str, Look]
    unit: Mass
    year: int
    """The last."""


def emissions_of(national: pd.DataFrame, known: Arms) -> Emissions:
    """Return what the picture needs of the national table."""
    looks = arm_looks([str(arm) for arm in pd.unique(national["arm"])], known)
    table = national_courses(national, "emissions")
    unit = mass_for(float(table["mean"].max()))
    table = table / unit.tonnes
    year = int(national["year"].max())
    in_last = table.index.get_level_values("year") == year
    ends = table[in_last].droplevel("year").sort_values(by="mean", ascending=False)
    limits = national.groupby(["arm", "year"], observed=True)["cap"].mean() / unit.tonnes
    return Emissions(table, ends, limits, looks, unit, year)


def caps(limits: pd.Series, looks: dict[str, Look]) -> tuple[tuple[Look, pd.Series], ...]:
    """Return every cap of some arms once, by year, with its look."""
    distinct: dict[bytes, tuple[str, pd.Series]] = {}
    for arm in looks:
        path = limits.loc[arm]
        if path.notna().any():
            key = np.round(path.to_numpy(dtype=float), 9).tobytes()
            distinct.setdefault(key, (arm, path))
    if len(distinct) == 1:
        return tuple((Look("Cap", INK, "", CAP_LINE), path) for _, path in distinct.values())
    return tuple(
        (Look(f"Cap: {looks[arm].label}", looks[arm].colour, "", CAP_LINE), path)
        for arm, path in distinct.values()
    )


def emissions(ax: Axes, data: Emissions) -> Axes:
    """Draw mean emissions with their bands by arm, and every cap as a dotted line."""
    for turn, arm in enumerate(data.ends.index):
        draw_course(ax, data.courses.loc[arm], data.looks[arm], turn)
    for look, path in caps(data.limits, data.looks):
        draw_cap(ax, path, look)
    ax.set_ylabel(f"Emissions, {data.unit.word} per year")
    return ax


def draw_cap(ax: Axes, path: pd.Series, look: Look, width: float = 2.0) -> None:
    """Draw a cap by year."""
    values = path.to_numpy(dtype=float)
    ax.plot(path.index, values, color=look.colour, linestyle=look.line, linewidth=width,
            zorder=2.5, label=look.label)  # fmt: skip


def headline(data: Emissions, known: Arms) -> str:
    """Return what the picture says."""
    ends, year, reference = data.ends, data.year, known.reference
    policies = [arm for arm in ends.index if arm != reference]

    def amount(low: float, high: float) -> str:
        return f"{span(low, high)} {data.unit.word.split()[0]}"

    if len(ends) == 1:
        return _one_course(data.courses["mean"].droplevel("arm"), data.unit)
    decided = where_the_rule_decides(ends, policies, "emissions", amount, year, known)
    if decided:
        return decided
    if reference not in ends.index:
        return f"Emissions in {year}: {amount(*extremes(ends, policies))}, depending on the arm"
    without, lowest = (float(ends[name].to_dict()[reference]) for name in ("mean", "low"))
    level = f"{rounded(without, extremes(ends, policies)[0])} under {label(reference).lower()}"
    if bool((ends["high"][policies] < lowest).all()):
        who = "Every policy lowers" if len(policies) > 1 else f"{label(policies[0])} lowers"
        return f"{who} emissions: {amount(*extremes(ends, policies))} in {year}, not {level}"
    return f"Emissions in {year}: {amount(*extremes(ends, policies))}, against {level}"


def _one_course(means: pd.Series, unit: Mass) -> str:
    (first, start), (last, end) = ((int(means.index[i]), float(means.iloc[i])) for i in (0, -1))
    word = unit.word.split()[0]
    before, after = (rounded(value, min(start, end)) for value in (start, end))
    if before == after:
        return f"Emissions in {last}: {after} {word}, as in {first}"
    verb = "rise" if end > start else "fall"
    return f"Emissions {verb} from {before} {word} in {first} to {after} {word} in {last}"


def picture(national: pd.DataFrame, known: Arms) -> list[Figure]:
    """Return the finished picture: one plot, or one panel a rule where the arms are many."""
    data = emissions_of(national, known)
    words = SheetText(
        headline(data, known),
        "National production-based emissions of all cities, by arm",
        (f"{replications_note(national)} The vertical axis does not start at zero.",),
    )
    if crowded(list(data.looks)):
        arms = list(data.looks)
        drawn = RulePanels(data.courses, arms, known, arms, f"{data.unit.word} per year")
        cap = Look("Cap", INK, "", CAP_LINE)

        def with_caps(ax: Axes, looks: dict[str, Look]) -> None:
            for look, path in caps(data.limits, looks):
                draw_cap(ax, path, look, width=1.4)

        return rule_panels(words, drawn, with_caps, [cap] if data.limits.notna().any() else [])
    names = [look.label for look in data.looks.values()]
    names += [look.label for look, _ in caps(data.limits, data.looks)]
    return [course_sheet(words, names, lambda ax: emissions(ax, data))]
