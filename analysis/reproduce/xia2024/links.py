"""Xia et al. 2024: which upstream cities emit for the beneficiaries."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.economy.pair import Pair
from analysis.reproduce.chapter import Chapter
from analysis.reproduce.xia2024.classes import MT, classes_of
from model.arrays import BetweenRegions
from model.classes.beneficiaries import Beneficiary
from simulation.industry import cluster_names

UPSTREAM = ("heavy_manufacturing", "energy")
"""Clusters of cities upstream in the supply chain."""
MOST = 20
"""Links shown."""


@dataclass(frozen=True, slots=True)
class CityLinks:
    """Origins of emissions outside a city for its final demand."""

    largest: pd.DataFrame
    """The largest flows from upstream cities into strong beneficiaries: `from`, `from_cluster`,
    `to`, the embodied flow of either year and −dE, t CO₂."""
    origins: pd.DataFrame
    """By class of consumer and cluster of emitter: outsourced footprint of either year and
    outsourced mitigation, t CO₂."""
    year: int
    """The later one."""


def links(pair: Pair) -> CityLinks:
    """Return the links of strong beneficiaries and the origins for every class."""
    first, last = (f"flow_{tables.year}_t" for tables in (pair.earlier, pair.later))
    measures = {
        first: _between_different(pair.accounts[0].C),
        last: _between_different(pair.accounts[1].C),
        "mitigation_t": _between_different(-pair.change.effect.dE),
    }
    regions = len(pair.earlier.regions)
    cluster = np.full(regions, "whole province", dtype=object)
    cluster[pair.cities] = cluster_names(pair.earlier)
    kind = np.full(regions, -1)
    kind[pair.cities] = classes_of(pair)
    rows = [
        {
            "class": consumer.label,
            "cluster": word,
            **{
                name: float(flows[np.ix_(cluster == word, kind == consumer)].sum())
                for name, flows in measures.items()
            },
        }
        for consumer in Beneficiary
        if (kind == consumer).any()
        for word in sorted(set(cluster))
    ]
    wanted = np.isin(cluster, UPSTREAM)[:, None] & (kind == Beneficiary.STRONG)
    ranked = np.argsort(np.where(wanted, -measures[last], 0.0), axis=None, kind="stable")[:MOST]
    names = pair.earlier.regions.names
    cells = [
        (int(r), int(s))
        for r, s in zip(*np.unravel_index(ranked, wanted.shape), strict=True)
        if wanted[r, s]
    ]
    largest = pd.DataFrame(
        {
            "from": [names[r] for r, _ in cells],
            "from_cluster": [cluster[r] for r, _ in cells],
            "to": [names[s] for _, s in cells],
            **{name: [flows[cell] for cell in cells] for name, flows in measures.items()},
        }
    )
    return CityLinks(largest=largest, origins=pd.DataFrame(rows), year=pair.later.year)


def add_links(chapter: Chapter, pair: Pair) -> CityLinks:
    """Add rows and tables on links to upstream cities, and return the links."""
    found = links(pair)
    chapter.tables["Largest links of strong beneficiaries to upstream cities"] = found.largest
    chapter.tables["Origins of outsourced footprints and mitigation"] = found.origins
    flow = f"flow_{found.year}_t"
    share = {
        kind: upstream_share(found, kind, flow)
        for kind in (Beneficiary.STRONG, Beneficiary.WEAK)
        if (found.origins["class"] == kind.label).any()
    }
    for kind, part in share.items():
        word = kind.name.lower()
        plural = f"{kind.label[:-1]}ies"
        chapter.add(
            f"{word}_outsourced_from_upstream",
            f"share of the outsourced footprint of {plural} emitted in heavy-industry and energy"
            " cities",
            100 * part,
            "percent",
        )
        mitigated = found.origins[found.origins["class"] == kind.label].set_index("cluster")
        upstream = mitigated["mitigation_t"].reindex(list(UPSTREAM), fill_value=0.0).sum()
        chapter.add(
            f"{word}_mitigation_upstream",
            f"outsourced mitigation of {plural} in these cities, of"
            f" {mitigated['mitigation_t'].sum() / MT:.0f} Mt in all regions",
            float(upstream) / MT,
            "Mt",
        )
    said = "cannot be told: one of the classes has no city"
    if len(share) == 2:
        strong, weak = share[Beneficiary.STRONG], share[Beneficiary.WEAK]
        said = (
            f"{'holds' if weak > strong else 'does not hold'}: {100 * weak:.1f} % of their"
            f" outsourced footprint against {100 * strong:.1f} % of the strong"
        )
    chapter.add(
        "weak_lean_on_upstream_heavy_industry",
        "weak beneficiaries have stronger connections with upstream heavy-industry cities"
        " (abstract)",
        said,
    )
    return found


def upstream_share(found: CityLinks, kind: Beneficiary, measure: str) -> float:
    """Return the share of `UPSTREAM` cities in a measure of `origins` for one class, 1."""
    own = found.origins[found.origins["class"] == kind.label].set_index("cluster")[measure]
    return float(own.reindex(list(UPSTREAM), fill_value=0.0).sum() / own.sum())


def _between_different(flows: BetweenRegions) -> BetweenRegions:
    apart = flows.copy()
    np.fill_diagonal(apart, 0.0)
    return apart
