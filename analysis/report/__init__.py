"""The report: results of an experiment as one page that needs no network."""

from analysis.report.animation import write_animation
from analysis.report.report import write_report

__all__ = ["write_animation", "write_report"]
