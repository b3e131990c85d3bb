"""Findings: what a comparison says, how surely, and which arms cannot be told apart."""

from analysis.findings.finding import Finding, finding

__all__ = ["Finding", "finding"]
