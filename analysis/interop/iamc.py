"""National results in the IAMC's format: Model, Scenario, Region, Variable, Unit, Year, Value."""

from dataclasses import dataclass

import pandas as pd

from analysis.outcomes.shown_money import in_money

MODEL = "Quotapolis"
REGION = "All cities"
COLUMNS = ["Model", "Scenario", "Region", "Variable", "Unit", "Year", "Value"]
ENDS = {"2.5th Percentile": 0.025, "97.5th Percentile": 0.975}
"""Of replications, beside their mean, where there are several."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of the IAMC and the national column it comes from."""

    name: str
    unit: str
    column: str
    factor: float
    """Multiplies the column."""


VARIABLES = (
    Variable("Emissions|CO2", "Mt CO2/yr", "emissions", 1e-6),
    Variable("Emissions|CO2|Cap", "Mt CO2/yr", "cap", 1e-6),
    Variable("Price|Carbon", "CNY/t CO2", "price", 1.0),
    Variable("Trade|Emissions Allowances|Volume", "Mt CO2/yr", "volume", 1e-6),
    Variable("GDP|MER", "billion CNY/yr", "value_added", 1e-5),
    Variable("Policy Cost|Area under MAC Curve", "billion CNY/yr", "abatement_cost", 1e-9),
    Variable("Policy Cost|GDP Loss", "billion CNY/yr", "value_added_change", -1e-5),
    Variable("Revenue|Government|Auction", "billion CNY/yr", "auction_revenue", 1e-9),
)


def iamc(national: pd.DataFrame, model: str = MODEL, region: str = REGION) -> pd.DataFrame:
    """Return a row an arm, variable and year: mean over replications, with percentiles beside.

    An arm is a scenario. What is missing, such as a price without trade, has no row.
    """
    parts = []
    several = len(national["replication"].unique()) > 1
    for variable in VARIABLES:
        if variable.column not in national:
            continue
        values = variable.factor * national[variable.column].astype("float64")
        groups = values.groupby([national["arm"].astype(str), national["year"]], sort=False)
        found = {variable.name: groups.mean()}
        if several:
            found |= {f"{variable.name}|{end}": groups.quantile(q) for end, q in ENDS.items()}
        for name, series in found.items():
            table = series.rename("Value").rename_axis(["Scenario", "Year"]).reset_index()
            table = table.assign(
                Model=model, Region=region, Variable=name, Unit=in_money(variable.unit)
            )
            parts.append(table.dropna(subset="Value")[COLUMNS])
    return pd.concat(parts, ignore_index=True)
