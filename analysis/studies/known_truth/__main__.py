"""Renew the tables of docs/known-truth.md: python -m analysis.studies.known_truth."""

import sys

from analysis.studies.known_truth.noise import noise_study
from analysis.studies.known_truth.report import DOCUMENT, noise_table, renewed, tables
from analysis.studies.known_truth.study import study

if __name__ == "__main__":
    written = tables(study()) | {"noise": noise_table(noise_study())}
    document = renewed(DOCUMENT.read_text(encoding="utf-8"), written)
    DOCUMENT.write_text(document, encoding="utf-8", newline="\n")
    sys.stdout.write(f"renewed the tables of {DOCUMENT}\n")
