"""Study of an experiment: which worlds its uncertain numbers are tried in."""

from typing import Literal

from pydantic import Field

from scenarios.quantity import Section

MOST_WORLDS = 1_000_000
MOST_COMPILED = 1000


class Design(Section):
    """Points of the uncertain numbers that claims are decided in."""

    kind: Literal["halton", "latin_hypercube", "factorial"] = "halton"
    """A Halton sequence, which a larger study goes on with; a Latin hypercube; or every combination
    of some levels."""
    size: int | None = Field(None, ge=1, le=MOST_WORLDS)
    """Worlds; levels of each number where every combination is tried. Absent: as a command says."""
    economies: int = Field(6, ge=1, le=MOST_COMPILED)
    """Economies that worlds take in turn where assumptions of the compile are uncertain."""
