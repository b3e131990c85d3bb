"""Findings: what a comparison says, in sentences, and how surely."""

from analysis.findings.finding import Finding, finding

__all__ = ["Finding", "finding"]
