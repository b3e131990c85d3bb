"""Groups of arms that cannot be told apart, in place of ranks.

Being told apart is no order: a noisy arm may differ neither from the best nor from the worst, which
differ from each other. So an arm may belong to several groups, as in a compact letter display
(Piepho 2004, Journal of Computational and Graphical Statistics 13, 456–466).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
        """Arms of the first group alone; all of it where each belongs to others too."""
        if not self.members:
            return ()
        alone = tuple(arm for arm in self.members[0] if self.of(arm) == (0,))
        return alone or self.members[0]

    @property
    def trailing(self) -> tuple[str, ...]:
        """Arms of the last group alone; all of it where each belongs to others too."""
        if not self.members:
            return ()
        last = len(self.members) - 1
        alone = tuple(arm for arm in self.members[-1] if self.of(arm) == (last,))
        return alone or self.members[-1]

    def among(self, arms: Sequence[str]) -> int:
        """Return how many groups some arms fall into, others left aside."""
        kept = {frozenset(group) & frozenset(arms) for group in self.members} - {frozenset()}
        return sum(not any(one < other for other in kept) for one in kept)


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
