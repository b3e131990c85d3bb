"""What a trial comes to so far: means over replications, bands, and differences from no policy."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.live.live_run import COURSES, MAPPED, SHOWN, Told
from analysis.live.trial import Trial
from analysis.outcomes.bands import band_ends
from analysis.outcomes.paired import paired
from analysis.report.measures import Unit, unit_of
from analysis.report.packing import plain

Units = Mapping[str, Unit]
"""Units of national columns that the arms beside are shown in; the others suit the trial."""


def summary(trial: Trial, units: Units) -> dict[str, Any]:
    """Return what the page shows of a trial, as JSON knows it."""
    told = {"state": trial.state, "of": trial.replications, "runs": len(trial.pairs)}
    if trial.fault:
        return {**told, "fault": trial.fault}
    if not trial.pairs:
        return told
    policy = [pair.policy for pair in trial.pairs]
    without = [pair.without for pair in trial.pairs]
    return {
        **told,
        "courses": {name: _course(name, policy, without, units) for name in COURSES},
        "outcomes": {outcome.word: _outcome(outcome.word, policy, without) for outcome in SHOWN},
        "cities": {name: _cities(name, policy, without) for name in MAPPED},
    }


def _course(
    name: str, policy: Sequence[Told], without: Sequence[Told], units: Units
) -> dict[str, Any]:
    """Return mean and band of a national column by year, and its mean without policy."""
    own, other = (pd.DataFrame([run.courses[name] for run in runs]) for runs in (policy, without))
    mean = own.mean().to_numpy()
    low, high = (
        own.quantile(end).to_numpy() if len(own) > 1 else np.full(mean.shape, np.nan)
        for end in band_ends(len(own))
    )
    reference = other.mean().to_numpy()
    both = np.concatenate([mean, reference])
    unit = units[name] if name in units else unit_of(name, both, national=True)
    return {
        "unit": unit.word,
        "mean": plain(mean / unit.size),
        "low": plain(low / unit.size),
        "high": plain(high / unit.size),
        "reference": plain(reference / unit.size),
    }


def _outcome(word: str, policy: Sequence[Told], without: Sequence[Told]) -> dict[str, Any]:
    values = pd.DataFrame(
        {
            "policy": [run.outcomes[word] for run in policy],
            "without": [run.outcomes[word] for run in without],
        }
    )
    gap = paired(values, "policy", "without")
    return {
        "mean": plain(values["policy"].mean()),
        "reference": plain(values["without"].mean()),
        "from_no_policy": plain([gap.mean, gap.low, gap.high]),
    }


def _cities(name: str, policy: Sequence[Told], without: Sequence[Told]) -> dict[str, Any]:
    """Return the means of a city column in the last year, with and without policy."""
    own, other = (
        pd.DataFrame([run.cities[name] for run in runs]).mean().to_numpy()
        for runs in (policy, without)
    )
    unit = unit_of(name, own)
    return {
        "unit": unit.word,
        "values": plain(own / unit.size),
        "reference": plain(other / unit.size),
    }
