"""Groups of arms that cannot be told apart, in place of ranks.

Being told apart is no order: a noisy arm may differ neither from the best nor from the worst, which
differ from each other. So an arm may belong to several groups, as in a compact letter display
(Piepho 2004, Journal of Computational and Graphical Statistics 13, 456–466).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from string import ascii_letters

from analysis.verdicts.pairs import Pair

LONGEST = 4
"""Letters that are shown beside a number at most."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Largest sets of arms of which no two are told apart."""

    order: tuple[str, ...]
    """Arms with a value, from the best mean; from the lowest where none is better."""
    members: tuple[tuple[str, ...], ...]
    """Arms of each group in that order, the group of the best first."""

    def of(self, arm: str) -> tuple[int, ...]:
        """Return the positions of the groups that an arm belongs to."""
        return tuple(place for place, group in enumerate(self.members) if arm in group)

    def letters(self, arm: str) -> str:
        """Return the letters of an arm's groups: "a", "bc", "b–e"; none where it has no value."""
        places = self.of(arm)
        names = [_letter(place) for place in places]
        if len(places) > 2 and places[-1] - places[0] == len(places) - 1:
            return f"{names[0]}–{names[-1]}"
        return "".join(names)

    def in_short(self, arm: str) -> str:
        """Return the letters of an arm's groups; "a…k" for the ends of more than four of them."""
        names = self.letters(arm)
        if len(names) <= LONGEST or "–" in names:
            return names
        first, *_, last = map(_letter, self.of(arm))
        return f"{first}…{last}"

    @property
    def leading(self) -> tuple[str, ...]:
        """Arms from the best mean on, as long as they have its letters."""
        return self._same_letters(self.order)

    @property
    def trailing(self) -> tuple[str, ...]:
        """Arms up to the worst mean, as far as they have its letters."""
        return self._same_letters(self.order[::-1])[::-1]

    def apart(self, one: str, other: str) -> bool:
        """Return whether two arms are told apart: no group has both."""
        return set(self.of(one)).isdisjoint(self.of(other))

    def beside(self, arm: str) -> tuple[str, ...]:
        """Return the arms that are not told apart from one, itself among them."""
        return tuple(other for other in self.order if not self.apart(arm, other))

    def among(self, arms: Sequence[str]) -> int:
        """Return how many groups some arms fall into, others left aside."""
        kept = {frozenset(group) & frozenset(arms) for group in self.members} - {frozenset()}
        return sum(not any(one < other for other in kept) for one in kept)

    def _same_letters(self, arms: Sequence[str]) -> tuple[str, ...]:
        """Return the first arms, as long as they have the letters of the first of all."""
        return tuple(takewhile(lambda arm: self.of(arm) == self.of(arms[0]), arms))


def groups_of(order: Iterable[str], pairs: Iterable[Pair]) -> Groups:
    """Return the groups of arms, given from the best mean to the worst."""
    ranked = tuple(order)
    place = {arm: number for number, arm in enumerate(ranked)}
    sets = [frozenset(ranked)] if ranked else []
    for pair in pairs:
        if pair.apart:
            sets = _parted(sets, pair.lower, pair.higher)
    inner = [tuple(sorted(group, key=place.__getitem__)) for group in sets]
    return Groups(ranked, tuple(sorted(inner, key=lambda group: [place[arm] for arm in group])))


def _parted(sets: list[frozenset[str]], one: str, other: str) -> list[frozenset[str]]:
    """Return sets that never hold both arms, none of them within another."""
    parted = []
    for group in sets:
        both = {one, other} <= group
        parted += [group - {one}, group - {other}] if both else [group]
    distinct = list(dict.fromkeys(parted))
    return [group for group in distinct if not any(group < other for other in distinct)]


def _letter(place: int) -> str:
    turn, rest = divmod(place, len(ascii_letters))
    return ascii_letters[rest] + (str(turn) if turn else "")
