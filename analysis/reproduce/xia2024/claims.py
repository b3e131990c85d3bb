"""Xia et al. 2024: what the cities of each class are said to live on, put to the test."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.documents.numbers import fixed
from analysis.economy.pair import Pair
from analysis.reproduce.chapter import Chapter
from analysis.reproduce.xia2024.classes import ALL_KINDS, classes_of
from model.arrays import ByCity, Mask
from model.classes.beneficiaries import Beneficiary
from model.classes.permutation import gap, permutation_p
from model.compile.city_economy import CityTables
from simulation.industry import industry_shares

SEED = 2024
"""Of the permutations."""
LEVEL = 0.05
"""A difference with a higher p value is held to be chance."""
COLUMNS = ["deflator", "year", "claim", "sectors", "share_of_class", "share_of_others",
           "difference", "p"]  # fmt: skip
INFERRED = (
    "sectors within a city are inferred from three industries, CO₂ and power stations; two-sided"
    " permutation test between cities, tables of {year}"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """The paper's words about one class."""

    quantity: str
    what: str
    kind: Beneficiary
    sectors: tuple[str, ...]
    """Of which its cities are said to have more than others; words of `ALL_KINDS`."""


CLAIMS = (
    Claim(
        "strong_live_on_agriculture_and_light_manufacturing",
        "strong beneficiaries have more agriculture and light manufacturing (abstract)",
        Beneficiary.STRONG,
        ("agriculture", "light_manufacturing"),
    ),
    Claim(
        "strong_live_on_energy_heavy_industry_and_agriculture",
        "strong beneficiaries are cities of energy and power, heavy industry and agriculture"
        " (press text)",
        Beneficiary.STRONG,
        ("energy", "heavy_manufacturing", "agriculture"),
    ),
    Claim(
        "weak_live_on_services_and_high_tech",
        "weak beneficiaries have more services and high-tech manufacturing (abstract)",
        Beneficiary.WEAK,
        ("services", "high_tech"),
    ),
)


def add_claims(chapter: Chapter, prices: Mapping[str, Pair]) -> None:
    """Add the verdict on each claim, and the table of all shares under every deflator.

    A claim `holds` if the sectors that it names have together a larger mean share of value added
    than in all other cities, beyond chance, and each of them a larger one; `holds in part` if
    only together. The row is of the first deflator and the earlier year.
    """
    rows: list[dict[str, object]] = []
    for deflator, pair in prices.items():
        for tables in (pair.earlier, pair.later):
            for claim in CLAIMS:
                rows += [
                    {"deflator": deflator, "year": tables.year, "claim": claim.what, **found}
                    for found in _tested(tables, classes_of(pair) == claim.kind, claim)
                ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    chapter.tables["Claims about what the classes live on"] = table
    deflator, pair = next(iter(prices.items()))
    first = table[(table["deflator"] == deflator) & (table["year"] == pair.earlier.year)]
    for claim in CLAIMS:
        verdict = _verdict(claim, first[first["claim"] == claim.what])
        chapter.add(
            claim.quantity, claim.what, verdict, why=INFERRED.format(year=pair.earlier.year)
        )


def _tested(tables: CityTables, member: Mask, claim: Claim) -> list[dict[str, object]]:
    if member.all() or not member.any():
        return []
    rng = np.random.default_rng(SEED)
    every = dict(zip(ALL_KINDS, industry_shares(tables, ALL_KINDS).T, strict=True))
    together = np.sum([every[word] for word in claim.sectors], axis=0)
    measures: dict[str, ByCity] = {"together": together, **{w: every[w] for w in claim.sectors}}
    return [
        {
            "sectors": word,
            "share_of_class": float(share[member].mean()),
            "share_of_others": float(share[~member].mean()),
            "difference": gap(share, member),
            "p": permutation_p(share, member, rng),
        }
        for word, share in measures.items()
    ]


def _verdict(claim: Claim, found: pd.DataFrame) -> str:
    if found.empty:
        return "cannot be tested: every city is of this class, or none"
    by = found.set_index("sectors")
    difference, p = by["difference"].to_dict(), by["p"].to_dict()
    all_more = difference["together"] > 0 and p["together"] < LEVEL
    each_more = all(difference[word] > 0 for word in claim.sectors)
    word = "holds" if all_more and each_more else "holds in part" if all_more else "does not hold"
    own, others = (100 * float(by[c].to_dict()["together"]) for c in _SHARES)
    parts = "; ".join(
        f"{name.replace('_', ' ')} {fixed(100 * difference[name], 1, sign=True)} points"
        f" (p = {p[name]:.2g})"
        for name in claim.sectors
    )
    return (
        f"{word}: {own:.1f} % of value added against {others:.1f} % in other cities"
        f" (p = {p['together']:.2g}); {parts}"
    )


_SHARES = ("share_of_class", "share_of_others")
