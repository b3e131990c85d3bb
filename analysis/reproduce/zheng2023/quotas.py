"""Zheng et al. 2023, section 3.3 and figure 4: quota that super-emitters free, and who needs it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.reproduce.chapter import Chapter
from analysis.reproduce.zheng2023.chapter import GT, MT, Study
from analysis.reproduce.zheng2023.emitters import BY_COUNT, CAPITAL, SCALED, pathways
from analysis.reproduce.zheng2023.footprints import FLATTER
from data.readers.world_ratios import read_world_ratios
from model.arrays import ByRegionCategory, ByRegionSector
from model.classes.super_emitters import Pathway
from model.footprints.accounts import accounts, embodied_flows
from model.footprints.quota_scenarios import (
    best_of,
    in_all_uses,
    less_capital,
    lifted,
    national_mean,
    quota_created,
    under,
)
from model.labels import CATEGORIES, KEY_SECTORS

WIDER = (
    "intensities of cities differ more here, for output follows city emissions only a little"
    " (`output_tilt`)"
)
SPENT = "there are fewer super-emitters by demand, and " + SCALED


@dataclass(frozen=True, slots=True)
class Measures:
    """Changes of a scenario: intensities and multipliers of demand."""

    S: ByRegionSector
    multipliers: ByRegionCategory


def quotas(chapter: Chapter, study: Study) -> None:
    """Add the scenarios, the headroom and the deficits."""
    scenarios = _scenarios(study)
    avoided = {name: _avoided(study, each) for name, each in scenarios.items()}
    _created(chapter, study, avoided)
    _headroom(chapter, study, avoided)
    _deficits(chapter, study)


def _scenarios(study: Study) -> dict[str, Measures]:
    economy, of = study.economy, pathways(study)
    technology = _regions(study, np.isin(of, (Pathway.TECHNOLOGY, Pathway.HYBRID)))
    demand = np.isin(of, (Pathway.DEMAND, Pathway.HYBRID))
    high_tech = study.fifths.within(1) & (np.array(study.clusters) == "high_tech")
    light = national_mean(economy.F, economy.x)
    deep = np.minimum(light, light * read_world_ratios(economy.sectors))
    key = np.flatnonzero(economy.sectors.group < len(KEY_SECTORS))
    abroad = (study.thresholds["capital_share_osaka"] + study.thresholds["capital_share_seoul"]) / 2
    spent = economy.d.sum(axis=1)
    S = {
        "light": best_of(economy.S, light, technology, key),
        "deep": best_of(economy.S, deep, technology, key),
    }
    less = {
        "light": less_capital(spent, abroad / 100, _regions(study, demand), CAPITAL),
        "deep": less_capital(spent, abroad / 100, _regions(study, demand | high_tech), CAPITAL),
    }
    same = np.ones_like(spent)
    return {
        "tech_light": Measures(S["light"], same),
        "tech_deep": Measures(S["deep"], same),
        "demand_light": Measures(economy.S, less["light"]),
        "demand_deep": Measures(economy.S, less["deep"]),
        "joint_low": Measures(S["light"], less["light"]),
        "joint_high": Measures(S["deep"], less["deep"]),
    }


def _regions(study: Study, cities: np.ndarray) -> np.ndarray:
    mask = np.zeros(len(study.economy.regions), dtype=bool)
    mask[study.cities[cities]] = True
    return mask


def _avoided(study: Study, measures: Measures) -> tuple[float, float]:
    """Return emissions avoided, of production everywhere and of the cities' footprints, t."""
    after = accounts(under(embodied_flows(study.economy.basis, measures.S), measures.multipliers))
    produced = quota_created(study.accounts.D_pba, after.D_pba).sum()
    consumed = quota_created(study.accounts.D_cba, after.D_cba)[study.cities].sum()
    return float(produced), float(consumed)


