"""Tables as workbooks: the layout of China's provincial tables, with every label it has."""

import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_allclose
from openpyxl import Workbook

from data.errors import InputError
from data.importing.import_economy import import_economy

PROVINCES = ("Beijing", "Tianjin", "Hebei")
SECTORS = ("Farming", "Electricity", "Health services")
DEMANDS = ("Rural household consumption", "Urban household consumption", "Government consumption",
           "Fixed capital formation", "Changes in inventories")  # fmt: skip
CODES = ("FU101", "FU102", "FU103", "FU201", "FU202")
TITLE = "MRIO table of China 2015 (ten thousand yuan)"
R, N, K = len(PROVINCES), len(SECTORS), len(DEMANDS)


def numbers() -> dict[str, np.ndarray]:
    """Return an invented table that balances."""
    rng = np.random.default_rng(5)
    Z = 1e6 * rng.uniform(0, 1, (R * N, R * N))
    Y = 1e6 * rng.uniform(1, 3, (R * N, R * K))
    EX, ERR = 1e6 * rng.uniform(0, 1, R * N), 1e4 * rng.uniform(-1, 1, R * N)
    GO = Z.sum(axis=1) + Y.sum(axis=1) + EX + ERR
    IM = 0.05 * GO
    VA = np.stack([0.7, 0.1, 0.1, 0.1])[:, None] * (GO - Z.sum(axis=0) - IM)
    return {"Z": Z, "Y": Y, "EX": EX, "ERR": ERR, "GO": GO, "IM": IM, "VA": VA,
            "CO2": rng.uniform(1, 9, R * N)}  # fmt: skip


