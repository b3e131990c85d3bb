"""Solving (I − A) X = Y for many columns at once, in trade form (block BiCGStab)."""

import numpy as np

from model.arrays import Columns, Vector
from model.input_output.form import BlockSystem, Technology

TOLERANCE = 1e-13
"""Residual over the right-hand side, 1."""
POWER_STEPS = 100
"""Of the power iteration."""
GOLDEN = 0.5 * (np.sqrt(5.0) - 1.0)
"""Golden ratio: the fractions of its multiples are all different."""
PROVING = 30
"""Steps in which outputs are looked for that prove an economy productive."""
LEFT = 0.1
"""Share of the outputs of a step that is added to those of the next, 1."""
ROUNDING = 1e-9
"""Share by which sums in another order may differ, with room."""


class NotConverged(RuntimeError):
    """The residual of a linear system stayed above its tolerance."""


def gross_output(economy: BlockSystem, demand: Columns) -> Columns:
    """Return X = (I − A)⁻¹ Y, same shape and unit as Y; see `solved`."""
    return solved(economy, demand)


def solved(system: BlockSystem, right: Columns, iterations: int = 200) -> Columns:
    """Return (I − A)⁻¹ Y, or (I − Aᵀ)⁻¹ Y of a transposed form, solved and never inverted.

    Preconditioned BiCGStab (van der Vorst 1992), every column with its own scalars; the
    preconditioner is the inverse of each region's own block of sectors, the only one ever formed:
    applied to hundreds of columns dozens of times, it saves the solver a quarter of its time
    over factors. Columns of zeros stay zero. Every array is written anew in its place: the blocks
    are so large that the system would give each new one page by page.

    Raises
    ------
    NotConverged
        If any column's residual exceeds `TOLERANCE` times the column after `iterations`.
    """
    blocks = np.linalg.inv(np.eye(right.shape[1]) - system.own_use())
    scale = _norm(right)
    scale[scale == 0] = 1.0
    x = np.matmul(blocks, right)
    residual = right - x + system.apply(x)
    shadow = residual.copy()
    direction, image, step, spare = (np.zeros_like(x) for _ in range(4))
    rho, alpha, omega = (np.ones(x.shape[2]) for _ in range(3))
    for _ in range(iterations):
        active = _norm(residual) > TOLERANCE * scale
        if not active.any():
            return x
        rho, previous = _dot(shadow, residual), rho
        beta = _quotient(rho * alpha, previous * omega, active)
        image *= omega
        direction -= image
        direction *= beta
        direction += residual
        np.matmul(blocks, direction, out=step)
        np.subtract(step, system.apply(step), out=image)
        alpha = _quotient(rho, _dot(shadow, image), active)
        residual -= np.multiply(image, alpha, out=spare)
        step *= alpha
        x += step
        correction = np.matmul(blocks, residual, out=step)
        response = np.subtract(correction, system.apply(correction), out=spare)
        omega = _quotient(_dot(response, residual), _dot(response, response), active)
        correction *= omega
        x += correction
        response *= omega
        residual -= response
    worst = float((_norm(right - x + system.apply(x)) / scale).max())
    if worst > 10 * TOLERANCE:
        message = f"(I − A) X = Y: residual {worst:.1e} after {iterations} steps; is ρ(A) < 1?"
        raise NotConverged(message)
    return x


def require_productive(economy: Technology) -> None:
    """Refuse an economy that uses up as much as it makes (Hawkins & Simon 1949).

    Outputs v > 0 of which all sectors together use up less, |A|·v < v, prove that
    ρ(A) ≤ ρ(|A|) < 1 (Collatz 1942; Horn & Johnson 2013, 8.1.18 and 8.1.26), whatever the signs
    in A; a few steps of the power iteration find them. Where they do not, its estimate of ρ(A)
    decides.

    Raises
    ------
    NotConverged
        If the spectral radius of A is not below one.
    """
    v = np.ones((economy.regions, economy.sectors, 1))
    for _ in range(PROVING):
        used = economy.apply_sizes(v)
        if (used < (1.0 - ROUNDING) * v).all():
            return
        v = used + LEFT * v  # what nobody uses stays positive
        v /= v.sum()
    radius = spectral_radius(economy)
    if radius >= 1.0:
        raise NotConverged(f"ρ(A) = {radius:.3f}: the economy uses up more than it makes")


def spectral_radius(economy: Technology) -> float:
    """Return ρ(A), the largest modulus of an eigenvalue, by power iteration.

    Exact in the limit where one eigenvalue is the largest, as for a non-negative A
    (Perron–Frobenius), or, where A has negative entries, any real one.
    """
    shape = economy.regions, economy.sectors, 1
    v = 1.0 + (GOLDEN * np.arange(np.prod(shape))).reshape(shape) % 1.0  # no columns cancel in it
    radius = 0.0
    for _ in range(POWER_STEPS):
        w = economy.apply(v)
        size = np.abs(w).sum()
        radius = float(size / np.abs(v).sum())
        if radius == 0.0:
            return 0.0
        v = w / size
    return radius


def _dot(u: Columns, v: Columns) -> Vector:
    return np.einsum("ric,ric->c", u, v)


def _norm(u: Columns) -> Vector:
    return np.sqrt(_dot(u, u))


def _quotient(above: Vector, below: Vector, active: object) -> Vector:
    usable = np.asarray(active) & (below != 0)
    return np.divide(above, below, out=np.zeros_like(above), where=usable)
