"""Outcomes as the page compares them: means, paired differences, groups not told apart."""

from typing import Any

from analysis.findings.finding import verdicts_in
from analysis.outcomes.outcomes import OUTCOMES
from analysis.report.finished_results import FinishedResults
from analysis.report.packing import plain
from analysis.verdicts.short_names import MATTER
from analysis.verdicts.verdict import Verdict

DIGITS = {outcome.word: outcome.digits for outcome in OUTCOMES}
DIFFERENCES = ("from_no_policy", "from_best")


def compared_outcomes(results: FinishedResults) -> list[dict[str, Any]]:
    """Return every outcome with a row for each arm, in the order of the arms."""
    there = [word for word in DIGITS if word in results.outcomes]
    known = [word for word in there if results.outcomes[word].notna().any()]
    verdicts = {v.outcome.word: v for v in verdicts_in(results.outcomes, results.experiment, known)}
    found = []
    for word, rows in results.ranking.groupby("outcome", sort=False):
        records: list[dict[Any, Any]] = rows.to_dict("records")
        by_arm = {str(row["arm"]): row for row in records}
        if word not in verdicts or not any(row["mean"] == row["mean"] for row in by_arm.values()):
            continue
        first, verdict = rows.iloc[0], verdicts[str(word)]
        found.append(
            {
                "word": str(word),
                "label": str(first["label"]),
                "unit": str(first["unit"]),
                "better": str(first["better"]),
                "digits": DIGITS.get(str(word), 3),
                "first": word in MATTER,
                "rows": [plain(_row(arm, by_arm.get(arm, {}), verdict)) for arm in results.names],
            }
        )
    return found


def _row(arm: str, row: dict[Any, Any], verdict: Verdict) -> dict[str, Any]:
    told = bool(verdict.pairs) and verdict.replications > 1
    groups = verdict.groups.of(arm) if told else ()
    return {
        "mean": row.get("mean"),
        "groups": verdict.groups.in_short(arm) if groups else "",
        "group": sum(groups) / len(groups) if groups else None,
        **{
            name: [row.get(name), row.get(f"{name}_low"), row.get(f"{name}_high")]
            for name in DIFFERENCES
        },
        "dominated": row.get("dominated_by") or "",
    }
