"""Free-riding without enforcement: what disapproval holds back, by theory and by simulation."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown, renew_tables
from analysis.figures.sheet import save
from analysis.figures.typography import our_typography
from analysis.studies.free_riding_figure import picture
from analysis.studies.mean_field import Stakes, imitation_step, logit_step
from data.compiled.cache import load_economy
from model.arrays import Actions, AnyFloats
from model.behaviour import RULES
from model.behaviour.imitate import Imitation
from model.behaviour.logit import Chance
from model.behaviour.outlook import Outlook
from model.behaviour.payoffs import Action, payoffs
from scenarios.reading import read_scenario
from simulation.city import City
from simulation.laboratory import Laboratory

DOCUMENT = DOCS / "free-riding.md"
SEED = 5
TOLD = 8
"""First years, in which cities do as told."""
LAST = 3
"""Last years, over which the share of free-riders is averaged."""
PRESSURES = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 3.5, 4.0)
"""Disapproval as a share of the price; 1."""
STARTS = (0.0, 0.25, 0.5, 0.75, 1.0)
AUDITS = (0.0, 0.05, 0.1, 0.2)
WAYS = ("logit", "imitate")
PUBLIC_GOOD: dict[str, Any] = {
    "market.institution": "none",
    "transfer.reserve": 0.0,
    "allocation.rule": "equal_proportional",
    "allocation.burden_base": "without_policy",
    "compliance.audit": 0.0,
    "compliance.penalty_multiple": 0.0,
    "compliance.bank_limit": 0.0,
    "compliance.borrow_limit": 0.0,
    "behaviour.forecast_error": 0.0,
    "behaviour.logit.inertia": 0.0,
    "behaviour.rationality": 3.0,
    "behaviour.fiscal_elasticity": 0.0,
    "behaviour.audit_visibility": 0.0,
    "behaviour.audit_spread": 0.0,
    "compliance.hideable": 1.0,
    "compliance.detection_slope": 0.0,
    "compliance.reaudit_years": 0,
    "compliance.open_default": False,
}
"""Every city is short of quota in every year, by what it has not abated itself; nobody looks, all
can be concealed, and cities are alike in what they expect."""


@dataclass
class Started:
    """Cities of which a given share rides free for some years, after which a rule decides."""

    share: float
    then: Callable[[Outlook, Chance], Actions]
    years: int = field(default=0, init=False)

    def __call__(self, outlook: Outlook, chance: Chance) -> Actions:
        """Return each city's choice; asked once a year, all cities together."""
        self.years += 1
        if self.years > TOLD:
            return self.then(outlook, chance)
        rank = np.random.default_rng(SEED).permutation(outlook.need.size)
        return np.where(rank < round(self.share * rank.size), Action.FREE_RIDE, Action.MITIGATE)


@contextmanager
def deciding(rule: Callable[[Outlook, Chance], Actions]) -> Iterator[str]:
    """Register a rule for a while, and give its word."""
    word = "started"
    RULES[word] = rule
    try:
        yield word
    finally:
        del RULES[word]


def simulated(
    laboratory: Laboratory, way: str, start: float, settings: dict[str, Any], replication: int = 0
) -> AnyFloats:
    """Return the share of cities that ride free, by year, 1; (t,)."""
    parameters = read_scenario("default", settings).behaviour.parameters(way)
    with deciding(Started(start, RULES.bound(way, parameters))) as word:
        scenario = read_scenario("default", {**settings, "behaviour.rule": word})
        run = laboratory.run(scenario, SEED, replication)
    return np.asarray((run.cities["action"] == Action.FREE_RIDE).groupby(run.cities["year"]).mean())


def stakes(laboratory: Laboratory, settings: dict[str, Any]) -> Stakes:
    """Return what riding free saves cities that all comply, or all ride free, without pressure."""
    scenario = read_scenario("default", {**settings, "behaviour.peer_pressure": 0.0})
    saved, prices = [], []
    for told in (Action.MITIGATE, Action.FREE_RIDE):
        gains: list[float] = []
        beliefs: list[float] = []
        laboratory.run(scenario, SEED, city_class=_witness(told, gains, beliefs))
        shape = (len(scenario.horizon.years), laboratory.economy.players.size)
        saved.append(np.array(gains).reshape(shape))
        prices.append(np.array(beliefs).reshape(shape) / scenario.behaviour.reference_price)
    return Stakes(complying=saved[0], riding=saved[1], price=prices[0])


def _witness(told: int, gains: list[float], beliefs: list[float]) -> type[City]:
    class Witness(City):
        """A city that does as told and notes what the alternative would have been worth."""

        def decide(self, outlook: Outlook, chance: Chance) -> Actions:  # noqa: ARG002 -- it does as told
            worth = payoffs(outlook)[0] / outlook.scale[0]
            gains.append(float(worth[Action.FREE_RIDE] - worth[Action.MITIGATE]))
            beliefs.append(float(outlook.belief[0]))
            return np.array([told])

    return Witness