def _created(chapter: Chapter, study: Study, avoided: dict[str, tuple[float, float]]) -> None:
    total = float(study.D_cba.sum())
    words = {
        "tech_light": ("six sectors to the national mean", WIDER),
        "tech_deep": (
            "six sectors to the world mean",
            "world means are ratios of WIOD 2011 and 2012 inventories; the paper's are not public",
        ),
        "demand_light": ("capital formation to the share of foreign megacities", SPENT),
        "demand_deep": ("and in all high-tech cities of Q1", SCALED),
    }
    for name, (what, why) in words.items():
        chapter.add(name, f"quota created: {what}", avoided[name][0] / MT, why=why)
        chapter.add(
            f"{name}_share", "the same, share of footprints", 100 * avoided[name][0] / total
        )
    for name, parts in (
        ("joint_low", ("tech_light", "demand_light")),
        ("joint_high", ("tech_deep", "demand_deep")),
    ):
        both = sum(avoided[part][0] for part in parts)
        chapter.add(name, "both, as a plain sum (the paper's way)", both / MT)
        chapter.add(f"{name}_scored", "both, scored jointly", avoided[name][0] / MT, "Mt")
    chapter.add(
        "quota_created_abstract",
        "quota created, up to",
        sum(avoided[part][0] for part in ("tech_deep", "demand_deep")) / GT,
    )
    chapter.tables["Quota created"] = pd.DataFrame(
        [(name, a / MT, b / MT) for name, (a, b) in avoided.items()],
        columns=["scenario", "of_production_mt", "of_city_footprints_mt"],
    )


def _headroom(chapter: Chapter, study: Study, avoided: dict[str, tuple[float, float]]) -> None:
    peak = study.thresholds["peak_cae"]
    headroom = peak - study.national / GT
    created = sum(avoided[part][0] for part in ("tech_deep", "demand_deep")) / GT
    chapter.add("quota_headroom", f"headroom to the peak of {peak:g} Gt", headroom)
    chapter.add("quota_headroom_with_super", "the same with the quota created", headroom + created)
    chapter.add(
        "quota_raise_pct",
        "quota created, share of the enlarged headroom",
        100 * created / (headroom + created),
        why="of the headroom before, it would be "
        f"{100 * created / headroom:.0f} % (the paper's own figures give 46 %)",
    )


def _deficits(chapter: Chapter, study: Study) -> None:
    q, people = study.fifths, study.population
    own = FLATTER + "; levels are our own quintiles' means"
    for poor, level, quantity in (
        ((4, 5), 3, "deficit_to_3600"),
        ((3, 4, 5), 2, "deficit_to_5300"),
    ):
        cities = q.within(*poor)
        names = f"Q{poor[0]}–Q5 to the mean demand per head of Q{level}"
        chapter.add(
            quantity,
            f"deficit of lifting {names}",
            _deficit(study, cities, q.mean(level)) / MT,
            obtained=BY_COUNT,
            why=own,
        )
        chapter.add(f"{quantity}_n_cities", "cities to lift", int(cities.sum()), obtained=BY_COUNT)
        chapter.add(
            f"{quantity}_population",
            "their people",
            people[cities].sum() / 1e6,
            obtained=BY_COUNT,
        )
    readings = []
    for poor, level, dollars in (
        ((4, 5), 3, study.thresholds["q3_mean_demand_per_cap"]),
        ((3, 4, 5), 2, study.thresholds["q2_mean_demand_per_cap"]),
    ):
        below = q.dollars < dollars
        for reading, cities, floor in (
            (f"Q{poor[0]}–Q5 to the mean of Q{level}", q.within(*poor), q.mean(level)),
            (f"Q{poor[0]}–Q5 to the least of Q{level}", q.within(*poor), q.least(level)),
            (f"all below {dollars:,g} USD to {dollars:,g} USD", below, dollars),
        ):
            readings.append(
                (reading, int(cities.sum()), floor, _deficit(study, cities, floor) / MT)
            )
    chapter.tables["Deficits of lifting poor cities, by reading"] = pd.DataFrame(
        readings, columns=["reading", "cities", "usd_per_head", "deficit_mt"]
    )


def _deficit(study: Study, cities: np.ndarray, floor: float) -> float:
    """Return the extra emissions of lifting cities to a demand per head, USD; t CO₂."""
    dollars = np.full(len(study.economy.regions), np.inf)
    dollars[study.cities] = study.fifths.dollars
    lift = lifted(dollars, floor, _regions(study, cities))
    after = accounts(under(study.flows, in_all_uses(lift, len(CATEGORIES))))
    return -float(quota_created(study.accounts.D_pba, after.D_pba).sum())
