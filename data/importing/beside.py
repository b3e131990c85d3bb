"""What a table of flows does not hold: people, growth, past emissions; given, or filled in."""

import numpy as np

from data.errors import InputError
from data.importing.labels import require_known
from data.importing.raw_table import RawTable
from data.importing.settings import Settings
from model.arrays import ByRegion
from model.compile.figures import Prospects, Records

FILLED_PER_HEAD = 6.0
"""Value added a head where no people are given, 10⁴ CNY: about the world's mean in 2012."""
LAST_YEAR = 2100


def people_of(table: RawTable, settings: Settings) -> ByRegion | None:
    """Return residents by region, heads; none where neither table nor settings give any.

    Raises
    ------
    InputError
        If some regions have some and others have none, or a number is negative.
    """
    require_known("people", settings.people, table.regions)
    if not settings.people:
        found = table.people
    else:
        missing = [region for region in table.regions if region not in settings.people]
        if missing:
            raise InputError(f"people: {missing[0]} is missing ({len(missing)} are); add it")
        found = np.array([settings.people[region] for region in table.regions], dtype=np.float64)
    if found is not None and not (np.isfinite(found) & (found >= 0)).all():
        raise InputError(f"{table.source}: people must be numbers, zero or more; mend them")
    return found


def prospects_of(
    table: RawTable, settings: Settings, year: int, groups: tuple[str, ...]
) -> tuple[Prospects, str]:
    """Return growth after the year of the table, and how it was found."""
    words = settings.growth
    require_known("growth.regions", words.regions, table.regions)
    require_known("growth.emissions", words.emissions, table.regions)
    if words.until is not None and words.until <= year:
        raise InputError(f"growth.until = {words.until} must come after the table's year {year}")
    if words.until is None and (words.emissions or words.intensity):
        raise InputError("growth.until is missing: the year that emissions or intensity are of")
    national = _by_year(words.national, year)
    first, last = (year - 1, year) if words.until is None else (year, words.until)
    mean = float(np.mean([national.get(each, 0.0) for each in range(year + 1, last + 1)] or [0.0]))
    change = words.intensity
    require_known("growth.intensity", change, groups)
    own = [words.regions.get(region, mean) for region in table.regions]
    prospects = Prospects(
        real_growth=np.array(own, dtype=np.float64),
        national_growth=national,
        intensity_change=np.array([change.get(group, 1.0) for group in groups]),
        planned_change=np.ones(len(table.regions)),
        co2_change=np.array([words.emissions.get(each, 1.0) for each in table.regions]),
        first=first,
        last=last,
    )
    whole = "as given" if national else "not given; the scenario's growth.long_run"
    apart = "regions as given" if words.regions else "regions alike"
    after = "" if words.until is None else f", known until {words.until}"
    return prospects, f"{whole}; {apart}{after}; intensities by growth.intensity_change"


def records_of(
    table: RawTable, settings: Settings, year: int, emissions: ByRegion
) -> tuple[Records, dict[str, str]]:
    """Return past emissions up to the table's year, and planned cuts; and how they were found."""
    past = {_year(key): row for key, row in settings.past_emissions.items()}
    late = [each for each in past if each >= year]
    if late:
        raise InputError(
            f"past_emissions: {late[0]} is not before the table's year {year}; drop it"
        )
    first = min(past, default=year)
    years = range(first, year + 1)
    course = np.tile(emissions, (len(years), 1))
    estimated = np.zeros(course.shape, dtype=np.bool_)
    for r, region in enumerate(table.regions):
        known = {each: row[region] for each, row in past.items() if region in row}
        known[year] = float(emissions[r])
        course[:, r] = np.interp(years, sorted(known), [known[each] for each in sorted(known)])
        estimated[:, r] = [each not in known for each in years]
    for row in past.values():
        require_known("past_emissions", row, table.regions)
    cut, told = settings.intensity_cut, "intensity_cut as given"
    if isinstance(cut, dict):
        require_known("intensity_cut", cut, table.regions)
        cuts = np.array([cut.get(region, 0.0) for region in table.regions])
    else:
        cuts = np.full(len(table.regions), cut)
        told = f"{cut:g} in every region" + ("" if cut else " (none given)")
    span = "not given; those of the table's year alone"
    said = {
        "past emissions": f"{first} to {year}, gaps filled evenly" if past else span,
        "planned cuts": told,
    }
    return Records(years, course, estimated, cuts), said


def _by_year(growth: float | dict[str, float] | None, year: int) -> dict[int, float]:
    if growth is None:
        return {}
    if isinstance(growth, dict):
        rates = {_year(key): rate for key, rate in growth.items()}
        early = [each for each in rates if each <= year]
        if early:
            raise InputError(
                f"growth.national: {early[0]} is not after the table's year {year}; drop it"
            )
        return rates
    return dict.fromkeys(range(year + 1, LAST_YEAR + 1), growth)


def _year(key: str) -> int:
    if not key.isdecimal() or not 1800 <= int(key) <= LAST_YEAR:
        raise InputError(f"{key!r} is no year; write it as 2015")
    return int(key)
