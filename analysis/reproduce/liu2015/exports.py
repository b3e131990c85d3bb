"""Liu et al. 2015: emissions embodied in exports, by province and by city."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.economy.provinces import province_names
from analysis.reproduce.chapter import Chapter
from model.arrays import ByProvince, ByRegion, ByRegionSector
from model.compile.city_economy import CityTables
from model.footprints.accounts import Accounts
from model.footprints.embodied_intensity import total_intensity
from model.footprints.provincial_exports import Exports, exports_of_provinces
from model.input_output.province_sums import sums

MT = 1e6
"""Tonnes in a million tonnes."""
BILLION_CNY = 1e5
"""10⁴ CNY in a billion CNY."""
DIRTIEST = 5
"""Provinces named as the dirtiest."""


@dataclass(frozen=True, slots=True)
class Year:
    """Exports of one year and what they embody."""

    tables: CityTables
    content: ByRegionSector
    """Emitted anywhere in the country per unit of product, t CO₂ per 10⁴ CNY; (r, i)."""
    exports: Exports
    """By province of the shipper."""
    emitted: ByRegion
    """Emitted in the region for exports, whoever ships them, t CO₂; (r,)."""
    provinces: list[str]
    """Their names."""

    @property
    def shipped(self) -> ByRegion:
        """Emissions embodied in what the region ships abroad, t CO₂; (r,)."""
        return (self.tables.export * self.content).sum(axis=1)

    @property
    def emitted_in_provinces(self) -> ByProvince:
        """Emitted in the province for exports, t CO₂; (p,)."""
        return sums(self.emitted, self.tables.regions.province, len(self.provinces))


def year_of(tables: CityTables, accounts: Accounts) -> Year:
    """Return the exports of one year's tables."""
    content = total_intensity(tables.form, tables.S)
    names = province_names(tables.regions)
    return Year(
        tables=tables,
        content=content,
        exports=exports_of_provinces(tables.export, content, tables.regions.province, len(names)),
        emitted=accounts.exported,
        provinces=names,
    )


def dirtiest(year: Year) -> list[str]:
    """Return the names of the provinces, the highest intensity of exports first."""
    order = np.argsort(-year.exports.intensity, kind="stable")
    return [year.provinces[p] for p in order]


def by_province(year: Year) -> pd.DataFrame:
    """Return exports and what they embody by province, the highest intensity first."""
    table = pd.DataFrame(
        {
            "province": year.provinces,
            "year": year.tables.year,
            "exports_bn_cny": year.exports.value.sum(axis=1) / BILLION_CNY,
            "embodied_in_shipments_mt": year.exports.embodied / MT,
            "emitted_for_exports_mt": year.emitted_in_provinces / MT,
            "t_per_10k_cny": year.exports.intensity,
        }
    )
    return table.sort_values("t_per_10k_cny", ascending=False, ignore_index=True)


def by_city(years: tuple[Year, Year]) -> pd.DataFrame:
    """Return the same by region of origin, the largest emitter for exports first."""
    earlier = years[0]
    regions = earlier.tables.regions
    columns: dict[str, object] = {
        "region_code": list(regions.codes),
        "region": list(regions.names),
        "province": [earlier.provinces[p] for p in regions.province],
        "is_city": regions.is_city,
        "co2_estimated": earlier.tables.co2_estimated,
    }
    for year in years:
        label, value = year.tables.year, year.tables.export.sum(axis=1)
        columns |= {
            f"emitted_for_exports_{label}_mt": year.emitted / MT,
            f"embodied_in_shipments_{label}_mt": year.shipped / MT,
            f"t_per_10k_cny_{label}": np.divide(
                year.shipped, value, out=np.zeros_like(value), where=value > 0
            ),
        }
    first = f"emitted_for_exports_{earlier.tables.year}_mt"
    return pd.DataFrame(columns).sort_values(first, ascending=False, ignore_index=True)


def add_exports(chapter: Chapter, years: tuple[Year, Year]) -> None:
    """Add totals, the dirtiest provinces, and the tables by province and by city."""
    for year in years:
        label = year.tables.year
        chapter.add(
            f"export_emissions_{label}",
            f"emissions embodied in exports abroad, {label}",
            float(year.emitted.sum()) / MT,
            "Mt",
        )
        chapter.add(
            f"export_emissions_share_{label}",
            "their share in all emissions of production",
            100 * float(year.emitted.sum() / year.tables.F.sum()),
            "percent",
        )
    _dirtiest(chapter, years)
    chapter.tables["Exports by province"] = pd.concat(map(by_province, years), ignore_index=True)
    chapter.tables["Exports by city"] = by_city(years)


def _dirtiest(chapter: Chapter, years: tuple[Year, Year]) -> None:
    named = chapter.published["dirtiest_provinces"].value.split("; ")
    for quantity, year in zip(
        ("dirtiest_provinces", "dirtiest_provinces_later"), years, strict=True
    ):
        ranked = dirtiest(year)
        ours = ranked[:DIRTIEST]
        shared = [name for name in named if name in ours]
        places = [f"{name} {ranked.index(name) + 1}" for name in named if name in ranked]
        why = f"{len(shared)} of {len(named)} shared; places here: {', '.join(places)}"
        chapter.add(
            quantity,
            f"provinces with most emissions embodied per value of exports, {year.tables.year}",
            "; ".join(ours),
            "text",
            why=why if places else "",
        )
