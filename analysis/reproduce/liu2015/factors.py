"""Liu et al. 2015: volume, product mix or intensity: what makes emissions embodied in exports."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.reproduce.chapter import Chapter
from analysis.reproduce.liu2015.exports import MT, Year
from data.readers.world_ratios import read_world_ratios
from model.arrays import ByProvince
from model.footprints.embodied_intensity import total_intensity
from model.footprints.provincial_exports import (
    Exports,
    exports_of_provinces,
    imports,
    like_the_nation,
)
from model.footprints.targeted import ExportChange, export_decomposition
from model.input_output.province_sums import sums

FACTORS = {"volume": "export volume", "mix": "product mix", "intensity": "emission intensity"}
"""Effects of `ExportChange`, in words."""
BY_FAR = 2.0
"""A factor leads by far if it has at least this multiple of the next one's effects."""


def _by_volume(year: Year) -> ByProvince:
    volume = year.exports.value.sum(axis=1)
    return volume / volume.sum()


def _by_value_added(year: Year) -> ByProvince:
    earned = sums(year.tables.value_added, year.tables.regions.province, len(year.provinces))
    return earned.sum(axis=1) / earned.sum()


def _in_equal_parts(year: Year) -> ByProvince:
    return np.full(len(year.provinces), 1.0 / len(year.provinces))


COUNTERPARTS: dict[str, Callable[[Year], ByProvince]] = {
    "Provinces against the nation, per unit of exports": _by_volume,
    "Provinces against the nation, per unit of value added": _by_value_added,
    "Provinces against the mean province": _in_equal_parts,
}
"""Shares of the nation's exports that a province is compared with, 1; (p,)."""


@dataclass(frozen=True, slots=True)
class Factors:
    """The decomposition under one reading."""

    reading: str
    effects: ExportChange
    """t CO₂; (p,) each, or (1,) for the nation."""
    places: list[str]

    @property
    def weight(self) -> dict[str, float]:
        """Share of each factor in the sum of absolute effects, 1, in the order of `FACTORS`."""
        sizes = {name: float(np.abs(getattr(self.effects, name)).sum()) for name in FACTORS}
        total = sum(sizes.values())
        return {name: size / total if total else 0.0 for name, size in sizes.items()}

    @property
    def table(self) -> pd.DataFrame:
        """The effects by place, Mt CO₂ to the tonne."""
        effects = {f"{name}_mt": (getattr(self.effects, name) / MT).round(6) for name in FACTORS}
        table = pd.DataFrame({"reading": self.reading, "place": self.places, **effects})
        return table.assign(difference_mt=table[list(effects)].sum(axis=1))


def factors(years: tuple[Year, Year]) -> list[Factors]:
    """Return the decomposition under every reading of what exports are compared with."""
    earlier, later = years
    found = [
        _between(name, like_the_nation(earlier.exports, scale(earlier)), earlier)
        for name, scale in COUNTERPARTS.items()
    ]
    span = f"from {earlier.tables.year} to {later.tables.year}"
    return [*found, _between(f"Provinces {span}", earlier.exports, later), abroad(earlier)]


def abroad(year: Year) -> Factors:
    """Compare the nation's exports with its imports, as if these were made at world intensities.

    Imports embody what the same products embody here, with the intensity of the six key sectors
    at the ratio of the world to China (`benchmarks.csv`); structure and other sectors as here.
    """
    tables = year.tables
    whole = np.zeros(len(tables.regions), dtype=np.int64)
    there = total_intensity(tables.form, tables.S * read_world_ratios(tables.sectors))
    ours = exports_of_provinces(tables.export, year.content, whole, 1)
    theirs = exports_of_provinces(tables.export, there, whole, 1)
    bought = imports(tables.trade, tables.x, tables.d).sum(axis=0, keepdims=True)
    effects = export_decomposition(bought, theirs.content, ours.value, ours.content)
    return Factors("Exports of the nation against its imports", effects, ["nation"])


def add_factors(chapter: Chapter, years: tuple[Year, Year]) -> list[Factors]:
    """Add which factor leads under each reading, and return the decompositions."""
    found = factors(years)
    leads = [_led_by(each) for each in found]
    first = sum(name == "intensity" for name, _ in leads)
    far = sum(name == "intensity" and by_far for name, by_far in leads)
    chapter.add(
        "leading_factor_exports",
        "factor that leads in emissions embodied in exports",
        f"emission intensity in {first} of {len(found)} readings, by far in {far}",
        "text",
        why="the counterpart is not named in what was at hand; each reading follows",
    )
    for number, (each, (name, by_far)) in enumerate(zip(found, leads, strict=True), start=1):
        chapter.add(
            f"leading_factor_reading_{number}",
            each.reading,
            f"{FACTORS[name]}{' by far' if by_far else ''}: {_weights(each)}",
            "text",
            why="shares of the sum of absolute effects (Shapley values)",
        )
    chapter.tables["Volume, mix and intensity of exports"] = pd.concat(
        [each.table for each in found], ignore_index=True
    )
    return found


def _led_by(found: Factors) -> tuple[str, bool]:
    """Return the leading factor and whether it leads by far."""
    ranked = sorted(found.weight.items(), key=lambda item: -item[1])
    return ranked[0][0], ranked[0][1] >= BY_FAR * ranked[1][1]


def _weights(found: Factors) -> str:
    return ", ".join(f"{FACTORS[name]} {100 * part:.0f} %" for name, part in found.weight.items())


def _between(reading: str, start: Exports, year: Year) -> Factors:
    end = year.exports
    effects = export_decomposition(start.value, start.content, end.value, end.content)
    return Factors(reading, effects, year.provinces)
