"""Solving (I − A) X = Y for many columns at once, in trade form (block BiCGStab)."""

import numpy as np

from model.arrays import Coefficients, Columns, Vector
from model.trade_form import TradeForm


class NotConverged(RuntimeError):
    """The residual of a linear system stayed above its tolerance."""


def gross_output(
    economy: TradeForm, demand: Columns, tolerance: float = 1e-13, iterations: int = 200
) -> Columns:
    """Return X = (I − A)⁻¹ Y, same shape and unit as Y, solved and never inverted.

    Preconditioned BiCGStab (van der Vorst 1992), every column with its own scalars; the
    preconditioner solves each region's own 42 × 42 block. Columns of zeros stay zero.

    Raises
    ------
    NotConverged
        If any column's residual exceeds `tolerance` times the column after `iterations`.
    """
    blocks = _own_blocks(economy)
    scale = _norm(demand)
    scale[scale == 0] = 1.0
    x = np.matmul(blocks, demand)
    residual = demand - x + economy.apply(x)
    shadow = residual.copy()
    direction = np.zeros_like(x)
    image = np.zeros_like(x)
    rho, alpha, omega = (np.ones(x.shape[2]) for _ in range(3))
    for _ in range(iterations):
        active = _norm(residual) > tolerance * scale
        if not active.any():
            return x
        rho, previous = _dot(shadow, residual), rho
        beta = _quotient(rho * alpha, previous * omega, active)
        direction = residual + beta * (direction - omega * image)
        step = np.matmul(blocks, direction)
        image = step - economy.apply(step)
        alpha = _quotient(rho, _dot(shadow, image), active)
        half = residual - alpha * image
        correction = np.matmul(blocks, half)
        response = correction - economy.apply(correction)
        omega = _quotient(_dot(response, half), _dot(response, response), active)
        x += alpha * step + omega * correction
        residual = half - omega * response
    worst = float((_norm(demand - x + economy.apply(x)) / scale).max())
    if worst > 10 * tolerance:
        message = f"(I − A) X = Y: residual {worst:.1e} after {iterations} steps; is ρ(A) < 1?"
        raise NotConverged(message)
    return x


def spectral_radius(economy: TradeForm, iterations: int = 100) -> float:
    """Return ρ(A) by power iteration on the non-negative A (Perron–Frobenius)."""
    v = np.ones((economy.regions, economy.sectors, 1))
    radius = 0.0
    for _ in range(iterations):
        w = economy.apply(v)
        radius = float(w.sum() / v.sum())
        if radius == 0.0:
            return 0.0
        v = w / w.sum()
    return radius


def _own_blocks(economy: TradeForm) -> Coefficients:
    own = np.einsum("irr->ri", economy.t)[:, :, None] * economy.a
    return np.linalg.inv(np.eye(economy.sectors) - own)


def _dot(u: Columns, v: Columns) -> Vector:
    return np.einsum("ric,ric->c", u, v)


def _norm(u: Columns) -> Vector:
    return np.sqrt(_dot(u, u))


def _quotient(above: Vector, below: Vector, active: object) -> Vector:
    usable = np.asarray(active) & (below != 0)
    return np.divide(above, below, out=np.zeros_like(above), where=usable)
