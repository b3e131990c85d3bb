"""A finding as plain values, for JSON and for whoever reads on."""

from typing import Any

from analysis.findings.claims import Claim
from analysis.findings.finding import Finding
from analysis.verdicts.verdict import Verdict


def as_words(found: Finding) -> dict[str, Any]:
    """Return a finding as plain values, as JSON holds them; what is missing is null."""
    experiment = found.comparison.experiment
    years = experiment.arms[0].scenario.horizon.years
    return {
        "experiment": experiment.name,
        "title": experiment.title,
        "years": [years[0], years[-1]],
        "arms": list(found.arms.labels),
        "reference": found.arms.reference,
        "replications": found.replications,
        "fewest_replications": found.fewest,
        "economies": experiment.economies,
        "seed": experiment.seed,
        "finding": [
            {"statement": one.text, "held": one.held, "of": one.replications, "share": one.share}
            for one in found.statements
        ],
        "outcomes": [_verdict_words(one, found.needed) for one in found.verdicts],
        "claims": [
            {name: getattr(claim, name) for name in Claim.__slots__} for claim in found.claims
        ],
        "failed": found.comparison.failures,
        "folder": str(found.comparison.folder),
        "pictures": [str(path) for path in found.comparison.pictures],
    }


def _verdict_words(one: Verdict, needed: dict[str, int]) -> dict[str, Any]:
    outcome = one.outcome
    return {
        "outcome": outcome.word,
        "label": outcome.label,
        "unit": outcome.unit,
        "better": outcome.direction,
        "matters_from": one.material,
        "replications_needed": needed.get(outcome.word),
        "replications_compared": len(one.compared),
        "arms": [
            {
                "arm": arm,
                "mean": _null(one.mean(arm)),
                "half_interval": _null(one.half(arm)),
                "groups": one.groups.letters(arm),
            }
            for arm in map(str, one.values)
        ],
        "pairs": [
            {
                "lower": pair.lower,
                "higher": pair.higher,
                "difference": pair.gap.mean,
                "low": _null(pair.gap.low),
                "high": _null(pair.gap.high),
                "held": pair.held,
                "of": pair.replications,
                "told_apart": pair.apart,
            }
            for pair in one.pairs
        ],
    }


def _null(value: float) -> float | None:
    return None if value != value else value
