"""Portrait of a city: all that results and the economy say of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.experiment.city_words import read_cities, read_regions
from analysis.experiment.finished import finished
from analysis.experiment.recorded import Recorded
from analysis.one_city.course import Course, course
from analysis.one_city.names import code_of
from analysis.one_city.partners import Partners, partners
from analysis.one_city.quota_account import RECEIVED, SPENT
from analysis.outcomes.arms import Arms
from analysis.outcomes.shown_money import show
from data.errors import InputError, nearest
from model.compile.city_economy import Economy
from scenarios.experiment import Experiment

COLUMNS = [
    "arm",
    "replication",
    "year",
    "emissions",
    "purchase_cost",
    "action",
    "bank",
    *RECEIVED,
    *SPENT,
]


@dataclass(frozen=True, slots=True)
class Portrait:
    """A city in the results of an experiment."""

    folder: Path
    experiment: Experiment
    arms: Arms
    who: pd.Series
    """Its row of `regions.csv`."""
    courses: tuple[Course, ...]
    """By arm, in the order of the experiment."""
    partners: Partners | None
    """None where the economy of the results is not at hand."""

    @property
    def replications(self) -> int:
        """Replications that are done."""
        return max(one.replications for one in self.courses)

    def of(self, arm: str) -> Course:
        """Return the course under an arm."""
        return next(one for one in self.courses if one.arm == arm)


def portrait(
    city: str,
    folder: str | Path,
    economy_of: Callable[[Recorded], Economy | None] = lambda _: None,
    arm: str | None = None,
) -> Portrait:
    """Return the portrait of a city, by name or code, from a results directory.

    Parameters
    ----------
    economy_of
        Returns the economy that a manifest's results were made with, or None.
    arm
        The arm to tell of alone; all if absent.

    Raises
    ------
    InputError
        If the directory holds no finished results, or there is no such city or arm.
    """
    place = Path(folder)
    recorded = finished(place, "regions.csv", "cities.parquet", "classes.csv")
    show(recorded.money)
    experiment = recorded.experiment
    names = [one.name for one in experiment.arms]
    if arm is not None and arm not in names:
        raise InputError(f"{arm}: no such arm of {experiment.name}; {nearest(arm, names)}")
    regions = read_regions(place)
    code = code_of(city, regions)
    rows = read_cities(place, COLUMNS, city=code)
    classes = pd.read_csv(place / "classes.csv", dtype={"region_code": str})
    kinds = classes[classes["region_code"] == code]
    done = [name for name in names if (kinds["arm"] == name).any() and arm in (None, name)]
    economy = economy_of(recorded)
    return Portrait(
        place,
        experiment,
        Arms.of(experiment),
        regions[regions["region_code"] == code].iloc[0],
        tuple(
            course(
                name,
                rows[rows["arm"] == name],
                kinds[kinds["arm"] == name],
                experiment.economies,
            )
            for name in done
        ),
        None if economy is None else partners(economy, code),
    )
