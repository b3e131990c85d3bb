"""What the results say and how surely, in each language of the page; see `analysis.findings`."""

from collections.abc import Sequence
from typing import Any

from analysis.findings.claims import Claim
from analysis.findings.finding import leads_of, statements_of, verdicts_in
from analysis.findings.precision import precision_words
from analysis.findings.tongue import ENGLISH
from analysis.report.chinese import chinese
from analysis.report.finished_results import FinishedResults
from analysis.report.packing import plain
from analysis.report.page_files import LANGUAGES, words


def findings(results: FinishedResults) -> dict[str, Any]:
    """Return statements with the runs in which they hold, and claims with the share of worlds."""
    leads = leads_of(verdicts_in(results.outcomes, results.experiment))
    one_run = int(results.outcomes["replication"].nunique()) == 1
    told: dict[str, Any] = {}
    for language, tongue in zip(LANGUAGES, (ENGLISH, chinese(results.arms)), strict=True):
        said = statements_of(leads, results.arms, tongue)
        told[language] = {
            "statements": [
                {"text": one.sentence, "held": one.held, "of": one.replications} for one in said
            ],
            "precision": tongue.phrases["one_run"] if one_run else precision_words(leads, tongue),
        }
    return {"findings": told, "claims": _claims(results.claims)}


def _claims(claims: Sequence[Claim]) -> list[dict[str, Any]]:
    """Return claims as the page shows them, by the lower end of their intervals, undecided last."""
    ranked = sorted(claims, key=lambda claim: -claim.low if claim.share == claim.share else 1)
    return [
        {
            "statement": words().get(f"claim.{claim.statement}", [claim.statement] * 2),
            "share": plain(claim.share),
            "low": plain(claim.low),
            "high": plain(claim.high),
            "worlds": claim.worlds,
            "drawn": claim.drawn,
            "where": claim.fails_where,
        }
        for claim in ranked
    ]
