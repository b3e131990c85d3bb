"""Evidence of an experiment: what its pictures are drawn from."""

from dataclasses import dataclass

import pandas as pd

from analysis.figures.outlines import Outlines
from analysis.outcomes.arms import Arms
from analysis.outcomes.city_summary import CitySummary
from analysis.outcomes.class_changes import ClassChanges
from analysis.outcomes.embodied_cuts import EmbodiedCuts
from analysis.verdicts.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Evidence:
    """What pictures of an experiment are drawn from."""

    cities: CitySummary
    national: pd.DataFrame
    changes: ClassChanges
    arms: Arms
    verdicts: dict[str, Verdict]
    """On outcomes that matter, by word."""
    who_pays: pd.DataFrame
    """Burden of each fifth of the cities; see `analysis.outcomes.incidence`."""
    cuts: EmbodiedCuts | None = None
    """What cities abate for one another, where it was reckoned."""
    shapes: Outlines | None = None
    """Of an imported economy; ours if absent."""
