"""Embodied emission intensities: what a unit of final product makes each region emit.

With few emitters and many uses it is cheaper to ask what each product embodies than what each
use calls for: one solve a region serves every category of final demand and the exports.
"""

import numpy as np

from model.arrays import (
    BetweenRegions,
    ByRegionSector,
    EmbodiedIntensities,
    FinalUse,
    FlowsByCategory,
)
from model.footprints.accounts import Accounts
from model.input_output.form import Form
from model.input_output.krylov import require_productive


def embodied_by_emitter(form: Form, S: ByRegionSector) -> EmbodiedIntensities:
    """Return M[e,r,i], emitted in e per unit of final product i of r; (e, r, i).

    The rows of M = Ŝ L by emitting region, t CO₂ per 10⁴ CNY (or any unit of S), solved column by
    column from (I − Aᵀ) mᵀ = S_e; Miller & Blair 2009, chapter 10. Summed over e it is the
    total intensity of the product.

    Raises
    ------
    NotConverged
        If the spectral radius of A is not below one, or a solve fails.
    """
    require_productive(form)
    regions = np.arange(form.regions)
    direct = np.zeros((form.regions, form.sectors, form.regions))
    direct[regions, :, regions] = S
    return np.ascontiguousarray(form.solve_transposed(direct).transpose(2, 0, 1))


def total_intensity(form: Form, S: ByRegionSector) -> ByRegionSector:
    """Return Σ_e M[e,r,i], emitted anywhere per unit of final product i of r; (r, i).

    Unit of S. One solve in place of one for each emitter; raises as `embodied_by_emitter`.
    """
    require_productive(form)
    return form.solve_transposed(S[:, :, None])[:, :, 0]


def embodied_in(M: EmbodiedIntensities, form: Form, d: FinalUse) -> FlowsByCategory:
    """Return Σ_{r,i} M[e,r,i] Y[(r,i),(k,s)], emitted in e for category k of s; (k, e, s)."""
    return form.embodied(M, d)


def embodied_in_exports(M: EmbodiedIntensities, export: ByRegionSector) -> BetweenRegions:
    """Return Σ_i M[e,s,i] export[s,i], emitted in e for the exports abroad that s ships; (e, s)."""
    return np.einsum("esi,si->es", M, export)


def embodied_accounts(
    M: EmbodiedIntensities, form: Form, d: FinalUse, export: ByRegionSector
) -> Accounts:
    """Return the accounts of an economy, those of its response basis, in the unit of M·d."""
    exported = embodied_in_exports(M, export).sum(axis=1)
    return Accounts(C=embodied_in(M, form, d).sum(axis=0), exported=exported)
