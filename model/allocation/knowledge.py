"""What the regulator knows when it allocates quota."""

from dataclasses import dataclass

from model.arrays import BetweenCities, ByCity, Cities


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Figures of the cities at the start of a year; a rule reads what its formula needs."""

    reference: ByCity
    """Emissions of the reference period, t; (c,)."""
    expected: ByCity
    """Liability expected without further effort, t; (c,)."""
    population: ByCity
    """Residents, heads; (c,)."""
    D_pba: ByCity
    """Production-based emissions of last year, t; (c,)."""
    D_cba: ByCity
    """Consumption-based emissions of last year, t; (c,)."""
    links: BetweenCities
    """Supply-chain links: emitted in r for s, t; (r, s)."""
    aiding: Cities
    """Super-emitters, asked to free quota; (c,)."""
    aided: Cities
    """Cities whose demand per head is below the level of the third quintile; (c,)."""
    omega: float
    """Weight of consumption in responsibility, 1."""
    freed_share: float
    """Share of their quota that aiding cities free, 1."""
