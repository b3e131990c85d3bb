"""Colours, markers, line styles and labels of arms and classes."""

import re
from dataclasses import dataclass
from typing import Any

from analysis.outcomes.arms import NO_TRADE, Arms
from model.classes.beneficiaries import Beneficiary

INK, GREY, PALE, PAPER = "#1A1A1A", "#5A5A5A", "#E9E9E9", "#FFFFFF"
CONTEXT = "#D2D2D2"
"""Of lines that are there to compare with, not to follow."""
SHARES = (PAPER, "#CFC9E6", "#332288")
"""From none to all."""

Line = Any
"""A line style of matplotlib, whose own type does not admit dash patterns held in tables."""
RULE_COLOURS = (
    "#332288",
    "#CC6677",
    "#229988",
    "#A0851F",
    "#882255",
    "#5AA9D6",
    "#117733",
    "#AA4499",
)
"""Told apart by colour-blind readers (after Paul Tol's muted scheme); none is a class's colour."""
RULE_MARKERS = ("o", "s", "^", "D", "v", "P", "X", "<", ">", "h", "*")
"""Eleven beside eight colours: 88 pairs before one comes again."""
SOLID, DASHED = "solid", (0, (4.5, 1.8))
OTHER_LINES: tuple[Line, ...] = (SOLID, (0, (6, 1.5, 1, 1.5)), (0, (2, 1)))
CAP_LINE: Line = (0, (1, 1.1))

INSTITUTIONS = {
    NO_TRADE: "without trade",
    "exchange": "with an exchange",
    "bilateral": "with bilateral trade",
    "auction": "with an auction",
    "weak": "under weak enforcement",
    "strict": "under strict enforcement",
}
"""Ways of `analysis.outcomes.arms`, as they stand in a sentence."""

ACRONYMS = {"gdp": "GDP", "mac": "MAC"}


@dataclass(frozen=True, slots=True)
class Look:
    """Marks that tell one arm or one class from the others."""

    label: str
    colour: str
    marker: str
    line: Line
    hatch: str = ""


CLASSES = {
    int(kind): Look(kind.label.capitalize(), colour, marker, line, hatch)
    for kind, colour, marker, line, hatch in (
        (Beneficiary.STRONG, "#C8500A", "^", "solid", "///////"),
        (Beneficiary.WEAK, "#EFB03A", "o", (0, (4.5, 1.5)), ""),
        (Beneficiary.ROLE_MODEL, "#14568C", "s", (0, (6, 1.3, 1, 1.3)), ""),
        (Beneficiary.NEITHER, "#8A8A8A", "D", (0, (1.2, 1.2)), "......"),
    )
}
"""By code of the class."""


def pale(colour: str, kept: float = 0.35) -> str:
    """Return a colour mixed with paper; `kept` is its share, 1."""
    parts = [int(colour[n : n + 2], 16) for n in (1, 3, 5)]
    return "#" + "".join(f"{round(kept * part + (1 - kept) * 255):02X}" for part in parts)


def words(name: str) -> str:
    """Return a name of the code in words: "a_b+c_0-5" is "a b, c 0.5"."""
    plain = re.sub(r"(?<=_\d)-(?=\d)", ".", name).replace("_", " ").replace("+", ", ").strip()
    return re.sub(r"\w+", lambda word: ACRONYMS.get(word[0], word[0]), plain)


def label(name: str) -> str:
    """Return a name of the code as a label: "a_b+no_trade" is "A b, no trade"."""
    text = words(name)
    return text[:1].upper() + text[1:]


def institution_words(institution: str) -> str:
    """Return an institution as it stands in a sentence: "without trade"."""
    return INSTITUTIONS.get(institution, f"with {words(institution)}")


def arm_looks(arms: list[str], known: Arms) -> dict[str, Look]:
    """Return the look of each arm: the rule by colour and marker, the institution by line."""
    reference = known.reference
    policies = [(known.group(arm), known.way(arm)) for arm in arms if arm != reference]
    rules = list(dict.fromkeys(rule for rule, _ in policies))
    others = list(dict.fromkeys(name for _, name in policies if name not in ("", NO_TRADE)))
    lines: dict[str, Line] = {"": SOLID, NO_TRADE: DASHED}
    lines |= {name: OTHER_LINES[i % len(OTHER_LINES)] for i, name in enumerate(others)}
    looks = {reference: Look(label(reference), INK, "", SOLID)}
    for arm, (rule, institution) in zip((a for a in arms if a != reference), policies, strict=True):
        i = rules.index(rule)
        looks[arm] = Look(
            label(arm),
            RULE_COLOURS[i % len(RULE_COLOURS)],
            RULE_MARKERS[i % len(RULE_MARKERS)],
            lines[institution],
        )
    return {arm: looks[arm] for arm in arms}


def institution_looks(arms: list[str], known: Arms) -> dict[str, Look]:
    """Return the look of each institution where colour tells institutions apart, not rules."""
    names = list(dict.fromkeys(known.way(arm) for arm in arms if arm != known.reference))
    return {
        name: Look(
            label(name) if name else "Arm of the panel",
            RULE_COLOURS[i % len(RULE_COLOURS)],
            RULE_MARKERS[i % len(RULE_MARKERS)],
            DASHED if name == NO_TRADE else SOLID,
        )
        for i, name in enumerate(names)
    }
