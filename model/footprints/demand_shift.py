"""Demand that moves from capital formation to consumption, and the mix in which catch-up grows.

Three kinds of demand: consumption (households and government), capital formation, inventory
change. Regular demand is the first two, as in Zheng et al. 2023, section 2.5; its section 4 asks
in which mix poor cities will grow.
"""

from collections.abc import Callable

import numpy as np

from model.arrays import ByCity, ByCityKind, Cities, Number
from model.labels import KINDS
from model.registry import Registry

CONSUMPTION, CAPITAL = 0, 1
"""Positions among `KINDS`."""


GrowthMix = Callable[[ByCityKind, ByCity], ByCityKind]


def as_is(base: ByCityKind, level: ByCity) -> ByCityKind:
    """Let every kind of demand grow by u, inventory change included, 1; (c, 3)."""
    return np.repeat((1.0 + level)[..., None], base.shape[-1], axis=-1)


def investment_led(base: ByCityKind, level: ByCity) -> ByCityKind:
    """Let the whole addition, u of regular demand, be capital formation, 1; (c, 3)."""
    return _growing(base, level, CAPITAL)


def green(base: ByCityKind, level: ByCity) -> ByCityKind:
    """Let the whole addition, u of regular demand, be consumption, 1; (c, 3)."""
    return _growing(base, level, CONSUMPTION)


GROWTH_MIXES: Registry[GrowthMix] = Registry("growth mix")
"""Mixes of the demand that catches up: multipliers of base demand, 1; (c, 3)."""
GROWTH_MIXES.build_in("as_is", as_is)
GROWTH_MIXES.build_in("investment_led", investment_led)
GROWTH_MIXES.build_in("green", green)


def possible_shift(
    base: ByCityKind, wanted: ByCity, level: ByCity, mix: GrowthMix, least_capital: Number
) -> ByCity:
    """Return how far of a wanted shift demand can go, share of regular demand, 1; (c,).

    Until capital formation is `least_capital` of the regular demand that catch-up leads to; not
    negative. Arguments as in `demand_multipliers`.
    """
    share, _ = _capital_share(base, mix(base, level))
    return np.clip(wanted, 0.0, np.maximum(share - least_capital, 0.0))


def demand_multipliers(
    base: ByCityKind,
    shift: ByCity,
    level: ByCity,
    mix: GrowthMix = as_is,
    least_capital: Number = 0.0,
) -> ByCityKind:
    """Return multipliers of base demand by kind after catch-up and shift, 1; (c, 3).

    The shift moves h of regular demand from capital formation to consumption and conserves it,
    E15; it goes no further than `possible_shift`. Inventory change does not take part.

    Parameters
    ----------
    base
        Demand by kind, in shares or money, regular kinds non-negative; (c, 3).
    shift
        h: cumulated shift, share of this year's regular demand, 1 (0.01 is one point); (c,).
    level
        u: catch-up above base demand, 1; (c,).
    mix
        What the demand that catches up consists of: a function of `GROWTH_MIXES`.
    least_capital
        Share of capital formation in regular demand below which no shift goes, 1.

    Raises
    ------
    ValueError
        If a kind of which nothing is demanded is to grow.
    """
    grown = mix(base, level)
    h = possible_shift(base, shift, level, mix, least_capital)
    share, regular = _capital_share(base, grown)
    moving = h > 0
    _refuse_growth_from_nothing(base, moving, CONSUMPTION)
    multipliers, left = grown.copy(), (share - h) * regular
    for kind, demanded in ((CAPITAL, left), (CONSUMPTION, regular - left)):
        np.divide(demanded, base[..., kind], out=multipliers[..., kind], where=moving)
    return multipliers


def _growing(base: ByCityKind, level: ByCity, kind: int) -> ByCityKind:
    _refuse_growth_from_nothing(base, level > 0, kind)
    addition = level * (base[..., CONSUMPTION] + base[..., CAPITAL])
    multipliers = np.ones((*addition.shape, base.shape[-1]))
    multipliers[..., kind] += np.divide(
        addition, base[..., kind], out=np.zeros_like(addition), where=level > 0
    )
    return multipliers


def _capital_share(base: ByCityKind, multipliers: ByCityKind) -> tuple[ByCity, ByCity]:
    """Return the share of capital formation, 1, and regular demand as told; zero where none."""
    demanded = base * multipliers
    consumption, capital = demanded[..., CONSUMPTION], demanded[..., CAPITAL]
    regular = consumption + capital
    return np.divide(capital, regular, out=np.zeros_like(regular), where=regular > 0), regular


def _refuse_growth_from_nothing(base: ByCityKind, growing: Cities, kind: int) -> None:
    stuck = growing & (base[..., kind] <= 0)
    if stuck.any():
        city = int(np.argwhere(stuck)[0][-1])
        raise ValueError(
            f"city {city}: {KINDS[kind]} is {base[..., city, kind].flat[0]:.4g} and no multiple of"
            " that grows; choose another growth mix, or leave the city out"
        )
