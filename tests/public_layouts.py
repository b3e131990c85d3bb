"""Small invented tables in the layouts of public ones: labels, categories, units and accounts."""

from pathlib import Path

import numpy as np
import pandas as pd
import pymrio


def flows(regions, sectors, categories, seed: int = 0, inventories: int | None = None):
    """Return Z and Y, labelled, of an invented economy in millions."""
    rng = np.random.default_rng(seed)
    rows = pd.MultiIndex.from_product([regions, sectors], names=["region", "sector"])
    demands = pd.MultiIndex.from_product([regions, categories], names=["region", "category"])
    Z = pd.DataFrame(1e4 * rng.uniform(0, 1, (len(rows), len(rows))), rows, rows)
    Y = pd.DataFrame(1e5 * rng.uniform(1, 3, (len(rows), len(demands))), rows, demands)
    if inventories is not None:
        Y.iloc[:, inventories :: len(categories)] *= rng.choice((-0.1, 0.1), len(rows))[:, None]
    return Z, Y


def accounts(names, columns, seed: int = 1) -> pd.DataFrame:
    """Return an invented account by stressor."""
    rng = np.random.default_rng(seed)
    index = names if isinstance(names, pd.Index) else pd.Index(names, name="stressor")
    return pd.DataFrame(rng.uniform(1e5, 9e5, (len(index), len(columns))), index, columns)


def units(index, words) -> pd.DataFrame:
    """Return units by row."""
    return pd.DataFrame({"unit": words}, index)


def exiobase3(folder: Path) -> Path:
    """Write a folder as EXIOBASE 3 comes: text, accounts in `satellite`, older ones with F_hh."""
    categories = (
        "Final consumption expenditure by households",
        "Final consumption expenditure by non-profit organisations serving households (NPISH)",
        "Final consumption expenditure by government", "Gross fixed capital formation",
        "Changes in inventories", "Changes in valuables", "Exports: Total (fob)",
    )  # fmt: skip
    sectors = ("Cultivation of wheat", "Production of electricity by coal",
               "Manufacture of basic iron and steel and of ferro-alloys and first products thereof",
               "Education (80)")  # fmt: skip
    Z, Y = flows(("AT", "CN", "WA"), sectors, categories, inventories=4)
    Y.loc[:, (slice(None), "Exports: Total (fob)")] = 0.0
    names = ("Taxes less subsidies on products purchased: Total", "CO2 - combustion - air",
             "CO2 - non combustion - Cement production - air",
             "CH4 - combustion - air")  # fmt: skip
    F, F_hh = accounts(names, Z.columns), accounts(names, Y.columns) / 100
    satellite = folder / "satellite"
    satellite.mkdir(parents=True)
    x = pd.DataFrame({"indout": Z.sum(axis=1) + Y.sum(axis=1)})
    for name, frame in (("Z", Z), ("Y", Y), ("x", x), ("unit", units(Z.index, "M.EUR"))):
        frame.to_csv(folder / f"{name}.txt", sep="\t")
    kinds = units(F.index, ["M.EUR", "kg", "kg", "kg"])
    for name, frame in (("F", F), ("F_hh", F_hh), ("unit", kinds)):
        frame.to_csv(satellite / f"{name}.txt", sep="\t")
    _note(folder, "IOSystem", {"Z": (2, 2), "Y": (2, 2), "x": (2, 1), "unit": (2, 1)})
    _note(satellite, "Extension", {"F": (1, 2), "F_hh": (1, 2), "unit": (1, 1)})
    (folder / "metadata.json").write_text(
        '{"description": "EXIOBASE 3 pxp", "history": [], "mrio_name": "EXIO3", "system": "pxp",'
        ' "version": "3.8.2", "name": "EXIO3"}',
        encoding="utf-8",
    )
    return folder


def _note(folder: Path, kind: str, files: dict[str, tuple[int, int]]) -> None:
    entries = ", ".join(
        f'"{name}": {{"name": "{name}.txt", "nr_index_col": "{index}", "nr_header": "{header}"}}'
        for name, (index, header) in files.items()
    )
    (folder / "file_parameters.json").write_text(
        f'{{"systemtype": "{kind}", "name": "{folder.name}", "files": {{{entries}}}}}',
        encoding="utf-8",
    )


def wiod() -> pymrio.IOSystem:
    """Return a system as `parse_wiod` makes it: codes for sectors and categories, Gg of CO2."""
    categories = ("c37", "c38", "c39", "c41", "c42")
    Z, Y = flows(("AUS", "USA", "RoW"), ("AtB", "C", "E", "27t28"), categories, inventories=4)
    F = accounts(("CO2", "CH4"), Z.columns) / 1e3
    F_Y = accounts(("CO2", "CH4"), Y.columns) / 1e5
    factors = accounts(("Value added at basic prices",), Z.columns)
    factors.index.name = "inputtype"
    return pymrio.IOSystem(
        Z=Z, Y=Y, unit=units(Z.index, "Millions of US dollars"), name="WIOD",
        factor_inputs={"name": "factor input", "F": factors,
                       "unit": units(factors.index, "Millions of US dollars")},
        AIR={"name": "Air Emission Accounts", "F": F, "F_Y": F_Y,
             "unit": units(F.index, ["Gg", "t"])},
        EM={"name": "Emission relevant energy use", "F": 2 * F, "F_Y": F_Y,
            "unit": units(F.index, "TJ")},
    )  # fmt: skip


