"""The plain layout of an economy of one's own: its template, and what is refused of it."""

import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from at_the_door import door  # noqa: F401 - a fixture
from numpy.testing import assert_allclose
from own_economies import TOLD, saved

from data.errors import InputError
from data.importing.import_economy import import_economy
from data.importing.kept import load_imported
from data.importing.template import write_template
from simulation import run


@pytest.fixture
def template(tmp_path) -> Path:
    """Return a folder of the template."""
    write_template(tmp_path / "mine")
    return tmp_path / "mine"


def flows(folder: Path, name: str = "Z") -> pd.DataFrame:
    """Return flows as they stand in a folder."""
    return pd.read_csv(folder / f"{name}.csv", index_col=[0, 1], header=[0, 1])


def test_the_template_is_an_economy_as_it_stands(template, tmp_path) -> None:
    made = import_economy(template, tmp_path / "kept")
    economy = load_imported(tmp_path / "kept")
    Z, Y = flows(template).to_numpy(), flows(template, "Y").to_numpy()
    x = Z.sum(axis=1) + Y.sum(axis=1)
    L = np.linalg.inv(np.eye(len(x)) - Z / x)
    S = pd.read_csv(template / "accounts.csv")["emissions"].to_numpy() / x
    of_regions = Y.reshape(6, 2, 3).sum(axis=2)
    expected = (S[:, None] * (L @ of_regions)).reshape(2, 3, 2).sum(axis=1) * 1000
    assert_allclose(economy.accounts().C, expected, rtol=1e-12)
    assert economy.population.tolist() == [4.2e6, 3.1e6]
    assert economy.sectors.kind == ("agriculture", "energy", "services")
    assert made.said["sectors"] == "1 electricity, 2 rest"
    assert run("default", economy=tmp_path / "kept").years[0] == 2016


def test_parquet_and_an_archive_say_the_same_as_csv(template, tmp_path) -> None:
    expected = import_economy(template).economy
    archive = tmp_path / "mine.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in template.iterdir():
            packed.write(file, file.name)
    (tmp_path / "mine.toml").write_bytes((template / "economy.toml").read_bytes())
    assert_allclose(import_economy(archive).economy.F, expected.F)
    for name in ("Z", "Y"):
        flows(template, name).to_parquet(template / f"{name}.parquet")
        (template / f"{name}.csv").unlink()
    for name in ("accounts", "regions", "sectors", "categories"):
        pd.read_csv(template / f"{name}.csv").to_parquet(template / f"{name}.parquet")
        (template / f"{name}.csv").unlink()
    assert_allclose(import_economy(template).economy.basis, expected.basis, rtol=1e-12)


def test_a_turned_table_is_found_and_turned_when_told_to(template) -> None:
    expected = import_economy(template).economy
    turned = flows(template)
    pd.DataFrame(turned.to_numpy().T, turned.index, turned.columns).to_csv(template / "Z.csv")
    with pytest.raises(InputError, match=r"table is turned; set orientation = 'transposed'"):
        import_economy(template)
    found = import_economy(template, overrides=["orientation=transposed"]).economy
    assert_allclose(found.basis, expected.basis, rtol=1e-12)


def test_a_table_that_was_turned_by_mistake_is_to_be_turned_back(template) -> None:
    with pytest.raises(InputError, match=r"table is turned; set orientation = 'as_is'"):
        import_economy(template, overrides=["orientation=transposed"])


def with_cell(name: str, row: int, column: int, value: object):
    """Return a mischief: one cell of a table has another value."""

    def done(folder: Path) -> None:
        frame = flows(folder, name) if name in ("Z", "Y") else pd.read_csv(folder / f"{name}.csv")
        frame = frame.astype(object)
        frame.iloc[row, column] = value
        frame.to_csv(folder / f"{name}.csv", index=name in ("Z", "Y"))

    return done


def cut_short(name: str, share: float = 0.6):
    """Return a mischief: a file ends too early."""

    def done(folder: Path) -> None:
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(content[: int(share * len(content))])

    return done


def without(name: str):
    """Return a mischief: a file is missing."""
    return lambda folder: (folder / name).unlink()


