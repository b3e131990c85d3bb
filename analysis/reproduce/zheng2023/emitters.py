"""Zheng et al. 2023, section 3.3: net producers, super-emitters and what they spend on."""

import numpy as np
import pandas as pd

from analysis.economy.headlines import SUPER_EMITTER_SHARE
from analysis.reproduce.chapter import Chapter
from analysis.reproduce.zheng2023.chapter import MT, Study
from analysis.reproduce.zheng2023.footprints import FLATTER
from model.arrays import ByCity, Whole
from model.classes.net_producers import net_producer_with_exports
from model.classes.super_emitters import Pathway, pathway
from model.labels import CATEGORIES, INVENTORY

BY_COUNT = "definition chosen by count"
CAPITAL = CATEGORIES.index("capital_formation")
SCALED = "provinces report more capital formation than the nation; here they are brought to it"


def emitters(chapter: Chapter, study: Study) -> None:
    """Add the rows and tables on net producers, super-emitters and capital formation."""
    _net_producers(chapter, study)
    _super_emitters(chapter, study)
    _multipliers(chapter, study)
    _capital_shares(chapter, study)


def threshold(study: Study) -> float:
    """Return the emissions above which a city is a super-emitter: 1 % of all footprints, t."""
    return SUPER_EMITTER_SHARE * float(study.D_cba.sum())


def pathways(study: Study) -> Whole:
    """Return the pathway of each city; (c,)."""
    return pathway(study.D_cba, study.D_pba, threshold(study))


def capital_share(study: Study) -> ByCity:
    """Return capital formation over final demand without inventory change, 1; (c,)."""
    spent = study.economy.d.sum(axis=1)[study.cities]
    return spent[:, CAPITAL] / np.delete(spent, INVENTORY, axis=1).sum(axis=1)


def _net_producers(chapter: Chapter, study: Study) -> None:
    producers = int(study.headlines["n_net_producers"])
    chapter.add(
        "n_net_producers",
        "net producers, by flows between regions",
        producers,
        obtained=BY_COUNT,
        why=FLATTER,
    )
    chapter.add(
        "n_net_consumers",
        "net consumers, by flows between regions",
        study.cities.size - producers,
        obtained=BY_COUNT,
    )
    with_exports = net_producer_with_exports(study.D_pba, study.D_cba)
    chapter.add(
        "n_net_producers_with_exports",
        "net producers if exports abroad count (D_pba > D_cba)",
        int(with_exports.sum()),
        "cities",
    )


def _super_emitters(chapter: Chapter, study: Study) -> None:
    of = pathways(study)
    chosen = of != Pathway.NONE
    number = {kind: int((of == kind).sum()) for kind in Pathway}
    why = FLATTER
    chapter.add(
        "super_n",
        "super-emitters: an account above 1 % of all footprints",
        int(study.headlines["super_n"]),
        obtained=BY_COUNT,
        why=why,
    )
    chapter.add(
        "super_footprint",
        "their footprint",
        study.D_cba[chosen].sum() / MT,
        obtained=BY_COUNT,
        why=why,
    )
    chapter.add(
        "super_footprint_share",
        "their share in footprints",
        study.headlines["super_footprint_share"],
        obtained=BY_COUNT,
        why=why,
    )
    for kind, quantity in (
        (Pathway.DEMAND, "super_n_demand_type"),
        (Pathway.TECHNOLOGY, "super_n_technology_type"),
        (Pathway.HYBRID, "super_n_hybrid_type"),
    ):
        chapter.add(quantity, f"pathway {kind.label}", number[kind], obtained=BY_COUNT)
    for quantity, what, kinds in (
        ("super_n_with_technology_measures", "technology", (Pathway.TECHNOLOGY, Pathway.HYBRID)),
        ("super_n_with_demand_measures", "demand", (Pathway.DEMAND, Pathway.HYBRID)),
    ):
        chapter.add(
            quantity,
            f"super-emitters with {what} measures",
            sum(number[kind] for kind in kinds),
            obtained=BY_COUNT,
        )
    of_nation = pathway(study.D_cba, study.D_pba, SUPER_EMITTER_SHARE * study.national)
    chapter.add(
        "super_n_of_national",
        "super-emitters at 1 % of the national inventory",
        int((of_nation != Pathway.NONE).sum()),
        "cities",
    )
    names = study.economy.regions.names
    table = pd.DataFrame(
        {
            "city": [names[r] for r in study.cities[chosen]],
            "pathway": [Pathway(kind).label for kind in of[chosen]],
            "D_pba_mt": study.D_pba[chosen] / MT,
            "D_cba_mt": study.D_cba[chosen] / MT,
            "cluster": [study.clusters[c] for c in np.flatnonzero(chosen)],
            "quintile": [f"Q{n}" for n in study.fifths.of[chosen]],
            "co2_estimated": study.economy.co2_estimated[study.cities][chosen],
        }
    )
    chapter.tables["Super-emitters"] = table.sort_values(
        ["pathway", "D_cba_mt"], ascending=[True, False], ignore_index=True
    )


def _multipliers(chapter: Chapter, study: Study) -> None:
    for quantity, what in (
        ("multiplier_capital", "capital formation"),
        ("multiplier_consumption", "household consumption"),
    ):
        chapter.add(
            quantity, f"CO₂ embodied per {what}", study.headlines[quantity], "t per 10⁴ CNY"
        )


def _capital_shares(chapter: Chapter, study: Study) -> None:
    share = capital_share(study)
    demand = np.isin(pathways(study), (Pathway.DEMAND, Pathway.HYBRID))
    spent = study.economy.d.sum(axis=(1, 2))[study.cities]
    if demand.any():
        chapter.add(
            "capital_share_megacities",
            "share of capital formation in the demand of super-emitters with demand measures",
            100 * float((share * spent)[demand].sum() / spent[demand].sum()),
            why=SCALED,
        )
    for name in ("Beijing", "Shanghai", "Shenzhen", "Guangzhou"):
        quantity = f"capital_share_{name.lower()}"
        if quantity in study.headlines:
            chapter.add(quantity, f"the same, {name}", study.headlines[quantity], why=SCALED)
