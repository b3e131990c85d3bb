"""Renew the tables of docs/known-truth.md: python -m analysis.studies.known_truth."""

import sys

from analysis.studies.known_truth.report import DOCUMENT, renewed
from analysis.studies.known_truth.study import study

if __name__ == "__main__":
    document = renewed(DOCUMENT.read_text(encoding="utf-8"), study())
    DOCUMENT.write_text(document, encoding="utf-8", newline="\n")
    sys.stdout.write(f"renewed the tables of {DOCUMENT}\n")
