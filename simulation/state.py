"""The state of all cities, one row a city; only the year changes it."""

from dataclasses import dataclass, field

import numpy as np

from model.arrays import Actions, ByCity, ByCityLever, Tonnes, TonnesByYear, Whole
from model.behaviour.memory import Memory, blank
from model.behaviour.payoffs import HOLD
from model.classes.beneficiaries import Beneficiary
from model.labels import GROUPS
from model.quota.ledger import Ledger
from model.transfers.budget import Budget


@dataclass(slots=True)
class State:
    """What one year hands to the next."""

    ledger: Ledger
    """Quota accounts, whole tonnes."""
    abatement: ByCityLever
    """R: share of trend emissions abated; of regular demand shifted, if that is a lever; 1."""
    trend: ByCityLever
    """Emissions on trend in the current year, t."""
    belief: ByCity
    """Expected price, CNY/t."""
    catch_up: ByCity
    """u: demand of aided cities above baseline, 1."""
    deed: Actions
    """Last year's action, by deed; a position in `model.behaviour.payoffs.ACTIONS`."""
    choice: Actions
    """Last year's choice, which may not have come to a deed; a position in the same."""
    riding_nearby: ByCity
    """Share of supply-chain neighbours that rode free last year, by flow, 1."""
    bank: Tonnes
    """Quota carried over from last year."""
    deduction: Tonnes
    """Tonnes to be cancelled at the start of the year."""
    owed: Tonnes
    """Tonnes borrowed from this year's quota."""
    payoff: ByCity
    """Realised payoff of last year, CNY."""
    memory: Memory
    """Last choice, payoff and propensities, of years short of quota and of others."""
    kept: ByCity
    """Share of trend demand that shortages have left, 1."""
    credit: ByCity
    """Received last year for each tonne abated, CNY/t."""
    classes: Whole
    """Class of last year in the reading that support follows; see `model.classes.beneficiaries`."""
    support_years: ByCity
    """Years of supported learning so far, 1."""
    inflows: TonnesByYear
    """Quota received in each year so far that can still be banked, tonnes; (t, c)."""
    budget: Budget = field(default_factory=Budget)
    """The public budget, CNY."""
    support_paid: float = 1.0
    """Share of the support due last year that the budget could pay, 1."""
    cumulated_abatement: float = 0.0
    """Abatement of all cities in all years so far, t."""

    @property
    def shift(self) -> ByCity:
        """Share of regular demand shifted from capital formation to consumption, 1; (c,)."""
        levers = self.abatement.shape[1]
        return self.abatement[:, -1] if levers > len(GROUPS) else np.zeros(len(self.abatement))


def first_state(cities: int, levers: int, reference_price: float, strength: float = 1.0) -> State:
    """Return the state before the first year: no abatement, no quota, one price belief.

    `strength` is the sum of each city's propensities, which are even.
    """
    none = np.zeros(cities, dtype=np.int64)
    return State(
        ledger=Ledger(held=none.copy()),
        abatement=np.zeros((cities, levers)),
        trend=np.zeros((cities, levers)),
        belief=np.full(cities, reference_price),
        catch_up=np.zeros(cities),
        deed=np.full(cities, HOLD, dtype=np.int64),
        choice=np.full(cities, HOLD, dtype=np.int64),
        riding_nearby=np.zeros(cities),
        bank=none.copy(),
        deduction=none.copy(),
        owed=none.copy(),
        payoff=np.zeros(cities),
        memory=blank(cities, strength),
        kept=np.ones(cities),
        credit=np.zeros(cities),
        classes=np.full(cities, Beneficiary.NEITHER, dtype=np.int64),
        support_years=np.zeros(cities),
        inflows=np.zeros((0, cities), dtype=np.int64),
    )
