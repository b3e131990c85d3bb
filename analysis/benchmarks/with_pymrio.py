"""Accounts by pymrio (Stadler 2021, Journal of Open Research Software 9(1), 8)."""

import numpy as np
import pandas as pd
import pymrio

from analysis.benchmarks.invention import Invention, invented
from analysis.benchmarks.timing import Timing, once
from model.arrays import ByRegionSector, Matrix

NAMES = {"index": ["region", "sector"], "columns": ["region", "category"]}


def from_the_table(regions: int) -> Timing:
    """Time the system and its accounts from Z and Y; one stressor."""
    economy = invented(regions)
    system = io_system(economy)
    system.emissions = emissions_of(economy, economy.S.reshape(1, -1))

    def work() -> None:
        system.calc_system()
        system.calc_extensions()

    return once(work)


def year_with_inverse_kept(regions: int) -> Timing:
    """Time the accounts of a year of new intensities and new demand, L kept; one stressor."""
    economy = invented(regions)
    return _scored(economy, economy.S.reshape(1, -1))


def flows_with_inverse_kept(regions: int) -> Timing:
    """Time the flows from emitter to consumer of such a year: one stressor for each emitter."""
    economy = invented(regions)
    return _scored(economy, one_stressor_each(economy.S))


def _scored(economy: Invention, S: Matrix) -> Timing:
    system = io_system(economy).calc_system()
    L, Y, extension = system.L, 1.01 * system.Y, emissions_of(economy, 0.99 * S)

    def work() -> None:
        x = pymrio.calc_x_from_L(L, Y.sum(axis=1))
        extension.calc_system(x=x, Y=Y, L=L)

    return once(work)


def one_stressor_each(S: ByRegionSector) -> Matrix:
    """Return intensities with a row, a stressor, for each emitter."""
    regions = np.arange(S.shape[0])
    spread = np.zeros((S.shape[0], *S.shape))
    spread[regions, regions] = S
    return spread.reshape(S.shape[0], -1)


def io_system(economy: Invention) -> pymrio.IOSystem:
    """Return Z and Y of an economy as pymrio takes them."""
    form, categories = economy.form, economy.d.shape[2]
    rows, columns = (
        _rows(economy),
        pd.MultiIndex.from_product(
            [_regions(economy), [f"k{k}" for k in range(categories)]], names=NAMES["columns"]
        ),
    )
    by_category = form.final_demand(economy.d).reshape(len(rows), categories, form.regions)
    Y = by_category.transpose(0, 2, 1).reshape(len(rows), -1)
    x = form.solve(Y.sum(axis=1).reshape(form.regions, form.sectors, 1)).ravel()
    return pymrio.IOSystem(
        Z=pd.DataFrame(form.dense() * x, index=rows, columns=rows),
        Y=pd.DataFrame(Y, index=rows, columns=columns),
    )


def emissions_of(economy: Invention, S: Matrix) -> pymrio.Extension:
    """Return intensities as pymrio takes them; a row a stressor."""
    index = pd.Index([f"e{n}" for n in range(len(S))], name="stressor")
    return pymrio.Extension(
        "emissions",
        S=pd.DataFrame(S, index=index, columns=_rows(economy)),
        unit=pd.DataFrame("t", index=index, columns=["unit"]),
    )


def _regions(economy: Invention) -> list[str]:
    return [f"r{r:03d}" for r in range(economy.form.regions)]


def _rows(economy: Invention) -> pd.MultiIndex:
    sectors = [f"s{i:02d}" for i in range(economy.form.sectors)]
    return pd.MultiIndex.from_product([_regions(economy), sectors], names=NAMES["index"])
