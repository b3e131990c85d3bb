"""How surely answers hold: worlds drawn from what nobody knows, and what they say of the rules."""

from analysis.uncertainty.doors import ema_model, salib_problem, to_xarray
from analysis.uncertainty.robustness import robustness
from analysis.uncertainty.search import search
from analysis.uncertainty.sensitivity import sensitivity

__all__ = ["ema_model", "robustness", "salib_problem", "search", "sensitivity", "to_xarray"]
