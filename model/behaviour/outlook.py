"""Outlook of a city when it decides: its need, its means, its beliefs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from model.abatement.price_of_relief import price_of_relief
from model.abatement.supply import AbatementSupply
from model.arrays import Actions, ByCity, ByCityLever, Cities, Indices, Number, Whole
from model.behaviour.experience import Experience
from model.quota.compliance import detected

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of the market and of the law, the same for every city in a year."""

    reference_price: Number
    """Price that payoffs and fines are measured by, CNY/t."""
    penalty_multiple: Number
    """Fine per tonne short, as a multiple of the larger of price and reference price, 1."""
    hideable: Number
    """Largest share of its liability that a city can conceal, 1."""
    detection_slope: Number
    """Rise of the probability of detection per unit of the concealed share of liability, 1."""
    transaction_cost: Number
    """τ, paid by either side, CNY/t."""
    risk: Number
    """Discount on uncertain prices, 1."""
    discount: Number
    """β, worth today of a yuan next year, 1."""
    bank_limit: Number
    """Largest bank, as a share of liability, 1."""
    deduction: Number
    """Tonnes deducted next year per tonne found, 1."""
    market_open: bool
    """True where there is an institution with a price."""
    transfer_open: bool
    """True where cities can trade with one another there."""
    auction_open: bool
    """True where the regulator sells quota to whoever means to comply."""
    default_open: bool = True
    """True where cities may knowingly leave a reported need unmet."""
    auction_cover: Number = 0.0
    """Share of all needs that the quota on auction can meet, 1."""
    fine_price: Number | None = None
    """Price by which fines are measured, announced before the year, CNY/t; if none was, they go by
    the clearing price, which each city expects for itself."""

    def fine(self, belief: ByCity) -> ByCity:
        """Return what a found tonne is expected to cost, CNY/t; (c,).

        The fine at the announced or the expected price (the reference price where there is no
        market to have one), and what is deducted next year.
        """
        if self.fine_price is not None:
            expected = np.broadcast_to(self.fine_price, belief.shape)
        else:
            expected = np.maximum(belief if self.market_open else 0.0, self.reference_price)
        return self.penalty_multiple * expected + self.deduction * self.discount * belief


