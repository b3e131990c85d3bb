"""An invented world of 20 countries and 30 sectors, with the dimensions of public tables.

Public multi-regional tables have 40 to 190 countries and 20 to 200 sectors. The figures here are
random numbers with a fixed seed and describe no place; they keep what makes such tables different
from those of one country's cities: sectors of a country buy the same product from different
countries, and final demand from others again, so that no trade shares by product give it back.

    a[s,i,j]       inputs of product i per output of j in s: a common recipe times exp(0.3 z)
    h[s,j]         gravity: a supplier's size / distance, times a weight of home
    Z = share·a·x  with shares drawn anew for every using sector around gravity's
    x = (I − A)⁻¹ Y·1
    F = ε_j · exp(0.4 z) · x, electricity the dirtiest
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

COUNTRIES = tuple(f"Country {letter}" for letter in "ABCDEFGHIJKLMNOPQRST")
SECTORS = (
    "Crops", "Livestock", "Forestry and fishing", "Coal mining", "Oil and natural gas",
    "Other mining of ores", "Food and beverages", "Textiles", "Wood and paper",
    "Petroleum refining", "Chemicals", "Pharmaceuticals", "Rubber and plastics", "Cement and glass",
    "Basic metals", "Metal products", "Machinery", "Electronics and computers",
    "Electrical equipment", "Vehicles", "Other manufacturing", "Electricity", "Water and waste",
    "Construction", "Trade", "Transport", "Hotels and restaurants", "Finance and real estate",
    "Public administration", "Health and education",
)  # fmt: skip
CATEGORIES = ("Households", "Government", "Gross fixed capital formation", "Changes in inventories")
SPENT = (0.58, 0.18, 0.235, 0.005)
"""Share of each category in final demand."""
DIRTY = {"Electricity": 3.0, "Cement and glass": 1.6, "Basic metals": 1.2, "Coal mining": 0.5,
         "Petroleum refining": 0.5, "Chemicals": 0.4, "Transport": 0.8}  # fmt: skip
"""Emissions per output, kt per million USD; 0.04 elsewhere."""
DEMAND = 7.5e7
"""Final demand of the world, million USD."""
PEOPLE = 7.1e9
HOME = 30.0
"""Weight of suppliers at home relative to gravity's."""
SETTINGS = """\
# An invented world; see data/importing/invented_world.py.
year = 2015

[money]
unit = 1e6
currency = "USD"

[emissions]
unit = 1000.0      # kt
"""


@dataclass(frozen=True, slots=True)
class World:
    """The invented table, million USD and kt."""

    countries: tuple[str, ...]
    sectors: tuple[str, ...]

    Z: np.ndarray
    Y: np.ndarray
    x: np.ndarray
    F: np.ndarray
    """By country and sector."""
    households: np.ndarray
    people: np.ndarray


def invented_world(
    seed: int = 0, countries: tuple[str, ...] = COUNTRIES, sectors: tuple[str, ...] = SECTORS
) -> World:
    """Return the world; `seed` makes others like it, fewer names a smaller one."""
    rng = np.random.default_rng(seed)
    R, N, K = len(countries), len(sectors), len(CATEGORIES)
    size = rng.lognormal(0.0, 1.2, R)
    people = size / rng.lognormal(0.0, 0.8, R)
    place = rng.uniform(0.0, 10.0, (R, 2))
    distance = np.hypot(*(place[:, None] - place[None]).transpose(2, 0, 1)) + 1.0
    gravity = size[:, None] / distance + HOME * np.diag(size)
    recipe = rng.exponential(1.0, (N, N)) * (rng.random((N, N)) < 0.5)
    recipe *= rng.uniform(0.35, 0.6, N) / recipe.sum(axis=0)
    a = recipe * np.exp(0.3 * rng.standard_normal((R, N, N)))
    a *= np.minimum(1.0, 0.75 / a.sum(axis=1, keepdims=True))
    supplied = _shares(rng, gravity, N * N).reshape(R, R, N, N).transpose(0, 2, 1, 3)
    A = (supplied * a.transpose(1, 0, 2)[None]).reshape(R * N, R * N)
    taste = rng.dirichlet(np.full(N, 2.0), (R, K))
    d = DEMAND * (size / size.sum())[:, None, None] * np.array(SPENT)[:, None] * taste
    d[:, -1] *= rng.choice((-1.0, 1.0), (R, N), p=(0.3, 0.7))
    origin = _shares(rng, gravity, N).reshape(R, R, N)
    Y = np.einsum("rsi,ski->risk", origin, d).reshape(R * N, R * K)
    x = np.linalg.solve(np.eye(R * N) - A, Y.sum(axis=1))
    epsilon = np.array([DIRTY.get(name, 0.04) for name in sectors])
    F = epsilon * np.exp(0.4 * rng.standard_normal((R, N))) * x.reshape(R, N)
    return World(
        countries=countries,
        sectors=sectors,
        Z=A * x,
        Y=Y,
        x=x,
        F=F,
        households=0.1 * F.sum(axis=1),
        people=np.round(PEOPLE * people / people.sum()),
    )


def frames_of(world: World) -> dict[str, pd.DataFrame]:
    """Return the tables of the plain layout, by name."""
    rows = pd.MultiIndex.from_product([world.countries, world.sectors], names=["region", "sector"])
    demands = pd.MultiIndex.from_product(
        [world.countries, CATEGORIES], names=["region", "category"]
    )
    accounts = pd.DataFrame({"emissions": world.F.ravel(), "output": world.x}, rows)
    return {
        "Z": pd.DataFrame(world.Z, rows, rows),
        "Y": pd.DataFrame(world.Y, rows, demands),
        "accounts": accounts.reset_index(),
        "regions": pd.DataFrame(
            {
                "region": world.countries,
                "people": world.people,
                "household_emissions": world.households,
            }
        ),
        "sectors": pd.DataFrame({"sector": world.sectors}),
        "categories": pd.DataFrame({"category": CATEGORIES}),
    }


def _shares(rng: np.random.Generator, gravity: np.ndarray, count: int) -> np.ndarray:
    """Return for each use who supplies it, 1, summing to one; (r, s, count)."""
    drawn = gravity[:, :, None] * rng.lognormal(0.0, 0.8, (*gravity.shape, count))
    return np.asarray(drawn / drawn.sum(axis=0))