def oecd(folder: Path) -> pymrio.IOSystem:
    """Return a system that pymrio parses from a file as OECD's ICIO comes."""
    regions, sectors = ("AUS", "CHN", "ROW"), ("D01T03", "D24", "D35", "D84")
    categories = ("HFCE", "NPISH", "GGFC", "GFCF", "INVNT", "DPABR")
    Z, Y = flows(regions, sectors, categories, inventories=4)
    index = [f"{region}_{sector}" for region, sector in Z.index]
    wide = pd.concat([Z, Y], axis=1)
    wide.index = index
    wide.columns = [*index, *(f"{region}_{category}" for region, category in Y.columns)]
    wide["DISC"] = 1.0
    wide["TOTAL"] = wide.sum(axis=1)
    paid = wide["TOTAL"].to_numpy() - Z.sum(axis=0).to_numpy()
    below = pd.DataFrame(0.0, ["AUS_TAXSUB", "VALU", "OUTPUT"], wide.columns)
    below.loc["VALU", index], below.loc["OUTPUT", index] = paid, wide["TOTAL"].to_numpy()
    pd.concat([wide, below]).to_csv(folder / "ICIO2021_2015.csv")
    return pymrio.parse_oecd(folder, year=2015)


def eora26(folder: Path) -> pymrio.IOSystem:
    """Return a system that pymrio parses from a folder as Eora26 comes, rest of the world last."""
    regions = ("AFG", "CHN", "ROW")
    sectors = ("Agriculture", "Electricity, Gas and Water", "Metal Products")
    categories = (
        "Household final consumption P.3h", "Non-profit institutions serving households P.3n",
        "Government final consumption P.3g", "Gross fixed capital formation P.51",
        "Changes in inventories P.52", "Acquisitions less disposals of valuables P.53",
    )  # fmt: skip
    Z, Y = flows(regions, sectors, categories, inventories=4)
    stressors = [("I-GHG-CO2 emissions (Gg)", "Total CDIAC"), ("Land use (ha)", "Crop")]
    Q = accounts(pd.MultiIndex.from_tuples(stressors), Z.columns) / 1e3
    QY = accounts(pd.MultiIndex.from_tuples(stressors), Y.columns) / 1e5
    VA = accounts(("Compensation of employees D.1",), Z.columns)
    for name, frame in (("T", 1e3 * Z), ("FD", 1e3 * Y), ("Q", Q), ("QY", QY), ("VA", VA)):
        frame.to_csv(folder / f"Eora26_2015_bp_{name}.txt", sep="\t", header=False, index=False)
    labels = {
        "T": [(r, r, "Industries", s) for r, s in Z.index],
        "FD": [(r, r, "Final demand", c) for r, c in Y.columns],
        "Q": stressors,
        "VA": [("Primary input", name) for name in VA.index],
    }
    for name, rows in labels.items():
        text = pd.DataFrame(rows)
        text.to_csv(folder / f"labels_{name}.txt", sep="\t", header=False, index=False)
    return pymrio.parse_eora26(folder, year=2015)


def gloria() -> pymrio.IOSystem:
    """Return a system as `parse_gloria` makes it: A instead of Z, accounts by indicator."""
    categories = (
        "Household final consumption P.3h", "Non-profit institutions serving households P.3n",
        "Government final consumption P.3g", "Gross fixed capital formation P.51",
        "Changes in inventories P.52", "Acquisitions less disposals of valuables P.53",
    )  # fmt: skip
    sectors = ("Growing wheat", "Electric power generation, transmission and distribution",
               "Basic iron and steel")  # fmt: skip
    Z, Y = flows(("AFG", "CHN", "XEU"), sectors, categories, inventories=4)
    stressors = pd.MultiIndex.from_tuples(
        [("Emissions (EDGAR)", "co2_excl_short_cycle_org_c_total_EDGAR_consistent"),
         ("Emissions (EDGAR)", "ch4_total_EDGAR_consistent")], names=["stressor", "category"],
    )  # fmt: skip
    Q, QY = accounts(stressors, Z.columns) / 1e3, accounts(stressors, Y.columns) / 1e5
    x = Z.sum(axis=1) + Y.sum(axis=1)
    return pymrio.IOSystem(
        A=Z / x, Y=1e3 * Y, unit=units(Z.index, "‘000 US$"), name="GLORIA",
        Q={"name": "Q", "F": Q, "F_Y": QY, "unit": units(stressors, "kilotonnes")},
        VA={"name": "VA", "F": accounts(("Compensation of employees D.1",), Z.columns),
            "unit": units(pd.Index(["Compensation of employees D.1"]), "‘000 US$")},
    )  # fmt: skip
