"""Words that move sectors apart from their group, and their years from the full response basis."""

import numpy as np
from numpy.testing import assert_allclose

from data.readers.named_sectors import sectors_of
from data.readers.places import lying_in
from model.arrays import ByRegionSector
from model.compile.city_economy import Economy
from model.footprints.accounts import Accounts, accounts, embodied_flows
from scenarios import read_scenario
from scenarios.scenario import Scenario

MANUFACTURING, SERVICES = "s04", "s05"
"""Two of the three sectors of the rest in the invented economy."""
CLEANER_GOODS = {"where": ["east"], "sector": MANUFACTURING, "change": -0.03}
EACH_SECTOR = [
    {"where": [where], "sector": f"s{n + 1:02d}", "change": change}
    for where, changes in (("east", (-0.04, 0.02, -0.03, 0.01, -0.02)), ("west", (0.03,) * 5))
    for n, change in enumerate(changes)
]
WORDS = {
    "one sector of the rest": [CLEANER_GOODS],
    "a sector and its group": [CLEANER_GOODS, {**CLEANER_GOODS, "sector": "rest"}],
    "a kind of products": [{**CLEANER_GOODS, "sector": "light_manufacturing"}],
    "every sector": EACH_SECTOR,
}


def asked(cleaner, **words) -> Scenario:
    """Return the baseline to 2018 with some cleaner sectors."""
    return read_scenario("default", {"growth.cleaner": cleaner, "horizon.end": 2018, **words})


def intensities(economy: Economy, trend, cleaner, t: int) -> ByRegionSector:
    """Return S of simulated year t as the words say, sector by sector; `trend` is by group."""
    S = economy.S * trend[:, economy.sectors.group]
    for words in cleaner:
        named = sectors_of(words["sector"], economy.sectors)
        cells = np.ix_(lying_in(words["where"], economy.regions), named)
        S[cells] *= (1 + words["change"]) ** (t + 1)
    return S


def full_accounts(economy: Economy, S: ByRegionSector, demand, exports: float) -> Accounts:
    """Return a year's accounts from all sectors and categories of the basis; `demand` by kind."""
    flows = embodied_flows(economy.basis, S)
    of_category = [0, 0, 0, 1, 2] if len(demand) > 1 else [0] * 5
    flows[:-1] *= demand[of_category][:, None, :]
    flows[-1] *= exports
    return accounts(flows)


def assert_scored(found, flows, expected: Accounts, rtol: float = 1e-12) -> None:
    """Fail if a scored year, or its flows, are not what the full response basis says."""
    assert_allclose(found.D_pba, expected.D_pba, rtol=rtol)
    assert_allclose(found.D_cba, expected.D_cba, rtol=rtol)
    assert_allclose(found.exported, expected.exported, rtol=rtol)
    scale = np.abs(expected.C).max()
    assert_allclose(found.own, np.diag(expected.C), rtol=rtol, atol=rtol * scale)
    assert_allclose(flows, expected.C, rtol=rtol, atol=rtol * scale)
