"""Results of one run."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from model.arrays import AnyFloats
from scenarios.scenario import Scenario
from simulation.columns import WHOLE, Recorder
from simulation.saved_state import SavedState


@dataclass(frozen=True, slots=True)
class Run:
    """Results of one run of a scenario."""

    scenario: Scenario
    seed: int
    replication: int
    years: range
    codes: tuple[str, ...]
    """Region codes of the cities."""
    names: tuple[str, ...]
    recorder: Recorder
    demand_misfit: float
    """Largest deviation of a region's value added from its growth without policy, share."""
    stop: Callable[[], SavedState]
    """Return the state after the last year run."""
    contracts: pd.DataFrame
    """Quota given by contract: year, giver, receiver, tonnes, CNY/t; empty without any."""

    @property
    def state(self) -> SavedState:
        """State after the last year run: to be written, gone on with, or branched."""
        return self.stop()

    @property
    def cities(self) -> pd.DataFrame:
        """Tidy results, one row a year and city; columns as in `columns.CITY_COLUMNS`."""
        count = len(self.codes)
        table = pd.DataFrame(
            {
                "year": np.repeat(np.array(self.years), count),
                "region_code": np.tile(self.codes, len(self.years)),
                "city": np.tile(self.names, len(self.years)),
            }
        )
        for name, values in self.recorder.cities.items():
            table[name] = _typed(name, values.reshape(-1))
        return table

    @property
    def national(self) -> pd.DataFrame:
        """Tidy results, one row a year; columns as in `columns.NATIONAL_COLUMNS`."""
        return pd.DataFrame({"year": np.array(self.years), **self.recorder.national})


def _typed(name: str, values: AnyFloats) -> AnyFloats | np.ndarray:
    return values.astype(np.int8) if name in WHOLE else values
