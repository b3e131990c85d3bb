"""Economies of one's own for tests: pymrio's test table, saved as users save it."""

from pathlib import Path

import numpy as np
from pymrio_truth import shipped

from data.importing.building import Built
from data.importing.import_economy import import_economy
from data.importing.invented_world import COUNTRIES, invented_world
from data.importing.template import write_world
from scenarios import Experiment, read_experiment

TOLD = ("year=2010", 'emissions.stressors=["emission_type1"]')
"""What pymrio's test table does not say of itself."""


def saved(folder: Path, **how: str) -> Path:
    """Save pymrio's test table into a new folder."""
    shipped().copy().save_all(folder, **how)
    return folder


def imported(source, *more: str, to=None) -> Built:
    """Import pymrio's test table from where it was saved."""
    return import_economy(source, to, overrides=(*TOLD, *more))


def pymrio_accounts(system=None, stressor=("emission_type1", "air"), unit: float = 1e-3):
    """Return pymrio's own accounts by region, t: production, consumption, and flows between."""
    table = (system or shipped()).copy().calc_all()
    regions, sectors = len(table.get_regions()), len(table.get_sectors())
    S = table.emissions.S.loc[stressor].to_numpy()
    L, Y = table.L.to_numpy(), table.Y.to_numpy()
    of_region = Y.reshape(regions * sectors, regions, -1).sum(axis=2)
    flows = (S[:, None] * (L @ of_region)).reshape(regions, sectors, regions).sum(axis=1)
    by_region = [
        part.T.groupby(level="region", sort=False).sum()[stressor].to_numpy() * unit
        for part in (table.emissions.D_pba, table.emissions.D_cba)
    ]
    return np.asarray(by_region[0]), np.asarray(by_region[1]), flows * unit


def few_arms(name: str, *settings: str) -> Experiment:
    """Return an experiment of the library with its reference and the first policies alone."""
    full = read_experiment(name, settings)
    return full.model_copy(update={"arms": full.arms[:3]})


SMALL = ("Crops", "Food and beverages", "Chemicals", "Basic metals", "Electricity", "Construction",
         "Transport", "Health and education")  # fmt: skip
"""Sectors of the small invented world."""


def small_world(folder: Path) -> Path:
    """Write an invented world of six countries and eight sectors, four categories, 2015."""
    write_world(folder, invented_world(countries=COUNTRIES[:6], sectors=SMALL))
    return folder
