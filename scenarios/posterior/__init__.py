"""Draws of uncertain parameters from their posterior, as calibrated on China's national market.

Calibrated: `analysis.studies.calibration` renews the table; `docs/calibration.md` says what it
identifies and what not.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from data.errors import InputError

FILE = Path(__file__).with_name("national_market.csv")
WEIGHT = "weight"


def draws(
    count: int, rng: np.random.Generator, leave: tuple[str, ...] = ()
) -> Iterator[dict[str, float]]:
    """Give settings for `read_scenario`, drawn from the table by weight.

    Parameters
    ----------
    leave
        Keys that are not to be set, such as `cap.rate` where the cap is another.

    Raises
    ------
    InputError
        If a key to be left out is none of the table's.
    """
    with FILE.open(encoding="utf-8", newline="") as table:
        rows = [{key: float(value) for key, value in row.items()} for row in csv.DictReader(table)]
    for key in leave:
        if key not in rows[0]:
            raise InputError(f"{key}: not among the calibrated parameters: {', '.join(rows[0])}")
    weights = np.array([row.pop(WEIGHT) for row in rows])
    for chosen in rng.choice(len(rows), count, p=weights / weights.sum()):
        yield {key: value for key, value in rows[chosen].items() if key not in leave}