@pytest.mark.parametrize(
    ("mischief", "said"),
    [
        (with_cell("accounts", 1, 3, 1.0), "1 of 6 rows do not add up to stated output"),
        (with_cell("Z", 2, 2, np.nan), "Z of North, services holds NaN"),
        (with_cell("Y", 0, 0, "many"), "Y holds something that is no number"),
        (with_cell("Z", 3, 3, -1e6), "output of South, farming is negative"),
        (with_cell("accounts", 2, 2, -5.0), "a sector of North emits less than nothing"),
        (with_cell("accounts", 2, 0, np.nan), "emissions has 6 rows"),
        (with_cell("regions", 1, 0, np.nan), "regions: a label is missing"),
        (with_cell("regions", 1, 0, "North"), "'North' stands there twice"),
        (with_cell("sectors", 1, 1, "power"), "'electricity' is put into 'power'"),
        (with_cell("regions", 0, 1, -4.0), "people must be numbers, zero or more"),
        (with_cell("regions", 1, 2, -900.0), "household_emissions of South = -900"),
        (with_cell("regions", 1, 2, np.nan), "household_emissions of South = nan"),
        (cut_short("Z.csv"), "Z has"),
        (cut_short("Y.csv", 0.02), "Y"),
        (cut_short("accounts.csv", 0.5), "emissions has"),
        (cut_short("economy.toml", 0.12), "set money.unit"),
        (without("Y.csv"), "holds no Y.csv"),
        (without("regions.csv"), "holds no regions.csv"),
        (without("Z.csv"), "is no table that can be read"),
    ],
)
def test_a_faulty_table_is_refused_in_one_line_and_nothing_is_written(
    mischief,
    said,
    template,
    door,  # noqa: F811 - the fixture
    monkeypatch,
    tmp_path,
) -> None:
    monkeypatch.setenv("QUOTAPOLIS_CACHE", str(tmp_path / "cache"))
    mischief(template)
    answer = door("data", "import", str(template), "--to", str(tmp_path / "kept"))
    assert answer.refused_in_one_line, answer.err
    assert said in answer.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine"]


@pytest.mark.parametrize("unit", [1.0, 1e3, 1e10])
def test_other_units_are_found_by_value_added_a_head(unit, template) -> None:
    with pytest.raises(InputError, match=r"value added is .* CNY a head, .*set money\.unit"):
        import_economy(template, overrides=[f"money.unit={unit}"])


def test_stated_value_added_must_be_what_inputs_leave(template) -> None:
    accounts = pd.read_csv(template / "accounts.csv")
    left = accounts["output"] - flows(template).to_numpy().sum(axis=0)
    accounts.assign(value_added=left).to_csv(template / "accounts.csv", index=False)
    import_economy(template)
    accounts.assign(value_added=1.01 * left).to_csv(template / "accounts.csv", index=False)
    with pytest.raises(InputError, match="6 of 6 columns do not add up"):
        import_economy(template)


def test_trade_with_countries_outside_is_kept_apart(template) -> None:
    """Imports lower value added; exports are demand of nobody here."""
    accounts = pd.read_csv(template / "accounts.csv")
    closed = import_economy(template).economy
    accounts["export"], accounts["imports"] = 500.0, 200.0
    accounts["output"] += 500.0
    accounts.to_csv(template / "accounts.csv", index=False)
    found = import_economy(template).economy
    assert_allclose(found.export, np.full((2, 3), 500.0 * 1e6 * 6.3125 / 1e4))
    assert_allclose(found.value_added, closed.value_added + 300.0 * 1e6 * 6.3125 / 1e4)
    accounts = found.accounts()
    assert accounts.exported.min() > 0
    assert_allclose(accounts.D_cba.sum() + accounts.exported.sum(), found.F.sum())


@pytest.mark.parametrize("name", ["table.pkl", "folder"])
def test_a_pickle_is_never_opened(name, tmp_path) -> None:
    if name == "folder":
        source = saved(tmp_path / "folder", table_format="pickle")
    else:
        source = tmp_path / name
        source.write_bytes(b"cos\nsystem\n(S'touch opened'\ntR.")
    with pytest.raises(InputError, match=r"is a pickle, which may run anything"):
        import_economy(source, tmp_path / "kept", overrides=TOLD)
    assert not (tmp_path / "kept").exists()


def test_an_archive_that_would_unpack_without_end_is_not_unpacked(tmp_path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("Z.csv", b"0" * 2**26)
    with pytest.raises(InputError, match="would unpack to"):
        import_economy(bomb)


def test_an_archive_that_was_cut_short_is_refused(template, tmp_path) -> None:
    archive = tmp_path / "mine.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in template.iterdir():
            packed.write(file, file.name)
    archive.write_bytes(archive.read_bytes()[:-100])
    with pytest.raises(InputError, match="is no zip archive, or one cut short"):
        import_economy(archive)


def test_damaged_tables_are_refused_in_one_line_or_do_no_harm(template) -> None:
    """Bytes drawn at random, as a disk or a careless hand leaves them."""
    rng = np.random.default_rng(0)
    files, refused = sorted(path for path in template.iterdir() if path.suffix != ".md"), []
    for _ in range(40):
        file = files[rng.integers(len(files))]
        sound = file.read_bytes()
        broken = bytearray(sound)
        for _ in range(rng.choice((1, 3, 20))):
            broken[rng.integers(len(broken))] = rng.integers(256)
        file.write_bytes(bytes(broken))
        try:
            import_economy(template)
        except InputError as error:
            refused.append(str(error))
        file.write_bytes(sound)
    assert len(refused) > 10
    assert not any("\n" in message for message in refused)
