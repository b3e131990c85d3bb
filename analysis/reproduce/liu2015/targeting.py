"""Liu et al. 2015: how few cells hold half of what can be saved, and what that would change."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from analysis.reproduce.chapter import Chapter
from analysis.reproduce.liu2015.cells import (
    BEST,
    MT,
    WORLD,
    Target,
    distances,
    overview,
    ranking,
    targets,
)
from model.arrays import Indices
from model.compile.city_economy import Economy
from model.footprints.accounts import Accounts, accounts, embodied_flows
from model.footprints.targeted import adopted
from model.labels import KEY_SECTORS

FEW = 0.1
"""Half of a saving is targeted if no more than this share of provinces × sectors holds it, 1."""
MEASURES: dict[str, Callable[[Accounts, Indices], float]] = {
    "emissions of production": lambda found, _: float(found.D_pba.sum()),
    "footprints of the cities": lambda found, cities: float(found.D_cba[cities].sum()),
    "embodied in exports abroad": lambda found, _: float(found.exported.sum()),
}
"""Changes by adoption, t CO₂, from accounts and positions of the cities."""


def adoption(economy: Economy, target: Target) -> Accounts:
    """Return the accounts once the few cells have reached the target, through the whole economy."""
    S = adopted(economy.S, target.intensity, target.cells)
    return accounts(embodied_flows(economy.basis, S))


def effects(economy: Economy, found: dict[str, Target]) -> pd.DataFrame:
    """Return emissions before and after the few cells of each target reach it, Mt CO₂."""
    before, rows = economy.accounts(), []
    for target in found.values():
        after = adoption(economy, target)
        for measure, of in MEASURES.items():
            first, last = (of(each, economy.players) / MT for each in (before, after))
            rows.append((target.name, len(target.cells), measure, first, last, last - first))
    columns = ["target", "cells", "measure", "before_mt", "after_mt", "change_mt"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(change_pct=100 * table["change_mt"] / table["before_mt"])


def add_targeting(chapter: Chapter, economy: Economy) -> dict[str, Target]:
    """Add the verdict on targeting, the ranking of cells and their effect; return the targets."""
    found = targets(economy)
    table, changes = overview(economy, found), effects(economy, found)
    best = table.set_index("target").drop(columns=_MASSES).loc[BEST].astype(int).to_dict()
    few = best["province_sectors_for_half"] <= FEW * best["province_sectors_with_leverage"]
    chapter.add(
        "targeting",
        "where the leverage is: half of what national best practice would save",
        f"{'holds' if few else 'does not hold'}: {best['province_sectors_for_half']} of"
        f" {best['province_sectors_with_leverage']:,} cells of province and sector;"
        f" {best['provinces_for_half']} of {len(economy.regions.province_codes)} provinces;"
        f" {best['sectors_for_half']} of {len(economy.sectors.codes)} sectors",
        "text",
        why=_caution(economy, found[BEST]),
    )
    chapter.add(
        "cells_for_half",
        f"cells of region and sector that hold half, of {best['cells_with_leverage']:,} with any;"
        f" they lie in {best['provinces_of_these']} provinces, {best['sectors_of_these']} sectors",
        best["cells_for_half"],
        "cells",
    )
    _reachable(chapter, table, _caution(economy, found[BEST]))
    _adopted(chapter, changes)
    chapter.tables["Reachable reduction under each target"] = table
    chapter.tables["Cells that hold half of what best practice would save"] = ranking(
        economy, found[BEST]
    )
    chapter.tables["Cells that hold half of what the world mean would save"] = ranking(
        economy, found[WORLD]
    )
    chapter.tables["Few cells at the target, scored by the whole economy"] = changes
    chapter.tables["Distance of key sectors to best practice and to the world"] = distances(
        economy, found
    )
    return found


def _reachable(chapter: Chapter, table: pd.DataFrame, caution: str) -> None:
    world = "ratios of 2011 from broad sectors (WIOD), at market exchange rates"
    for name, word, why in ((BEST, "best_practice", caution), (WORLD, "world_mean", world)):
        row = table.set_index("target").loc[name].to_dict()
        chapter.add(
            f"reachable_{word}",
            f"reachable at the same output if every cell met the {name}",
            row["reachable_mt"],
            "Mt",
            why=why,
        )


def _adopted(chapter: Chapter, changes: pd.DataFrame) -> None:
    for name, word in ((BEST, "best_practice"), (WORLD, "world_mean")):
        for row in changes[changes["target"] == name].itertuples():
            chapter.add(
                f"{word}_{str(row.measure).replace(' ', '_')}",
                f"{row.measure}: change if {row.cells} cells alone met the {name}",
                float(str(row.change_pct)),
                "percent",
            )


_MASSES = ["reachable_mt", "share_of_emissions_pct"]


def _caution(economy: Economy, best: Target) -> str:
    """Return what the best practice of electricity rests on."""
    sector = int(np.argmax(economy.sectors.group == KEY_SECTORS.index("electricity")))
    region = int(np.argmin(np.abs(economy.S[:, sector] - best.intensity[sector])))
    mean = economy.F[:, sector].sum() / economy.x[:, sector].sum()
    return (
        f"best practice in electricity is that of {economy.regions.names[region]},"
        f" {best.intensity[sector]:.2g} t per 10⁴ CNY against {mean:.2g} in the mean: the sector"
        " includes power bought in; cities of one province differ by what they emit in total, not"
        " by observed technology"
    )
