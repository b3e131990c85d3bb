"""Exports of provinces and what a unit of them embodies, beside those of the nation; imports."""

from dataclasses import dataclass

import numpy as np

from model.arrays import ByProvince, ByProvinceSector, ByRegionSector, FinalUse, OfRegion
from model.input_output.province_sums import sums
from model.input_output.trade_form import TradeForm


@dataclass(frozen=True, slots=True)
class Exports:
    """Exports abroad by province and product."""

    value: ByProvinceSector
    """10⁴ CNY; (p, i)."""
    content: ByProvinceSector
    """Emissions embodied in a unit, t CO₂ per 10⁴ CNY; (p, i)."""

    @property
    def embodied(self) -> ByProvince:
        """Emissions embodied in exports, t CO₂; (p,)."""
        return (self.value * self.content).sum(axis=1)

    @property
    def intensity(self) -> ByProvince:
        """Emissions embodied in exports per value, t CO₂ per 10⁴ CNY, 0 without exports; (p,)."""
        value = self.value.sum(axis=1)
        return np.divide(self.embodied, value, out=np.zeros_like(value), where=value > 0)


def exports_of_provinces(
    export: ByRegionSector, content: ByRegionSector, province: OfRegion, provinces: int
) -> Exports:
    """Return the exports of each province; the content is the export-weighted mean of its regions.

    Of a product that a province does not export it is the mean of the nation's exports, and 0 if
    nobody exports it; so what is not exported has no part in any difference.

    Parameters
    ----------
    export, content
        Exports by origin, 10⁴ CNY, and emissions embodied in a unit, t per 10⁴ CNY; (r, i).
    province
        Position of each region's province; (r,).
    """
    value = sums(export, province, provinces)
    embodied = sums(export * content, province, provinces)
    anywhere = np.tile(_mean(embodied.sum(axis=0), value.sum(axis=0)), (provinces, 1))
    own = np.divide(embodied, value, out=anywhere, where=value > 0)
    return Exports(value=value, content=own)


def like_the_nation(exports: Exports, scale: ByProvince) -> Exports:
    """Return what provinces would export if each were the nation times `scale`, 1; (p,)."""
    value = exports.value.sum(axis=0)
    content = _mean((exports.value * exports.content).sum(axis=0), value)
    return Exports(
        value=scale[:, None] * value, content=np.tile(content, (exports.value.shape[0], 1))
    )


def imports(form: TradeForm, x: ByRegionSector, d: FinalUse) -> ByRegionSector:
    """Return use of products from abroad by region s of use, 10⁴ CNY; (s, i).

    (1 − Σ_r t[i,r,s]) · (Σ_j a[s,i,j] x[s,j] + Σ_k d[s,i,k]).
    """
    use = np.einsum("sij,sj->si", form.a, x) + d.sum(axis=2)
    return (1.0 - form.t.sum(axis=1)).T * use


def _mean(embodied: np.ndarray, value: np.ndarray) -> np.ndarray:
    return np.divide(embodied, value, out=np.zeros_like(value), where=value > 0)
