"""Claims: statements about arms, decided world by world.

A claim is a comparison of outcomes, such as `emissions[a+none] > 1.05 * emissions[b+exchange]`, or
a sentence, such as "a+none emits more than b+exchange". `*` in the name of an arm stands for any
letters, the same throughout a claim, which then has to hold for each arm with a policy that fits.
Within `max`, `min`, `mean` and `spread` it stands for all of them at once.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from analysis.outcomes.outcomes import OUTCOMES
from analysis.uncertainty.worlds import Worlds
from data.errors import InputError, nearest
from scenarios.claims import Claim

ANY = "*"
TERM = re.compile(r"\b([a-z_0-9]+)\s*\[\s*([a-z0-9_+\-*]+)\s*\]")
SENTENCE = re.compile(
    r"^(?P<a>\S+) (?P<what>emits|costs|trades|conceals|expires|has|rides free)"
    r"(?: at least (?P<by>[0-9.]+) %)? (?P<sign>more|less)(?: (?P<outcome>[a-z_0-9]+))?"
    r" than (?P<b>\S+)$"
)
VERBS = {
    "emits": "emissions",
    "costs": "abatement_cost",
    "trades": "volume",
    "conceals": "concealed",
    "rides free": "free_riding",
    "expires": "expired",
}
"""Outcomes by the verb that says them."""
OVER_ARMS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "max": lambda values: values.max(axis=0),
    "min": lambda values: values.min(axis=0),
    "mean": lambda values: values.mean(axis=0),
    "spread": lambda values: values.max(axis=0) - values.min(axis=0),
}
"""Functions over arms; (arms, worlds) to (worlds,)."""
ARITHMETIC: dict[type[ast.operator], Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
COMPARED: dict[type[ast.cmpop], Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    ast.Gt: operator.gt,
    ast.Lt: operator.lt,
    ast.GtE: operator.ge,
    ast.LtE: operator.le,
}
HOW = (
    'write it as "A emits more than B", "A has less free_riding than B" or'
    " emissions[A] < 1.05 * emissions[B]"
)


@dataclass(frozen=True, slots=True)
class Decided:
    """A claim, decided in every world."""

    claim: Claim
    holds: np.ndarray
    """1 where it holds, 0 where it fails, not a number where a figure is missing; (worlds,)."""


def decide(claim: Claim, worlds: Worlds) -> Decided:
    """Return in which worlds a claim holds.

    Raises
    ------
    InputError
        If it is no comparison, or names an outcome or an arm that is not known.
    """
    reading = _Reading(claim, worlds.arms, worlds.rivals)
    answers = np.stack([reading.value(worlds, name) for name in reading.names()])
    missing = np.isnan(answers).any(axis=0)
    return Decided(claim, np.where(missing, np.nan, answers.min(axis=0)))


def check(
    claim: Claim, arms: tuple[str, ...], reference: str, references: tuple[str, ...] = ()
) -> None:
    """Raise InputError if a claim cannot be read; see `decide`."""
    nothing = Worlds(
        arms, reference, (), np.empty((1, 0)), np.zeros(1, int),
        np.ones((1, len(arms), len(OUTCOMES))), {}, 0.0, references=references,
    )  # fmt: skip
    reading = _Reading(claim, arms, nothing.rivals)
    for name in reading.names():
        reading.value(nothing, name)


class _Reading:
    """A claim as a tree of numbers, its terms by placeholder."""

    def __init__(self, claim: Claim, arms: tuple[str, ...], policies: tuple[str, ...]) -> None:
        self._claim, self._arms, self._policies = claim, arms, policies
        self._terms: dict[str, tuple[str, str]] = {}
        text = TERM.sub(self._placeholder, _formula(claim.holds))
        try:
            tree = ast.parse(text, mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise self._fault(HOW) from None
        self._tree = tree

    def names(self) -> list[str]:
        """Return what `*` stands for, one after the other; an empty word where there is none."""
        free = {self._terms[name][1] for name in _free(self._tree) if name in self._terms}
        patterns = sorted(pattern for pattern in free if ANY in pattern)
        if not patterns:
            return [""]
        head, tail = patterns[0].split(ANY, 1)
        stands_for = [
            arm[len(head) : len(arm) - len(tail)]
            for arm in self._policies
            if arm.startswith(head) and arm.endswith(tail) and len(arm) >= len(head) + len(tail)
        ]
        found = [
            word
            for word in stands_for
            if all(pattern.replace(ANY, word) in self._arms for pattern in patterns)
        ]
        if not found:
            raise self._fault(f"no arm fits {' and '.join(patterns)}; {nearest('', self._arms)}")
        return found

    def value(self, worlds: Worlds, name: str) -> np.ndarray:
        """Return 1 where it holds, 0 where not, not a number where unknown; (worlds,)."""
        return self._truth(self._tree, worlds, name)

    def _truth(self, node: ast.expr, worlds: Worlds, name: str) -> np.ndarray:
        if isinstance(node, ast.BoolOp):
            all_of = np.stack([self._truth(part, worlds, name) for part in node.values])
            return np.asarray(
                all_of.min(axis=0) if isinstance(node.op, ast.And) else all_of.max(axis=0)
            )
        if not isinstance(node, ast.Compare):
            raise self._fault(f"no comparison; {HOW}")
        parts = [self._number(part, worlds, name)
                 for part in (node.left, *node.comparators)]  # fmt: skip
        parts = [np.broadcast_to(part, len(worlds)) for part in parts]
        holds = np.ones(len(worlds), dtype=bool)
        for sign, left, right in zip(node.ops, parts, parts[1:], strict=False):
            if type(sign) not in COMPARED:
                raise self._fault("compare with <, >, <= or >=")
            holds &= COMPARED[type(sign)](left, right)
        missing = np.isnan(np.stack(parts)).any(axis=0)
        return np.where(missing, np.nan, holds.astype(float))

    def _number(self, node: ast.expr, worlds: Worlds, name: str) -> np.ndarray:
        match node:
            case ast.Constant(value=int() | float() as value):
                return np.asarray(float(value))
            case ast.Name(id=word) if word in self._terms:
                outcome, arm = self._terms[word]
                return worlds.of(outcome, self._known_arm(arm.replace(ANY, name)))
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                return np.asarray(-self._number(inner, worlds, name))
            case ast.BinOp(left=left, op=sign, right=right) if type(sign) in ARITHMETIC:
                pair = (self._number(side, worlds, name) for side in (left, right))
                with np.errstate(divide="ignore", invalid="ignore"):
                    return np.asarray(ARITHMETIC[type(sign)](*pair))
            case ast.Call(func=ast.Name(id="abs"), args=[inner]):
                return np.asarray(np.abs(self._number(inner, worlds, name)))
            case ast.Call(func=ast.Name(id=word), args=[ast.Name(id=term)]) if (
                word in OVER_ARMS and term in self._terms
            ):
                return OVER_ARMS[word](self._over_arms(worlds, *self._terms[term]))
        raise self._fault(HOW)

    def _over_arms(self, worlds: Worlds, outcome: str, pattern: str) -> np.ndarray:
        fits = re.compile(re.escape(pattern).replace(r"\*", ".*"))
        arms = [arm for arm in self._policies if fits.fullmatch(arm)]
        if not arms:
            raise self._fault(f"no arm fits {pattern}; {nearest(pattern, worlds.arms)}")
        return worlds.by_arm(outcome, arms).T

    def _known_arm(self, arm: str) -> str:
        if arm not in self._arms:
            raise self._fault(f"no arm {arm!r}; {nearest(arm, self._arms)}")
        return arm

    def _placeholder(self, found: re.Match[str]) -> str:
        outcome, arm = found.groups()
        words = [known.word for known in OUTCOMES]
        if outcome not in words:
            raise self._fault(f"no outcome {outcome!r}; {nearest(outcome, words)}")
        name = f"term_{len(self._terms)}"
        self._terms[name] = (outcome, arm)
        return name

    def _fault(self, why: str) -> InputError:
        return InputError(f"claim {self._claim.holds!r}: {why}")


def _formula(text: str) -> str:
    """Return a sentence as a comparison; a comparison as it is.

    So many percent are of the other's size, whatever its sign: 5 % less than -4 is below -4.2.
    """
    told = SENTENCE.match(text.strip())
    if told is None:
        return text
    word = told["outcome"] or VERBS.get(told["what"], "")
    compared, beyond = (">", "+") if told["sign"] == "more" else ("<", "-")
    other = told["b"] if _is_number(told["b"]) else f"{word}[{told['b']}]"
    margin = f" {beyond} {told['by']} * abs({other}) / 100" if told["by"] else ""
    return f"{word}[{told['a']}] {compared} {other}{margin}"


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?[0-9.]+", text) is not None


def _free(node: ast.AST) -> Iterator[str]:
    """Return the placeholders that stand in no function over arms."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in OVER_ARMS:
        return
    if isinstance(node, ast.Name):
        yield node.id
    for child in ast.iter_child_nodes(node):
        yield from _free(child)
