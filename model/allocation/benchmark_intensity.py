"""Benchmark intensity: quota for output, at a benchmark of emissions for each sector."""

import numpy as np

from model.allocation.knowledge import Knowledge
from model.arrays import ByCity
from model.footprints.targeted import best_practice


def benchmark_intensity(cap: float, knowledge: Knowledge) -> ByCity:
    """Return Σ_s x_is b_s, rescaled to the cap, t.

    As in China's national scheme. b_s is the mean intensity of the cities in the base year,
    falling every year by the same rate until it meets the sector's best decile, or that decile
    itself (a choice). Rescaling cancels a fall that all sectors share; what remains is that
    sectors near their best practice stop earlier.
    """
    choices, x, S = knowledge.choices, knowledge.output, knowledge.intensity
    total = x.sum(axis=0)
    mean = np.divide((x * S).sum(axis=0), total, out=np.zeros_like(total), where=total > 0)
    best = best_practice(S, x)
    falling = mean * (1.0 - choices.benchmark_fall) ** knowledge.year
    benchmark = best if choices.best_practice else np.maximum(falling, np.minimum(best, mean))
    earned = x @ benchmark
    return cap * earned / earned.sum()
