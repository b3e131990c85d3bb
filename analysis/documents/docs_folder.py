"""The folder of documents: that of the checkout this code stands in."""

from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"
