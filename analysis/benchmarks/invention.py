"""An invented economy of any size in which everybody buys of everybody, in trade form.

Random numbers with a fixed seed; they describe no place. Half the inputs of the real table and
its radius of about 0.6 are kept, since they decide how fast a solver converges.
"""

from dataclasses import dataclass

import numpy as np

from model.arrays import ByRegionSector, FinalUse
from model.input_output.trade_form import TradeForm

CATEGORIES, SECTORS, GROUPS = 5, 42, 7
"""Those of the real economy."""
INPUTS, AT_HOME = (0.55, 0.75), 0.92
"""Inputs of all origins per unit of output, from and to; domestic share of every use."""


@dataclass(frozen=True, slots=True)
class Invention:
    """A table without labels. Money in any unit, emissions in any unit per money."""

    form: TradeForm
    d: FinalUse
    """Final demand; (s, i, k)."""
    export: ByRegionSector
    """Exports abroad by origin; (r, i)."""
    S: ByRegionSector
    """Emission intensity; (r, i)."""


def invented(regions: int, sectors: int = SECTORS, categories: int = CATEGORIES) -> Invention:
    """Return an economy of this size, spectral radius 0.6; memory R²·N + R·N² numbers."""
    rng = np.random.default_rng(0)
    t = rng.standard_exponential((sectors, regions, regions))
    t *= AT_HOME / t.sum(axis=1, keepdims=True)
    a = rng.standard_exponential((regions, sectors, sectors))
    a *= rng.uniform(*INPUTS, (regions, 1, sectors)) / a.sum(axis=1, keepdims=True)
    return Invention(
        form=TradeForm(t=t, a=a),
        d=rng.lognormal(10.0, 1.0, (regions, sectors, categories)),
        export=rng.lognormal(8.0, 1.0, (regions, sectors)),
        S=rng.lognormal(0.0, 1.0, (regions, sectors)),
    )
