"""The index of decision records: number, title, date and status of each."""

import re
from pathlib import Path

import pandas as pd

from analysis.documents.docs_folder import DOCS
from analysis.documents.markdown import markdown
from data.errors import InputError

FOLDER = DOCS / "decisions"
INDEX = FOLDER / "index.md"
"""The page whose table `decision_table` writes."""

STATUS = r"accepted|superseded by \[?\d{4}"
HEAD = re.compile(
    rf"# (?P<number>\d{{4}}) (?P<title>.+)\n\n- Date: (?P<date>\d{{4}}-\d\d-\d\d)\n"
    rf"- Status: (?P<status>(?:{STATUS}).*)\n"
)


def records() -> list[Path]:
    """Return the files of all decision records, oldest first."""
    return sorted(FOLDER.glob("[0-9]*.md"))


def head(record: Path) -> dict[str, str]:
    """Return number, title, date and status of a decision record.

    Raises
    ------
    InputError
        If it does not begin with these three lines.
    """
    found = HEAD.match(record.read_text(encoding="utf-8"))
    if found is None:
        raise InputError(
            f"{record.name} must begin with '# NNNN Title', then '- Date: YYYY-MM-DD' and"
            " '- Status: accepted' or '- Status: superseded by NNNN'"
        )
    return found.groupdict()


def decision_table() -> str:
    """Return the index as a Markdown table, a row for each record."""
    rows = []
    for record in records():
        said = head(record)
        title = f"[{said['number']} {said['title']}]({record.name})"
        rows.append((title, said["date"], said["status"]))
    return markdown(pd.DataFrame(rows, columns=["record", "date", "status"]))
