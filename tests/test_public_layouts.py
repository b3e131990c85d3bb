"""Tables in the layouts of EXIOBASE 3, WIOD, OECD's ICIO, Eora26 and GLORIA: taken, or asked."""

import numpy as np
import pandas as pd
import pymrio
import pytest
from numpy.testing import assert_allclose
from public_layouts import eora26, exiobase3, gloria, oecd, units, wiod

from data.errors import InputError
from data.importing.import_economy import import_economy

CARBON = ("CO2 - combustion - air", "CO2 - non combustion - Cement production - air")
KINDS = ("consumption",) * 3 + ("capital_formation",)


def footprints(system: pymrio.IOSystem, extension: str, rows, tonnes: float) -> np.ndarray:
    """Return consumption-based accounts by the dense Leontief solution of labelled frames, t."""
    Z, Y = system.Z.to_numpy(), system.Y
    regions = list(dict.fromkeys(system.Z.index.get_level_values(0)))
    x = Z.sum(axis=1) + Y.to_numpy().sum(axis=1)
    S = getattr(system, extension).F.loc[rows].to_numpy().sum(axis=0) / x
    of_regions = Y.T.groupby(level=0).sum().T[regions].to_numpy()
    return tonnes * (S @ np.linalg.solve(np.eye(len(x)) - Z / x, of_regions))


@pytest.mark.filterwarnings("ignore")  # of the parser
def test_a_folder_of_exiobase_3_is_imported_once_its_rows_are_named(tmp_path) -> None:
    source = exiobase3(tmp_path / "IOT_2015_pxp")
    with pytest.raises(InputError, match=r"set emissions\.stressors.* known: CO2 - combustion"):
        import_economy(source)
    rows = f"emissions.stressors={list(CARBON)!r}".replace("'", '"')
    with pytest.raises(InputError, match=r"money is in EUR, .*set money\.cny"):
        import_economy(source, overrides=[rows])
    made = import_economy(source, overrides=[rows, "money.cny=8.1"])
    economy, system = made.economy, pymrio.parse_exiobase3(source)
    assert economy.year == 2015
    assert economy.categories.kind[3:] == ("capital_formation",) + ("inventory_change",) * 2
    assert made.said["sectors"].startswith("1 electricity, 1 metals, 2 rest")
    found = economy.accounts().D_cba
    assert_allclose(found, footprints(system, "satellite", list(CARBON), 1e-3), rtol=1e-9)
    expected = system.satellite.F_Y.loc[list(CARBON)].sum().groupby(level=0).sum() / 1e3
    assert_allclose(economy.household_emissions, expected[["AT", "CN", "WA"]])


def test_wiod_is_imported_by_its_codes() -> None:
    system = wiod()
    with pytest.raises(InputError, match="set year, such as"):
        import_economy(system)
    made = import_economy(system, overrides=["year=2009"])
    assert made.economy.categories.kind == (*KINDS, "inventory_change")
    assert made.economy.money.currency == "USD"
    assert made.said["sectors"].endswith("set sectors.group")
    expected = footprints(system, "AIR", ["CO2"], 1e3)
    assert_allclose(made.economy.accounts().D_cba, expected, rtol=1e-9)


@pytest.mark.filterwarnings("ignore")  # of the parser
def test_oecd_s_table_asks_for_emissions_and_keeps_discrepancies_apart(tmp_path) -> None:
    system = oecd(tmp_path)
    with pytest.raises(InputError, match=r"there is factor_inputs, none of it in tonnes; if it"):
        import_economy(system)
    F = pd.DataFrame(5e3, ["CO2"], system.Z.columns)
    system.carbon = pymrio.Extension(name="carbon", F=F, unit=units(F.index, "kt"))
    made = import_economy(system)
    economy = made.economy
    assert economy.year == 2015
    assert economy.categories.kind[-2:] == ("inventory_change", "consumption")
    assert made.said["exports"].startswith("ALL DISC: of no region of the table")
    assert_allclose(economy.export, np.full((3, 4), 1e6 * 6.3125 / 1e4))
    accounts = economy.accounts()
    assert_allclose(accounts.D_cba.sum() + accounts.exported.sum(), 1e3 * F.sum().sum())


@pytest.mark.filterwarnings("ignore")  # of the parser
def test_eora26_is_imported_without_the_rest_of_the_world_that_was_dropped(tmp_path) -> None:
    system = eora26(tmp_path)
    made = import_economy(system, overrides=["year=2015"])
    assert made.economy.regions.names == ("AFG", "CHN")
    assert made.economy.categories.kind == (*KINDS, *["inventory_change"] * 2)
    assert made.said["money"].startswith("1000 USD a unit")
    rows = [("I-GHG-CO2 emissions", "Total CDIAC")]
    expected = footprints(system, "Q", rows, 1e3)
    assert_allclose(made.economy.accounts().D_cba, expected, rtol=1e-9)


def test_gloria_is_imported_once_its_flows_are_calculated() -> None:
    with pytest.raises(InputError, match=r"holds no Z; call calc_all\(\)"):
        import_economy(gloria())
    system = gloria().calc_all()
    made = import_economy(system, overrides=["year=2015"])
    assert made.said["money"].startswith("1000 USD a unit")
    assert made.said["emissions' unit"].startswith("1000 t a unit")
    rows = [system.Q.F.index[0]]
    expected = footprints(system, "Q", rows, 1e3)
    assert_allclose(made.economy.accounts().D_cba, expected, rtol=1e-9)
