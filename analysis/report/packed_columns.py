"""Columns of the cities as they are packed: rounded as they are shown, guessed from each other."""

from typing import Any

import numpy as np

from analysis.report.city_values import NO_WORD, CityValues
from analysis.report.coding import Term, whole
from analysis.report.decimals import levels, of_money, of_tonnes
from analysis.report.measures import BANK, RECEIVED, SPENT, is_tonnes, unit_of
from analysis.report.packing import Packer

TERMS = {
    "surrendered": (
        Term("emissions", 1),
        Term("open_gap", -1),
        Term("hidden_gap", -1),
    ),
    "repaid_quota": (Term("borrowed_quota", 1, before=True),),
    BANK: (
        Term(BANK, 1, before=True),
        *(Term(name, 1) for name in RECEIVED),
        *(Term(name, -1) for name in SPENT),
    ),
}
"""Sums that a column is guessed from; what is left of them is packed, so that nothing is lost."""
EMISSIONS = "emissions"


def packed_columns(values: CityValues, packer: Packer) -> dict[str, dict[str, Any]]:
    """Pack the columns that say anything; return their units, and decimals by city.

    All tonnes of a city have the same unit and decimals, so that its account adds up.
    """
    units: dict[str, dict[str, Any]] = {}
    tonnes = unit_of(EMISSIONS, values.means[EMISSIONS])
    decimals = of_tonnes(values.means[EMISSIONS], tonnes)
    for name, means in values.means.items():
        known = np.abs(means[np.isfinite(means)])
        if not known.size or (name != BANK and not known.max()):
            continue
        unit = tonnes if is_tonnes(name) else unit_of(name, means)
        own = decimals if is_tonnes(name) else of_money(means, unit)
        packer.numbers(name, whole(means, unit.size / 10.0**own), TERMS.get(name, ()))
        units[name] = {
            "word": unit.word,
            "size": unit.size,
            "signed": bool((means < 0).any()),
            "decimals": own.tolist(),
        }
        if name in values.spreads:
            packer.numbers(f"{name}_spread", whole(levels(values.spreads[name], unit), 1.0))
    for name, codes in values.likeliest.items():
        packer.numbers(name, whole(np.where(codes == NO_WORD, np.nan, codes), 1.0))
        packer.numbers(f"{name}_agreement", whole(values.agreement[name], 1.0))
    return units
