"""Experience of a city in the position it is in: short of quota, or not."""

from dataclasses import dataclass

from model.arrays import Actions, ByCity, Payoffs, Whole


@dataclass(frozen=True, slots=True)
class Experience:
    """Own and a neighbour's last year in the city's present position; one row a city.

    A choice of `model.behaviour.payoffs.Action.HOLD` says that there was no such year yet.
    """

    choice: Actions
    """Own last choice in this position; (c,)."""
    payoff: ByCity
    """Payoff that it brought ÷ `Outlook.scale` of that year, 1; (c,)."""
    propensity: Payoffs
    """Propensity to each action in this position, 1; (c, 4)."""
    example: Actions
    """Last choice in this position of the neighbour a city looks at; (c,)."""
    example_payoff: ByCity
    """Payoff that it brought the neighbour, in the same unit, 1; (c,)."""

    def rows(self, cities: slice | Whole) -> "Experience":
        """Return the experience of some cities."""
        return Experience(
            self.choice[cities],
            self.payoff[cities],
            self.propensity[cities],
            self.example[cities],
            self.example_payoff[cities],
        )
