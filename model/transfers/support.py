"""Class-specific support: cost for strong beneficiaries, learning for weak ones.

Xia et al. 2024 advise support that follows the class of a city; its outcome is told by
`model.classes.class_transitions`.
"""

from dataclasses import dataclass

import numpy as np

from model.arrays import ByCity, Number, Whole
from model.classes.beneficiaries import Beneficiary
from model.runs import share as share_of
from model.runs import total


@dataclass(frozen=True, slots=True)
class SupportPaid:
    """Support given to the cities in a year."""

    subsidy: ByCity
    """Towards abatement cost of strong beneficiaries, CNY; (c,)."""
    programme: ByCity
    """Spent on the learning of weak beneficiaries, CNY; (c,). They do not receive it as money."""
    paid: Number
    """Share of what is due that the fund could pay, 1."""
    years: ByCity
    """Years of learning supported so far, this one included; (c,)."""

    @property
    def spent(self) -> Number:
        """Taken from the fund, CNY."""
        return total(self.subsidy) + total(self.programme)


def support(
    fund: Number,
    classes: Whole,
    cost: ByCity,
    years: ByCity,
    share: float,
    programme: float = 0.0,
) -> SupportPaid:
    """Return the support that a fund can pay, pro rata where it is short.

    Due are σ · cost to strong beneficiaries and `programme` · cost for the learning of weak ones,
    whose supported years grow by the share really paid. A programme that costs nothing is not
    limited by the fund.

    Parameters
    ----------
    fund
        What can be spent, CNY.
    classes
        `Beneficiary` of each city; (c,).
    cost
        Abatement cost of the year, CNY; negative ones get nothing; (c,).
    years
        Years of learning supported before; (c,).
    share
        σ: share of abatement cost that is paid to strong beneficiaries, 1.
    programme
        Cost of a year's learning, as a share of the learner's abatement cost, 1.
    """
    strong, weak = classes == Beneficiary.STRONG, classes == Beneficiary.WEAK
    borne = np.maximum(cost, 0.0)
    due = np.where(strong, share * borne, 0.0), np.where(weak, programme * borne, 0.0)
    paid = np.minimum(share_of(fund, total(due[0]) + total(due[1]), otherwise=1.0), 1.0)
    learned = np.where(weak, paid if programme > 0 else 1.0, 0.0)
    return SupportPaid(paid * due[0], paid * due[1], paid, years + learned)


def learning_factor(years: ByCity, rate: float) -> ByCity:
    """Return (1 − ℓ)^years, the factor on the steepness of supported cities' MAC, 1; (c,).

    `rate` is ℓ, by which a year of supported learning cuts abatement cost, 1.
    """
    return (1.0 - rate) ** years
