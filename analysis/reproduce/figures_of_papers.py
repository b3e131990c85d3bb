"""Figures of papers beside ours: what each publishes, our picture, the deviation and its reason."""

import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import pandas as pd
from PIL import Image

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from analysis.documents.numbers import four_figures, percent
from analysis.experiment.executors import default_workers
from analysis.reproduce.candidates import UNTRIED
from analysis.reproduce.chapter import Row
from analysis.reproduce.reproduction import Grounds, reproduce, write

DOCUMENT = DOCS / "figures-of-papers.md"
PICTURES = DOCS / "pictures" / "papers"
DRAWS = 24
"""Drawn pairs of economies by which classes are judged."""
COLOURS = 64
"""Of a picture in the documents."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure of a paper, and what of ours belongs beside it."""

    paper: str
    picture: str
    """Name of ours."""
    quantities: tuple[str, ...]
    """What the paper prints of it, by quantity of `published.csv`."""


FIGURES = {
    "affluence": Beside(
        "zheng2023",
        "figure_1_maps",
        (
            "footprint_total", "q1_n_cities", "q1_footprint_share", "q1_population_share",
            "q1_gdp_share", "q3_q5_population_share", "q3_q5_footprint_share",
            "q5_population_share", "q5_footprint_share", "q1_per_cap", "q2_per_cap", "q5_per_cap",
        ),
    ),
    "flows": Beside(
        "zheng2023",
        "figure_2_flows",
        ("intercity_share", "intercity_footprint", "n_net_producers", "n_net_consumers"),
    ),
    "emitters": Beside(
        "zheng2023",
        "figure_3_super_emitters",
        (
            "super_n", "super_footprint", "super_footprint_share", "super_n_demand_type",
            "super_n_technology_type", "super_n_hybrid_type", "multiplier_capital",
            "multiplier_consumption", "capital_share_megacities", "capital_share_beijing",
        ),
    ),
    "quota": Beside(
        "zheng2023",
        "figure_4_quota",
        (
            "tech_light", "tech_deep", "demand_light", "demand_deep", "joint_low", "joint_high",
            "quota_headroom", "quota_headroom_with_super", "deficit_to_3600", "deficit_to_5300",
        ),
    ),
    "classes": Beside(
        "xia2024",
        "xia2024_counts",
        (
            "n_beneficiaries", "beneficiary_share", "n_strong_beneficiaries",
            "n_weak_beneficiaries", "n_non_beneficiaries",
        ),
    ),
    "where": Beside(
        "xia2024",
        "xia2024_classes",
        ("outsourced_share_2012", "outsourced_share_2017"),
    ),
    "links": Beside(
        "xia2024",
        "xia2024_links",
        (
            "weak_lean_on_upstream_heavy_industry",
            "strong_live_on_energy_heavy_industry_and_agriculture",
        ),
    ),
}  # fmt: skip
"""By the name of the table in the page."""


def table(rows: Sequence[Row], quantities: Sequence[str]) -> pd.DataFrame:
    """Return what is published of a figure beside ours, how far ours is off, and why."""
    known = {row.quantity: row for row in rows}
    told, reasons = [], set[str]()
    for quantity in quantities:
        row = known[quantity]
        off = "" if row.deviation is None else percent(row.deviation, 1, sign=True)
        unit = "" if row.unit == "text" else f", {row.unit}"
        why = _new(row.why, reasons)
        told.append((f"{row.what}{unit}", row.published, four_figures(row.ours), off, why))
    return pd.DataFrame(told, columns=["figure", "published", "ours", "deviation", "why"])


def _new(why: str, said: set[str]) -> str:
    """Return the reasons that have not been said of a figure above."""
    parts = [part for part in why.split("; ") if part and part != UNTRIED]
    new = [part for part in parts if part not in said]
    said.update(parts)
    return "; ".join(["as above"] * (len(new) < len(parts)) + new)


def tables(rows: Mapping[str, Sequence[Row]]) -> dict[str, str]:
    """Return the table of each figure as Markdown, from the rows of each paper."""
    return {
        name: markdown(table(rows[beside.paper], beside.quantities))
        for name, beside in FIGURES.items()
    }


def renew() -> None:
    """Write the tables into the document, and our pictures beside it."""
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(default_workers(), mp_context=get_context("spawn")) as pool,
    ):
        grounds = Grounds(executor=pool, draws=DRAWS, progress=_silent)
        papers = dict.fromkeys(beside.paper for beside in FIGURES.values())
        chapters = [chapter for paper in papers for chapter in reproduce(paper, grounds)]
        write(chapters, Path(folder), _silent)
        renew_tables(DOCUMENT, tables({chapter.paper: chapter.rows for chapter in chapters}))
        keep_pictures(Path(folder))


def keep_pictures(folder: Path) -> None:
    """Keep our pictures of a reproduction in the documents, in few colours."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for beside in FIGURES.values():
        path = folder / beside.paper / "figures" / f"{beside.picture}.png"
        with Image.open(path) as picture:
            few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(PICTURES / path.name, optimize=True)


def _silent(_stage: str, _done: int, _of: int) -> None:
    """Say nothing of the progress."""
