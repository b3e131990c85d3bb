"""The Leontief model of a table given in full (dense Z and Y)."""

import numpy as np

from model.arrays import Matrix, Square, Vector


def technical_coefficients(Z: Square, x: Vector) -> Square:
    """Return A = Z x̂⁻¹, 1; columns of sectors without output are zero. Miller & Blair, eq. 2.5."""
    return np.divide(Z, x, out=np.zeros_like(Z), where=x > 0)


def intensities(F: Vector, x: Vector) -> Vector:
    """Return S = F / x, t CO₂ per 10⁴ CNY; zero where there is no output."""
    return np.divide(F, x, out=np.zeros_like(F), where=x > 0)


def gross_output(A: Square, Y: Matrix) -> Matrix:
    """Return x = (I − A)⁻¹ Y by LU factors, in the unit of Y. Miller & Blair 2009, eq. 2.11.

    Raises
    ------
    numpy.linalg.LinAlgError
        If I − A is singular.
    """
    return np.linalg.solve(np.eye(A.shape[0]) - A, Y)
