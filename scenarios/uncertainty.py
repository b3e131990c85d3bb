"""Uncertainties of an experiment: numbers that nobody knows, drawn from ranges."""

from typing import Literal

import numpy as np
from pydantic import Field, model_validator

from model.arrays import AnyArray, AnyFloats
from scenarios.quantity import Section


class Uncertainty(Section):
    """A number of the scenarios that is drawn anew in every world, the same for all arms."""

    key: str
    """Key of a scenario, such as compliance.audit."""
    low: float
    high: float
    distribution: Literal["uniform", "log_uniform", "integer", "triangular"] = "uniform"
    """Even in the value, in its logarithm, over whole numbers, or highest at `mode`."""
    mode: float | None = None
    """Likeliest value of the triangular one; the middle if absent."""
    unit: str = Field("", max_length=30)
    """Of key, low and high; that of the key's default range if absent."""
    source: str = Field("", max_length=300)
    """Reason for the range."""

    @model_validator(mode="after")
    def _range(self) -> "Uncertainty":
        if not self.low < self.high:
            raise ValueError(f"{self.key}: low {self.low:g} must lie below high {self.high:g}")
        if self.distribution == "log_uniform" and self.low <= 0:
            raise ValueError(f"{self.key}: low {self.low:g} must be positive for log_uniform")
        if self.mode is not None and not self.low <= self.mode <= self.high:
            raise ValueError(f"{self.key}: mode {self.mode:g} lies outside its range")
        return self

    def at(self, share: AnyFloats) -> AnyFloats:
        """Return the values at shares of the distribution, 0 to 1: its inverse."""
        low, high = self.low, self.high
        match self.distribution:
            case "log_uniform":
                return np.asarray(low * (high / low) ** share)
            case "integer":
                return np.minimum(np.floor(low + share * (high - low + 1)), high)
            case "triangular":
                return self._triangular(share)
            case _:
                return np.asarray(low + (high - low) * share)

    def value(self, share: float) -> float | int:
        """Return one value, whole where it must be."""
        found = float(self.at(np.array([share]))[0])
        return int(found) if self.distribution == "integer" else found

    def share_of(self, values: AnyArray) -> AnyFloats:
        """Return the share of the distribution that lies below values: it undoes `at`."""
        low, high = self.low, self.high
        match self.distribution:
            case "log_uniform":
                return np.asarray(np.log(values / low) / np.log(high / low))
            case "integer":
                return np.asarray((values - low + 0.5) / (high - low + 1))
            case "triangular":
                top = self._top
                below = (values - low) ** 2 / ((high - low) * (top - low or 1.0))
                above = 1 - (high - values) ** 2 / ((high - low) * (high - top or 1.0))
                return np.where(values < top, below, above)
            case _:
                return np.asarray((values - low) / (high - low))

    @property
    def _top(self) -> float:
        """Likeliest value of the triangular distribution."""
        return (self.low + self.high) / 2 if self.mode is None else self.mode

    def _triangular(self, share: AnyFloats) -> AnyFloats:
        low, high, top = self.low, self.high, self._top
        turn = (top - low) / (high - low)
        rising = low + np.sqrt(share * (high - low) * (top - low))
        falling = high - np.sqrt((1 - share) * (high - low) * (high - top))
        return np.where(share < turn, rising, falling)
