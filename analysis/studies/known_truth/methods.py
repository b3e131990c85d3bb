"""Ways to city tables that are tried against the truth: the compile, its variants, baselines."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from analysis.studies.known_truth.baselines import gravity, proportional
from analysis.studies.known_truth.findings import Findings, of_trade_form
from model.compile.assumptions import Assumptions
from model.compile.compile import compile_tables
from model.compile.figures import Figures

Method = Callable[[Figures], Findings]


def compiled(figures: Figures, assumptions: Assumptions) -> Findings:
    """Return the findings of the compiled city tables.

    Raises
    ------
    model.compile.balancing.Unbalanced
        If provincial or city margins cannot be met.
    """
    tables = compile_tables(figures, assumptions)
    return of_trade_form(tables.trade, tables.d, tables.x, tables.S)


DEFAULT = Assumptions()
FIVE = replace(DEFAULT, home_weight=5.0)
ONE = replace(DEFAULT, home_weight=1.0)
METHODS: dict[str, Method] = {
    "compile": partial(compiled, assumptions=DEFAULT),
    "compile, home weight 5": partial(compiled, assumptions=FIVE),
    "compile, home weight 1": partial(compiled, assumptions=ONE),
    "compile, output tilt 1.5": partial(compiled, assumptions=replace(DEFAULT, output_tilt=1.5)),
    "compile, output tilt 0": partial(compiled, assumptions=replace(DEFAULT, output_tilt=0.0)),
    "compile, demand as GDP": partial(
        compiled, assumptions=replace(DEFAULT, income_elasticity=1.0)
    ),
    "compile, demand as provinces": partial(
        compiled, assumptions=replace(DEFAULT, demand="provinces")
    ),
    "compile, curves alone": partial(compiled, assumptions=replace(DEFAULT, investment_weight=0.0)),
    "compile, without jobs": partial(compiled, assumptions=replace(DEFAULT, jobs_weight=0.0)),
    "compile, before city statistics": partial(
        compiled,
        assumptions=replace(DEFAULT, demand="provinces", jobs_weight=0.0, capacity_weight=0.5),
    ),
    "gravity": partial(gravity, assumptions=DEFAULT),
    "gravity, home weight 5": partial(gravity, assumptions=FIVE),
    "gravity, home weight 1": partial(gravity, assumptions=ONE),
    "proportional": proportional,
}
"""Methods by name; where none is named the home weight is the default of the assumptions."""
REFERENCE = "compile"
"""The method that all others are compared with: the compile as it comes."""
