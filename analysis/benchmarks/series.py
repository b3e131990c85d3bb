"""Other ways to solve (I − A) X = Y in trade form, kept for comparison with block BiCGStab."""

import numpy as np

from analysis.benchmarks.invention import invented
from analysis.benchmarks.timing import Timing, best, once
from model.arrays import Columns
from model.input_output.krylov import solved, spectral_radius
from model.input_output.trade_form import TradeForm

TOLERANCE = 1e-13
"""Of the largest column's norm; that of `model.input_output.krylov`."""


def neumann(form: TradeForm, Y: Columns, most: int = 500) -> Columns:
    """Return (I + A + A² + …) Y, round by round (Waugh 1950)."""
    total, term = Y.copy(), Y
    for _ in range(most):
        term = form.apply(term)
        total += term
        if np.abs(term).max() <= TOLERANCE * np.abs(Y).max():
            break
    return total


def chebyshev(form: TradeForm, Y: Columns, radius: float, most: int = 500) -> Columns:
    """Return (I − A)⁻¹ Y by the semi-iteration of Golub & Varga (1961), given ρ(A)."""
    before, now, omega = np.zeros_like(Y), Y.copy(), 2.0
    for _ in range(most):
        change = form.apply(now) + Y - now
        if np.abs(change).max() <= TOLERANCE * np.abs(Y).max():
            break
        omega = 1.0 / (1.0 - radius**2 * omega / 4.0)
        before, now = now, omega * (change + now - before) + before
    return now


def one_application(regions: int) -> Timing:
    """Time A times one column for each region."""
    form, Y = _problem(regions)
    return best(lambda: form.apply(Y), times=3)


def by_krylov(regions: int) -> Timing:
    """Time the model's own solver for one column of each region."""
    form, Y = _problem(regions)
    return once(lambda: solved(form, Y))


def by_neumann(regions: int) -> Timing:
    """Time the power series for the same columns."""
    form, Y = _problem(regions)
    return once(lambda: neumann(form, Y))


def by_chebyshev(regions: int) -> Timing:
    """Time Chebyshev's semi-iteration for the same columns, its radius found first."""
    form, Y = _problem(regions)
    return once(lambda: chebyshev(form, Y, spectral_radius(form)))


def _problem(regions: int) -> tuple[TradeForm, Columns]:
    economy = invented(regions, categories=1)
    return economy.form, economy.form.final_demand(economy.d)