@dataclass(frozen=True)
class Outlook:
    """A year as cities see it before they act; one row a city.

    What follows from it and is asked for more than once is worked out once.
    """

    need: ByCity
    """Quota still needed without further effort of its own, t; negative is surplus; (c,)."""
    expected: ByCity
    """Liability expected without further effort, t; (c,)."""
    awaited: ByCity
    """Relief expected from suppliers' mitigation, already taken off the need, t; (c,)."""
    bank: ByCity
    """Quota carried over from last year, t; (c,)."""
    belief: ByCity
    """Expected price, CNY/t; (c,)."""
    later_price: ByCity
    """Price expected next year, by which a banked tonne is worth something, CNY/t; (c,)."""
    last_choice: Actions
    """Last year's choice, each a `model.behaviour.payoffs.Action`; (c,)."""
    linked: Cities
    """Cities with somebody to trade with where there is a market; (c,)."""
    neighbours_free_riding: ByCity
    """Share of the supply-chain neighbours that rode free or defaulted last year, by flow, 1; (c,).
    """
    least_scale: ByCity
    """Least need payoffs are divided by: 1 % of base-year liability, or one tonne; t; (c,)."""
    supply: AbatementSupply
    """Abatement of each at a price."""
    rule: Whole
    """Decision rule of a city, a position in `model.behaviour.RULES`; (c,)."""
    rationality: ByCity
    """λ of the logit choice, per unit of payoff ÷ `scale`; (c,)."""
    peer_pressure: ByCity
    """Disapproval of who falls short among neighbours that comply, share of the price, 1; (c,)."""
    audit: ByCity
    """Probability of detection that a city expects for a small concealment, 1; (c,)."""
    experience: Experience
    """Experience that imitation and reinforcement go by."""
    terms: Terms
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Values set for parameters of decision rules, by rule."""
    _found: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, question: Callable[["Outlook"], Answer]) -> Answer:
        """Return the answer to a question, worked out at most once."""
        if question not in self._found:
            self._found[question] = question(self)
        answer: Answer = self._found[question]
        return answer

    @property
    def trend(self) -> ByCityLever:
        """Emissions on trend, without any abatement, t; (c, m)."""
        return self.supply.E

    @property
    def abatement(self) -> ByCityLever:
        """R, share of trend emissions abated so far, 1; (c, m)."""
        return self.supply.R

    @property
    def can_trade(self) -> Cities:
        """Cities that can trade with other cities; (c,)."""
        return self.linked & (self.terms.market_open and self.terms.transfer_open)

    @cached_property
    def concealable(self) -> ByCity:
        """What a city can conceal of its need: at most a share of its liability, t; (c,).

        What it abates for a target of its own is no longer to be concealed.
        """
        left = self.need - self.supply.relief_of(self.supply.for_nothing)
        return np.minimum(np.maximum(left, 0.0), self.terms.hideable * self.expected)

    @property
    def can_conceal(self) -> Cities:
        """Cities with a need of which something can be concealed; (c,)."""
        return self.concealable > 0.0

    @property
    def can_default(self) -> Cities:
        """Cities with a need that they may report and leave unmet; (c,)."""
        return (self.need > 0.0) & self.terms.default_open

    @cached_property
    def detection(self) -> ByCity:
        """Probability that the concealment of all that can be concealed is found, 1; (c,)."""
        share = np.divide(
            self.concealable,
            self.expected,
            out=np.zeros_like(self.need),
            where=self.expected > 0,
        )
        return detected(self.audit, share, self.terms.detection_slope)

    @cached_property
    def disapproval(self) -> ByCity:
        """Cost in standing of a tonne that a city does not answer for, CNY/t; (c,)."""
        return self.peer_pressure * self.belief * (1.0 - self.neighbours_free_riding)

    @cached_property
    def rest(self) -> "Outlook":
        """The year as if all that can be concealed were not to be answered for."""
        return replace(self, need=self.need - self.concealable)

    def concealing(self, rides: Cities) -> "Outlook":
        """Return the year once some have concealed what they can; what is known stays known."""
        rest = self.rest
        after = replace(self, need=np.where(rides, rest.need, self.need))
        for name, riding in {"price_of_need": rides, "own_step": rides[..., None]}.items():
            if name in vars(self) and name in vars(rest):
                vars(after)[name] = np.where(riding, getattr(rest, name), getattr(self, name))
        return after

    @property
    def expected_award(self) -> ByCity:
        """What each city expects to get on auction at most, t; (c,)."""
        return self.terms.auction_cover * np.maximum(self.need, 0.0)

    @property
    def scale(self) -> ByCity:
        """Divisor of payoffs: reference price × own need, CNY; (c,)."""
        return self.terms.reference_price * self.measured_need

    @property
    def measured_need(self) -> ByCity:
        """Need or surplus that payoffs are measured by, t; (c,)."""
        return np.maximum(np.abs(self.need), self.least_scale)

    @cached_property
    def fine(self) -> ByCity:
        """Expected fine for a found tonne, CNY/t; (c,)."""
        return self.terms.fine(self.belief)

    @cached_property
    def price_of_need(self) -> ByCity:
        """Price at which a city's own abatement meets its need, CNY/t; (c,).

        Zero in surplus, infinite where the year has no room for so much.
        """
        return price_of_relief(self.supply, self.need)

    @property
    def own_price(self) -> ByCity:
        """The smallest price ≤ the fine at which a city meets its own need, CNY/t; (c,)."""
        return np.minimum(self.price_of_need, self.fine)

    @cached_property
    def own_step(self) -> ByCityLever:
        """Abatement at that price, 1; (c, m)."""
        return self.supply.step(self.own_price)

    @cached_property
    def banked_worth(self) -> ByCity:
        """Worth of one banked tonne, falling to zero at the bank limit, CNY/t; (c,).

        Zero where not even one tonne can be banked.
        """
        limit = self.terms.bank_limit * self.expected
        room = np.clip(1.0 - self.bank / np.maximum(limit, 1.0), 0.0, None)
        room = np.where(limit >= 1.0, room, 0.0)
        return self.terms.discount * self.later_price * (1.0 - self.terms.risk) * room

    def row(self, city: int) -> "Outlook":
        """Return the outlook of one city, as arrays of one row; it may write into them."""
        return self._part(np.array([city]))

    def rows(self, cities: Indices) -> "Outlook":
        """Return the outlook of some cities, in the order given."""
        return self._part(cities)

    def _part(self, chosen: Indices) -> "Outlook":
        arrays: dict[str, Any] = {
            field.name: value[chosen]
            for field in fields(self)
            if isinstance(value := getattr(self, field.name), np.ndarray)
        }
        return replace(
            self,
            experience=self.experience.rows(chosen),
            supply=self.supply.rows(chosen),
            **arrays,
        )
