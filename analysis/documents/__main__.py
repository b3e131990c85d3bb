"""Renew the generated parts of the documents: python -m analysis.documents."""

import sys

from analysis.documents.decisions import INDEX, decision_table
from analysis.documents.markdown import with_table
from analysis.documents.odd import TABLE_PAGE, renew
from analysis.documents.year_of_a_city import PAGE, renew_page

if __name__ == "__main__":
    renew(TABLE_PAGE)
    INDEX.write_text(
        with_table(INDEX.read_text(encoding="utf-8"), "decisions", decision_table()),
        encoding="utf-8",
        newline="\n",
    )
    renew_page()
    sys.stdout.write(f"renewed {TABLE_PAGE}, {INDEX} and {PAGE}\n")
