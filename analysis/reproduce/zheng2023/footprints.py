"""Zheng et al. 2023, sections 3.1 and 3.2: footprints by affluence, category and place."""

import numpy as np
import pandas as pd

from analysis.reproduce.chapter import Chapter
from analysis.reproduce.zheng2023.chapter import MT, Study
from model.classes.inequality import gini, palma, theil, theil_parts
from model.footprints.accounts import accounts
from model.labels import CATEGORIES, CNY_PER_UNIT

FLATTER = (
    "demand rises less than in proportion with income here, as city statistics say; the table of"
    " assumptions shows the figure at elasticities of 1.0 and 1.2"
)
COMBINED = "Flows between quintiles and clusters of cities, emitter to consumer"
"""Title of the table that has both at once."""


def footprints(chapter: Chapter, study: Study) -> None:
    """Add the rows and tables of sections 3.1 and 3.2."""
    _coverage(chapter, study)
    _fifths(chapter, study)
    _categories(chapter, study)
    _between_cities(chapter, study)
    _inequality(chapter, study)


def _coverage(chapter: Chapter, study: Study) -> None:
    total = float(study.D_cba.sum())
    estimated = int(study.headlines["n_co2_estimated"])
    chapter.add(
        "footprint_total", "footprint of the 309 cities", study.headlines["footprint_total"]
    )
    chapter.add(
        "footprint_share_of_national",
        "the same, share of the nation's emissions",
        100 * total / study.economy.F.sum(),
        why="both sides from provincial inventories, without households' direct emissions; the rest"
        " is embodied in exports and in the demand of four provinces. The paper's base is the"
        " smaller national inventory, which counts households",
    )
    chapter.add(
        "n_cities_inventoried",
        "cities with an inventory of the year",
        study.cities.size - estimated,
        why="interpolated and moved values of the published series count as estimated here",
    )
    chapter.add("n_cities_estimated", "cities whose CO₂ is estimated", estimated)


def _fifths(chapter: Chapter, study: Study) -> None:
    q, footprint, people = study.fifths, study.D_cba, study.population
    earned = study.economy.value_added.sum(axis=1)[study.cities]

    def share(amount: np.ndarray, *numbers: int) -> float:
        return 100 * float(amount[q.within(*numbers)].sum() / amount.sum())

    rich = study.thresholds["q1_min_demand_per_cap"]
    chapter.add(
        "q1_n_cities",
        f"cities above {rich:,.0f} USD of demand per head",
        int((q.dollars > rich).sum()),
        why=FLATTER,
    )
    chapter.add(
        "q1_footprint", "footprint of quintile Q1", footprint[q.of == 1].sum() / MT, why=FLATTER
    )
    chapter.add(
        "q1_footprint_share",
        "share of Q1 in footprints",
        study.headlines["q1_footprint_share"],
        why=FLATTER,
    )
    chapter.add(
        "q1_population_share", "share of Q1 in people", study.headlines["q1_population_share"]
    )
    chapter.add("q1_gdp_share", "share of Q1 in value added", share(earned, 1))
    chapter.add("q3_q5_population_share", "share of Q3–Q5 in people", share(people, 3, 4, 5))
    chapter.add(
        "q3_q5_footprint_share",
        "share of Q3–Q5 in footprints",
        share(footprint, 3, 4, 5),
        why=FLATTER,
    )
    chapter.add("q5_population_share", "share of Q5 in people", share(people, 5))
    chapter.add("q5_footprint_share", "share of Q5 in footprints", share(footprint, 5), why=FLATTER)
    each = footprint / people
    for n, why in ((1, FLATTER), (2, ""), (5, FLATTER)):
        chapter.add(
            f"q{n}_per_cap",
            f"footprint per head in Q{n}, mean of cities",
            study.headlines[f"q{n}_per_cap"],
            why=why,
        )
    for place in ("world", "eu", "us", "qatar"):
        level = study.thresholds[f"per_cap_{place}"]
        chapter.add(
            f"above_{place}",
            f"cities whose footprint per head exceeds {level:g} t ({place.upper()})"
            if place in ("eu", "us")
            else f"cities whose footprint per head exceeds {level:g} t ({place.capitalize()})",
            int((each > level).sum()),
            "cities",
        )
    chapter.tables["Quintiles of final demand per head"] = pd.DataFrame(
        {
            "quintile": [f"Q{n}" for n in range(1, 6)],
            "cities": [int((q.of == n).sum()) for n in range(1, 6)],
            "demand_usd_per_head": [q.mean(n) for n in range(1, 6)],
            "footprint_mt": [footprint[q.of == n].sum() / MT for n in range(1, 6)],
            "footprint_share_pct": [share(footprint, n) for n in range(1, 6)],
            "population_share_pct": [share(people, n) for n in range(1, 6)],
            "value_added_share_pct": [share(earned, n) for n in range(1, 6)],
            "footprint_t_per_head": [
                float(footprint[q.of == n].sum() / people[q.of == n].sum()) for n in range(1, 6)
            ],
        }
    )