def expected(way: str, start: float, known: Stakes, settings: dict[str, Any]) -> AnyFloats:
    """Return the share of cities that ride free by mean-field theory, by year, 1; (t,)."""
    behaviour = read_scenario("default", settings).behaviour
    copying = Imitation(**behaviour.parameters("imitate"))
    peer, shares = behaviour.peer_pressure, [start] * TOLD
    for t in range(TOLD, len(known.price)):
        x = shares[-1]
        shares.append(
            logit_step(x, known, t, peer, behaviour.rationality)
            if way == "logit"
            else imitation_step(x, known, t, peer, copying.selection, copying.mutation)
        )
    return np.array(shares)


def threshold(pressures: AnyFloats, shares: AnyFloats) -> float:
    """Return the pressure above which less than half ride free, 1; missing if there is none."""
    above = np.flatnonzero(shares >= 0.5)
    if not above.size or above[-1] == shares.size - 1:
        return float("nan") if above.size else 0.0
    n = int(above[-1])
    part = (shares[n] - 0.5) / (shares[n] - shares[n + 1])
    return float(pressures[n] + part * (pressures[n + 1] - pressures[n]))


def sweep(
    laboratory: Laboratory,
    settings: dict[str, Any],
    starts: tuple[float, ...],
    pressures: tuple[float, ...] = PRESSURES,
) -> pd.DataFrame:
    """Return the last years' share of free-riders by rule, start and pressure, found and by theory.

    Columns: way, start, pressure, simulated, theory.
    """
    known = stakes(laboratory, settings)
    rows = []
    for way, start, peer in product(WAYS, starts, pressures):
        asked = {**settings, "behaviour.peer_pressure": peer}
        rows.append(
            {
                "way": way,
                "start": start,
                "pressure": peer,
                "simulated": simulated(laboratory, way, start, asked)[-LAST:].mean(),
                "theory": expected(way, start, known, asked)[-LAST:].mean(),
            }
        )
    return pd.DataFrame(rows)


def thresholds(found: pd.DataFrame) -> pd.DataFrame:
    """Return the threshold of pressure by rule and start, simulated and by theory."""
    return pd.DataFrame(
        [
            {
                "way": way,
                "start": start,
                **{
                    by: threshold(part["pressure"].to_numpy(), part[by].to_numpy())
                    for by in ("simulated", "theory")
                },
            }
            for (way, start), part in found.groupby(["way", "start"], sort=False)
        ]
    )


def untold(laboratory: Laboratory) -> pd.DataFrame:
    """Return how free-riding fares from cities' own first choice on, by rule and pressure, %."""
    rows = []
    for way, peer in product((*WAYS, "reinforce"), (0.0, 1.0, 2.0)):
        words = {**PUBLIC_GOOD, "behaviour.rule": way, "behaviour.peer_pressure": peer}
        cities = laboratory.run(read_scenario("default", words), SEED).cities
        share = 100 * (cities["action"] == Action.FREE_RIDE).groupby(cities["year"]).mean()
        rows.append(
            {
                "decision rule": way,
                "peer pressure": peer,
                "first year, %": round(float(share.iloc[0]), 1),
                "last three years, %": round(float(share.iloc[-LAST:].mean()), 1),
            }
        )
    return pd.DataFrame(rows)


def tables(laboratory: Laboratory) -> tuple[dict[str, str], pd.DataFrame]:
    """Return the document's tables as Markdown, by the name of their markers, and the sweep."""
    found = sweep(laboratory, PUBLIC_GOOD, STARTS)
    by_start = thresholds(found).rename(columns={"start": "rode free at first"})
    fined = {**PUBLIC_GOOD, "compliance.penalty_multiple": 3.0}
    by_audit = pd.concat(
        thresholds(sweep(laboratory, {**fined, "compliance.audit": audit}, (0.0, 1.0))).assign(
            audit=audit
        )
        for audit in AUDITS
    )[["way", "audit", "start", "simulated", "theory"]].rename(
        columns={"start": "rode free at first"}
    )
    return {
        "starts": markdown(worded(by_start)),
        "audits": markdown(worded(by_audit)),
        "untold": markdown(untold(laboratory)),
    }, found


def worded(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of thresholds as it is printed."""
    said = table.rename(columns={"way": "decision rule", "theory": "mean field"})
    for name in ("simulated", "mean field"):
        said[name] = [_place(at) for at in said[name]]
    return said


def _place(at: float) -> str:
    if np.isnan(at):
        return f"above {PRESSURES[-1]:g}"
    return f"{at:.2f}" if at > 0 else "none needed"


def renew() -> None:
    """Write the tables into the document, and its picture."""
    said, found = tables(Laboratory(load_economy(2012)))
    renew_tables(DOCUMENT, said)
    with our_typography():
        save(picture(found), DOCUMENT.parent / "pictures", "free_riding")