def cells(table: dict[str, np.ndarray], co2: bool = True) -> list[list[object]]:
    """Return the sheet: four rows of heads, three columns of labels, sums and notes beside."""
    blank = [None] * (R * N)
    head = [
        [TITLE],
        [None] * 3 + _spread(PROVINCES, N) + [None] + _spread(PROVINCES, K),
        [None] * 3 + [*SECTORS] * R + ["Total intermediate use"] + [*DEMANDS] * R
        + ["Export", "Total final use", "Errors", "Gross output", "Gross output check"],
        [None] * 3 + [1, 2, 3] * R + ["TIU"] + [*CODES] * R + ["EX", "TFU", "ERR", "GO", None],
    ]  # fmt: skip
    rows: list[list[object]] = []
    for n in range(R * N):
        first = PROVINCES[n // N] if n % N == 0 else None
        more = [table["EX"][n], 7.0, table["ERR"][n], table["GO"][n], 0.0]
        rows.append([first, SECTORS[n % N], n % N + 1, *table["Z"][n], 7.0, *table["Y"][n], *more])
    below: list[list[object]] = [
        [None, "Imports", "IM", *table["IM"]],
        [None, "Total intermediate inputs", "TII", *table["Z"].sum(axis=0)],
        *([None, f"Part {n + 1}", f"VA00{n + 1}", *part] for n, part in enumerate(table["VA"])),
        [None, "Total value added", "TVA", *table["VA"].sum(axis=0)],
        [None, "Total inputs", "TI", *table["GO"]],
        [None, None, None, *blank],
    ]
    if co2:
        below.append([None, "CO2 (Mt)", None, *table["CO2"]])
    return [*head, *rows, *below]


def _spread(words: tuple[str, ...], wide: int) -> list[object]:
    return [word if n == 0 else None for word in words for n in range(wide)]


def write(path: Path, content: list[list[object]], name: str = "Table_2015_English") -> Path:
    """Write a workbook with a note before the sheet of the table."""
    book = Workbook()
    book.active.title = "Note"
    book.active.append(["Whoever uses this table cites it."])
    sheet = book.create_sheet(name)
    for row in content:
        sheet.append(row)
    book.save(path)
    return path


def expected(table: dict[str, np.ndarray], F: np.ndarray) -> np.ndarray:
    """Return flows of emissions between provinces by the dense Leontief solution."""
    L = np.linalg.inv(np.eye(R * N) - table["Z"] / table["GO"])
    of_regions = table["Y"].reshape(R * N, R, K).sum(axis=2)
    return ((F / table["GO"])[:, None] * (L @ of_regions)).reshape(R, N, R).sum(axis=1)


def test_a_workbook_has_the_accounts_of_its_table(tmp_path) -> None:
    table = numbers()
    made = import_economy(write(tmp_path / "mrio.xlsx", cells(table)), tmp_path / "kept")
    economy = made.economy
    assert (economy.year, economy.regions.names) == (2015, PROVINCES)
    assert economy.sectors.names == SECTORS
    assert economy.categories.names == DEMANDS
    assert economy.categories.kind == ("consumption",) * 3 + (
        "capital_formation",
        "inventory_change",
    )
    assert economy.money.currency == "CNY"
    assert_allclose(economy.accounts().C, expected(table, 1e6 * table["CO2"]), rtol=1e-9)
    assert_allclose(economy.export.ravel(), table["EX"] + table["ERR"])
    assert made.said["emissions"] == "row 'CO2 (Mt)'"
    assert "taken for exports abroad" in made.said["errors"]


def test_a_sheet_whose_rows_buy_is_turned_by_its_shape(tmp_path) -> None:
    content = cells(numbers())
    wide = max(map(len, content))
    turned = np.array([[*row, *[None] * (wide - len(row))] for row in content], dtype=object).T
    usual = import_economy(write(tmp_path / "a.xlsx", content)).economy
    found = import_economy(write(tmp_path / "b.xlsx", turned.tolist())).economy
    assert_allclose(found.accounts().C, usual.accounts().C, rtol=1e-12)


def test_emissions_may_stand_on_a_sheet_of_their_own(tmp_path) -> None:
    table, source = numbers(), tmp_path / "mrio.xlsx"
    write(source, cells(table, co2=False))
    F = pd.DataFrame(table["CO2"].reshape(R, N), PROVINCES, SECTORS)
    F.iloc[::-1, ::-1].to_excel(tmp_path / "co2.xlsx", sheet_name="by sector")
    told = ("workbook.emissions=co2.xlsx", "emissions.unit=1e6")
    found = import_economy(source, overrides=told).economy
    assert_allclose(found.F, 1e6 * table["CO2"].reshape(R, N))
    with pytest.raises(InputError, match=r"set workbook\.emissions"):
        import_economy(source)


def changed(row: int, column: int, value: object):
    """Return a sheet with one cell changed."""

    def wrong(path: Path) -> None:
        content = cells(numbers())
        content[row][column] = value
        write(path, content)

    return wrong


def cut(path: Path) -> None:
    write(path, cells(numbers()))
    path.write_bytes(path.read_bytes()[:3000])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (changed(5, 4, "n.a."), "Z holds something that is no number"),
        (changed(5, 4, 1e9), "do not add up to stated output"),
        (changed(8, 1, "Fishing"), "is called 'Fishing' beside the flows"),
        (changed(2, 7, "Fishing"), "is called 'Fishing' above the flows"),
        (changed(1, 3 + R * N + 1, None), "final demand has 2 blocks and there are 3 regions"),
        (lambda path: write(path, cells(numbers())[:11]), "is cut short"),
        (lambda path: write(path, [["a", 1], ["b", 2]]), "no sheet has the same regions"),
        (lambda path: path.write_bytes(b"no workbook"), "is no zip archive, or one cut short"),
        (cut, "is no zip archive, or one cut short"),
    ],
)
def test_a_faulty_workbook_is_refused_in_one_line_and_nothing_is_written(
    wrong, said, tmp_path
) -> None:
    wrong(tmp_path / "mrio.xlsx")
    with pytest.raises(InputError) as refused:
        import_economy(tmp_path / "mrio.xlsx", tmp_path / "kept")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "kept").exists()


def test_a_workbook_that_would_fill_the_memory_is_not_unpacked(tmp_path) -> None:
    with zipfile.ZipFile(tmp_path / "mrio.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"<row>" * 2**24)
    with pytest.raises(InputError, match="would unpack to"):
        import_economy(tmp_path / "mrio.xlsx")


def test_a_sheet_that_is_not_there_is_answered_with_those_that_are(tmp_path) -> None:
    source = write(tmp_path / "mrio.xlsx", cells(numbers()))
    with pytest.raises(InputError, match=r"has Note, Table_2015_English; name one"):
        import_economy(source, overrides=["workbook.sheet=Table_2012"])
