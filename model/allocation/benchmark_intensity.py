"""Benchmark intensity: quota for output, at a benchmark of emissions for each sector."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.allocation.knowledge import Knowledge
from model.arrays import ByCity, Number
from model.footprints.targeted import best_practice
from model.registry import parameter
from model.runs import total


@dataclass(frozen=True, slots=True)
class Benchmark:
    """Parameters of benchmark_intensity."""

    benchmark: Literal["mean", "best_decile"] = parameter(
        "mean",
        "word",
        "a choice",
        "Benchmark of a sector: mean of the cities, or their best decile.",
    )
    fall: float = parameter(
        0.01,
        "1/yr",
        "assumed",
        "Yearly fall of the mean benchmark, as far as the best decile.",
        ge=0,
        lt=1,
        bounds="a share",
    )


def benchmark_intensity(cap: Number, knowledge: Knowledge, parameters: Benchmark) -> ByCity:
    """Return Σ_s x_is b_s, rescaled to the cap, t.

    As in China's national scheme. b_s is the mean of the cities' intensities in the base year,
    weighted by last year's output and falling every year by the same rate until it meets the
    sector's best decile, or that decile itself (a choice). The weights move with the mix of
    output: a city's quota by about one per cent until 2030. Rescaling cancels a fall that all
    sectors share; what remains is that sectors near their best practice stop earlier.
    """
    x, S = knowledge.output, knowledge.intensity
    output = x.sum(axis=-2)
    mean = np.divide((x * S).sum(axis=-2), output, out=np.zeros_like(output), where=output > 0)
    best = best_practice(S, x)
    falling = mean * (1.0 - parameters.fall) ** knowledge.year
    falling = np.maximum(falling, np.minimum(best, mean))
    benchmark = best if parameters.benchmark == "best_decile" else falling
    earned = np.vecdot(x, benchmark[..., None, :])
    return cap * earned / total(earned)
