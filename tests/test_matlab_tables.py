"""City tables as MATLAB files: structs and loose variables, versions 5, 7 and 7.3."""

from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from own_economies import pymrio_accounts
from pymrio_truth import shipped
from scipy.io import savemat

from data.errors import InputError
from data.importing.import_economy import import_economy

SETTINGS = """\
year = 2012
[money]
unit = 1e6
currency = "CNY"
[emissions]
unit = 0.001
[matlab]
regions = "names.csv"
emissions = "emissions.csv"
"""


def variables() -> dict[str, np.ndarray]:
    """Return pymrio's test table with the names that city tables have."""
    table = shipped()
    Z, F = table.Z.to_numpy(), table.Y.to_numpy()
    VA = (Z.sum(axis=1) + F.sum(axis=1) - Z.sum(axis=0))[None, :]
    nothing = np.zeros((1, len(Z)))
    return {"Z": Z, "F": F, "VA": VA, "IM": nothing, "EX": nothing.T}


def write_beside(folder: Path, stem: str = "city") -> None:
    """Write the sheets and settings that a MATLAB file needs."""
    table = shipped()
    regions, sectors = list(table.get_regions()), list(table.get_sectors())
    (folder / f"{stem}.toml").write_text(SETTINGS, encoding="utf-8")
    pd.DataFrame({"city": [f"City {n}" for n in range(6)], "code": regions}).to_csv(
        folder / "names.csv", index=False
    )
    F = table.emissions.F.loc[("emission_type1", "air")].to_numpy().reshape(6, -1)
    sheet = pd.DataFrame(F, index=regions, columns=sectors)
    sheet.iloc[::-1].to_csv(folder / "emissions.csv")  # in another order than the table


def write_v73(path: Path, content: dict[str, np.ndarray], group: str | None = None) -> None:
    """Write arrays as MATLAB 7.3 does: HDF5 behind 512 bytes, every array turned."""
    with h5py.File(path, "w", userblock_size=512) as file:
        into = file.create_group(group) if group else file
        for name, values in content.items():
            into.create_dataset(name, data=values.T, compression="gzip")


def write_struct(path: Path, content: dict[str, np.ndarray]) -> None:
    savemat(path, {"note": "city table", "CityMRIO": content}, do_compression=True)


