"""Targeted opportunities: the few regions and sectors where best practice saves most.

Liu et al. 2015 (Nature Climate Change 6, 201–206): which of volume, product mix and emission
intensity makes the emissions embodied in exports, and where a lower intensity has most leverage.
"""

from dataclasses import dataclass

import numpy as np

from model.arrays import ByRegion, ByRegionSector, BySector, Cells


@dataclass(frozen=True, slots=True)
class ExportChange:
    """volume + mix + intensity = E₁ − E₀, emissions embodied in exports by origin, t; (r,) each."""

    volume: ByRegion
    """Effect of how much is exported."""
    mix: ByRegion
    """Effect of which products are exported."""
    intensity: ByRegion
    """Effect of what a unit of each product embodies."""


def export_decomposition(
    export0: ByRegionSector,
    intensity0: ByRegionSector,
    export1: ByRegionSector,
    intensity1: ByRegionSector,
) -> ExportChange:
    """Decompose Σ_i q[r,i] export[r,i] between two years, or from a counterpart's exports to own.

    E = V Σ_i m_i q_i with V the volume, m the mix (shares of V) and q the intensity. Each effect
    is its Shapley value, the mean over all six orders in which the three may change (Dietzenbacher
    & Los 1998), so that the effects add up exactly and none depends on an order. A side without
    exports has the mix of the other, so that starting to export is all volume.

    Parameters
    ----------
    export0, export1
        Exports by origin r and product i, 10⁴ CNY at one year's prices; (r, i). Any list of
        products serves: with i over all (region, product) pairs and q[r] = M[r] of
        `embodied_by_emitter`, E is what r itself emits for exports (`Accounts.exported`).
    intensity0, intensity1
        Emissions embodied in a unit, t per 10⁴ CNY; (r, i).
    """
    V0, V1 = export0.sum(axis=1), export1.sum(axis=1)
    m0, m1 = _mix(export0, export1), _mix(export1, export0)
    per_unit = {
        (m, q): np.einsum("ri,ri->r", mix, intensity)
        for m, mix in enumerate((m0, m1))
        for q, intensity in enumerate((intensity0, intensity1))
    }
    mostly_earlier, mostly_later = (2.0 * V0 + V1) / 6.0, (V0 + 2.0 * V1) / 6.0
    ends, between = per_unit[0, 0] + per_unit[1, 1], per_unit[0, 1] + per_unit[1, 0]
    return ExportChange(
        volume=(V1 - V0) * (2.0 * ends + between) / 6.0,
        mix=mostly_earlier * (per_unit[1, 0] - per_unit[0, 0])
        + mostly_later * (per_unit[1, 1] - per_unit[0, 1]),
        intensity=mostly_earlier * (per_unit[0, 1] - per_unit[0, 0])
        + mostly_later * (per_unit[1, 1] - per_unit[1, 0]),
    )


def best_practice(
    S: ByRegionSector, x: ByRegionSector, least_share: float = 0.01, quantile: float = 0.10
) -> BySector:
    """Return e*, the intensity that `quantile` of a sector's output does not exceed; (i,).

    Unit of S, output-weighted over the regions with more than `least_share` of the sector's
    output x, or over all with output if no region has so much; `quantile` lies in (0, 1]. It is
    the intensity of some region, never one between two; of a sector without output the least S.
    """
    counted = np.where(x > least_share * x.sum(axis=-2, keepdims=True), x, 0.0)
    weight = np.where(counted.any(axis=-2, keepdims=True), counted, x)
    order = np.broadcast_to(np.argsort(S, axis=-2, kind="stable"), weight.shape)
    below = np.take_along_axis(weight, order, axis=-2).cumsum(axis=-2)
    first = (below >= quantile * below[..., -1:, :]).argmax(axis=-2, keepdims=True)
    region = np.take_along_axis(order, first, axis=-2)
    return np.take_along_axis(np.broadcast_to(S, weight.shape), region, axis=-2)[..., 0, :]


def leverage(S: ByRegionSector, x: ByRegionSector, best: BySector) -> ByRegionSector:
    """Return (e − e*)⁺ x, t CO₂ a year that best practice would save at the same output; (r, i)."""
    return np.maximum(S - best, 0.0) * x


def few_cells(leverage: ByRegionSector, share: float = 0.5) -> Cells:
    """Return the fewest cells (r, i) that hold `share` of all leverage, the largest first; (m, 2).

    `share` lies in (0, 1]. Their number is the length; equals keep the order of the regions.
    There are none if nothing can be saved.
    """
    flat = leverage.ravel()
    ranked = np.argsort(-flat, kind="stable")
    held = flat[ranked].cumsum()
    needed = int(np.searchsorted(held, share * held[-1])) + 1 if flat.any() else 0
    return np.column_stack(np.unravel_index(ranked[:needed], leverage.shape)).astype(np.int64)


def adopted(S: ByRegionSector, best: BySector, cells: Cells) -> ByRegionSector:
    """Return the intensities once `cells` adopt best practice; cells already better keep theirs."""
    r, i = cells.T
    lowered = S.copy()
    lowered[r, i] = np.minimum(S[r, i], best[i])
    return lowered


def _mix(export: ByRegionSector, other: ByRegionSector) -> ByRegionSector:
    shown = np.where(export.any(axis=1, keepdims=True), export, other)
    total = shown.sum(axis=1, keepdims=True)
    return np.divide(shown, total, out=np.zeros_like(shown), where=total > 0)
