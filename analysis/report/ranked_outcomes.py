"""Outcomes of the ranking as the page draws them: means, paired differences, ranks."""

from typing import Any

from analysis.outcomes.outcomes import OUTCOMES
from analysis.report.finished_results import FinishedResults
from analysis.report.packing import plain

FIRST = (
    "emissions",
    "abatement_cost",
    "price",
    "compliance",
    "free_riding",
    "burden_poor",
    "strong_policy",
)
"""Outcomes of the matrix as it opens."""
DIGITS = {outcome.word: outcome.digits for outcome in OUTCOMES}
DIFFERENCES = ("from_no_policy", "from_best")


def ranked_outcomes(results: FinishedResults) -> list[dict[str, Any]]:
    """Return every outcome with a row for each arm, in the order of the arms."""
    found = []
    for word, rows in results.ranking.groupby("outcome", sort=False):
        records: list[dict[Any, Any]] = rows.to_dict("records")
        by_arm = {str(row["arm"]): row for row in records}
        if not any(row["mean"] == row["mean"] for row in by_arm.values()):
            continue
        first = rows.iloc[0]
        found.append(
            {
                "word": str(word),
                "label": str(first["label"]),
                "unit": str(first["unit"]),
                "better": str(first["better"]),
                "digits": DIGITS.get(str(word), 3),
                "first": word in FIRST,
                "rows": [plain(_row(by_arm.get(arm, {}))) for arm in results.names],
            }
        )
    return found


def _row(row: dict[Any, Any]) -> dict[str, Any]:
    return {
        "mean": row.get("mean"),
        "rank": row.get("rank"),
        **{
            name: [row.get(name), row.get(f"{name}_low"), row.get(f"{name}_high")]
            for name in DIFFERENCES
        },
        "dominated": row.get("dominated_by") or "",
    }