LAYOUTS = {
    "struct, version 7": write_struct,
    "top level, version 5": savemat,
    "struct, version 7.3": lambda path, content: write_v73(path, content, "CityMRIO"),
    "top level, version 7.3": write_v73,
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_kind_of_file_gives_the_accounts_of_pymrio(layout, tmp_path) -> None:
    write_beside(tmp_path)
    LAYOUTS[layout](tmp_path / "city.mat", variables())
    economy = import_economy(tmp_path / "city.mat").economy
    D_pba, D_cba, _ = pymrio_accounts()
    found = economy.accounts()
    assert_allclose(found.D_pba, D_pba, rtol=1e-9)
    assert_allclose(found.D_cba, D_cba, rtol=1e-9)
    assert economy.regions.names == tuple(f"City {n}" for n in range(6))
    assert economy.regions.codes == tuple(f"reg{n}" for n in range(1, 7))


def test_turned_parts_are_told_by_their_shapes(tmp_path) -> None:
    write_beside(tmp_path)
    content = variables()
    content |= {name: content[name].T for name in ("F", "VA", "IM", "EX")}
    savemat(tmp_path / "city.mat", content)
    _, D_cba, _ = pymrio_accounts()
    found = import_economy(tmp_path / "city.mat").economy.accounts()
    assert_allclose(found.D_cba, D_cba, rtol=1e-9)


def test_one_column_a_region_and_five_are_known_by_their_number(tmp_path) -> None:
    write_beside(tmp_path)
    content, F = variables(), variables()["F"].reshape(48, 6, 7)
    content["F"] = F.sum(axis=2)
    savemat(tmp_path / "city.mat", content)
    one = import_economy(tmp_path / "city.mat").economy
    assert one.categories.kind == ("consumption",)
    content["F"] = np.concatenate([F[:, :, :4], F[:, :, 4:].sum(axis=2, keepdims=True)], axis=2)
    content["F"] = content["F"].reshape(48, -1)
    savemat(tmp_path / "city.mat", content)
    five = import_economy(tmp_path / "city.mat").economy
    assert five.categories.names[0] == "rural_household"
    assert five.categories.kind[3:] == ("capital_formation", "inventory_change")
    assert_allclose(five.accounts().C, one.accounts().C, rtol=1e-9)


def test_exports_and_imports_are_of_nobody_here(tmp_path) -> None:
    write_beside(tmp_path)
    content = variables()
    content["Export"] = 0.1 * content["F"].sum(axis=1, keepdims=True)
    content["Import"] = np.hstack([0.2 * content["VA"], np.ones((1, 42))])
    del content["EX"], content["IM"]
    content["VA"] = content["VA"] + content["Export"].T - content["Import"][:, :48]
    savemat(tmp_path / "city.mat", content)
    economy = import_economy(tmp_path / "city.mat").economy
    accounts = economy.accounts()
    assert accounts.exported.min() > 0
    assert_allclose(accounts.D_cba.sum() + accounts.exported.sum(), economy.F.sum())


def other(name: str, value: object):
    """Return content with one variable changed; None takes it away."""

    def changed(path: Path) -> None:
        content = variables() | {name: value}
        savemat(path, {key: each for key, each in content.items() if each is not None})

    return changed


def cut(path: Path) -> None:
    write_struct(path, variables())
    path.write_bytes(path.read_bytes()[:2000])


def cut_v73(path: Path) -> None:
    write_v73(path, variables())
    path.write_bytes(path.read_bytes()[:5000])


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (other("Z", None), "holds no Z and F side by side; there is EX, F, IM, VA"),
        (other("Z", np.ones((47, 47))), "Z is 47 × 47, and 6 regions of 8 sectors make 48 × 48"),
        (other("F", np.ones((48, 41))), "F is 48 × 41"),
        (other("Z", variables()["Z"].T), "the table is turned; set orientation = 'transposed'"),
        (other("VA", 2 * variables()["VA"]), "rows do not add up to stated output"),
        (other("Z", np.full((48, 48), np.nan)), "holds NaN"),
        (other("F", "words"), "F is no matrix of numbers"),
        (cut, "is no MATLAB file, or a damaged one"),
        (cut_v73, "is damaged"),
        (lambda path: path.write_bytes(b"no table at all"), "is no MATLAB file"),
    ],
)
def test_a_faulty_file_is_refused_in_one_line(write, said, tmp_path) -> None:
    write_beside(tmp_path)
    write(tmp_path / "city.mat")
    with pytest.raises(InputError) as refused:
        import_economy(tmp_path / "city.mat", tmp_path / "kept")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "kept").exists()


def test_a_file_that_would_fill_the_memory_is_not_unpacked(tmp_path, monkeypatch) -> None:
    write_beside(tmp_path)
    monkeypatch.setattr("data.importing.matlab_file.MOST", 2**24)
    savemat(tmp_path / "city.mat", {"Z": np.zeros((2000, 2000))}, do_compression=True)
    assert (tmp_path / "city.mat").stat().st_size < 2**18
    with pytest.raises(InputError, match="would take"):
        import_economy(tmp_path / "city.mat")


def test_names_that_fit_no_emissions_are_refused(tmp_path) -> None:
    write_beside(tmp_path)
    savemat(tmp_path / "city.mat", variables())
    sheet = pd.read_csv(tmp_path / "emissions.csv", index_col=0)
    sheet.rename(index={"reg3": "reg9"}).to_csv(tmp_path / "emissions.csv")
    with pytest.raises(InputError, match="emissions has 6 rows and 6 are wanted, such as"):
        import_economy(tmp_path / "city.mat")