def _categories(chapter: Chapter, study: Study) -> None:
    capital = CATEGORIES.index("capital_formation")
    embodied = float(study.flows[capital][:, study.cities].sum())
    chapter.add(
        "capital_footprint",
        "footprint of capital formation",
        embodied / MT,
        why="provincial tables overstate investment; here it is brought to the national table",
    )
    chapter.add(
        "capital_footprint_share",
        "the same, share of footprints",
        study.headlines["capital_footprint_share"],
    )


def _between_cities(chapter: Chapter, study: Study) -> None:
    chapter.add(
        "intercity_share",
        "share of footprints emitted outside the city",
        study.headlines[f"outsourced_share_{study.economy.year}"],
        obtained="calibrated",
        why="the home weight is calibrated to the share of 2012 in Xia et al. 2024",
    )
    chapter.add(
        "intercity_footprint",
        "footprints emitted outside the city",
        study.headlines["intercity_footprint"],
        obtained="calibrated",
    )
    groups = _groups(study)
    earned = accounts(study.economy.embodied_value_added()).C
    for by in ("quintile", "cluster"):
        chapter.tables[f"Flows between {by}s of cities, emitter to consumer"] = _flow_table(
            study, groups, earned, by
        )
    chapter.tables[COMBINED] = _combined(study, groups, earned)
    poor, rich = study.fifths.within(5), study.fifths.within(1)
    for_rich = earned[np.ix_(study.cities[poor], study.cities[rich])].sum()
    all_earned = study.economy.value_added.sum(axis=1)[study.cities][poor].sum()
    chapter.add(
        "q5_value_added_by_q1",
        "value added of Q5 earned through final demand of Q1, share of Q5's value added",
        100 * float(for_rich / all_earned),
        "percent",
    )
    chapter.tables["Cities"] = groups


def _groups(study: Study) -> pd.DataFrame:
    regions, cities = study.economy.regions, study.cities
    return pd.DataFrame(
        {
            "region_code": [regions.codes[r] for r in cities],
            "city": [regions.names[r] for r in cities],
            "quintile": [f"Q{n}" for n in study.fifths.of],
            "cluster": study.clusters,
            "demand_usd_per_head": study.fifths.dollars,
            "population": study.population,
            "D_pba_mt": study.D_pba / MT,
            "D_cba_mt": study.D_cba / MT,
            "footprint_t_per_head": study.D_cba / study.population,
            "co2_estimated": study.economy.co2_estimated[cities],
        }
    )


def _flow_table(study: Study, groups: pd.DataFrame, earned: np.ndarray, by: str) -> pd.DataFrame:
    names = sorted(set(groups[by]))
    member = np.stack([(groups[by] == name).to_numpy(dtype=np.float64) for name in names])
    among = np.ix_(study.cities, study.cities)
    apart = study.accounts.C[among].copy()
    gained = earned[among].copy()
    np.fill_diagonal(apart, 0.0)
    np.fill_diagonal(gained, 0.0)
    emitted, value = member @ apart @ member.T, member @ gained @ member.T
    per_tonne = np.divide(
        value * CNY_PER_UNIT, emitted, out=np.full_like(emitted, np.nan), where=emitted > 0
    )
    return pd.DataFrame(
        [
            (a, b, emitted[m, n] / MT, per_tonne[m, n])
            for m, a in enumerate(names)
            for n, b in enumerate(names)
        ],
        columns=["emitter", "consumer", "embodied_mt", "value_added_cny_per_t"],
    )


def _combined(study: Study, groups: pd.DataFrame, earned: np.ndarray) -> pd.DataFrame:
    """Return flows between groups of cities of one quintile and cluster, emitter to consumer."""
    both = groups.assign(group=groups["quintile"] + " " + groups["cluster"])
    table = _flow_table(study, both, earned, "group")
    parts = {
        f"{who}_{what}": table[who].str.split(" ").str[place]
        for who in ("emitter", "consumer")
        for place, what in enumerate(("quintile", "cluster"))
    }
    return pd.concat([pd.DataFrame(parts), table[["embodied_mt", "value_added_cny_per_t"]]], axis=1)


def _inequality(chapter: Chapter, study: Study) -> None:
    each, people = study.D_cba / study.population, study.population
    chapter.add("gini", "Gini coefficient of footprints per head", gini(each, people), "1")
    chapter.add("theil", "Theil index of footprints per head", theil(each, people), "1")
    province = study.economy.regions.province[study.cities]
    codes = np.unique(study.clusters, return_inverse=True)[1].astype(np.int64)
    for name, group in (("provinces", province), ("clusters", codes)):
        parts = theil_parts(each, people, group)
        chapter.add(
            f"theil_between_{name}",
            f"part of Theil between {name}",
            100 * parts.between / (parts.between + parts.within),
            "percent",
        )
    chapter.add("palma", "Palma ratio of footprints", palma(each, people), "1")
