"""Words that a file says of itself: names fit for folders, titles fit for a terminal."""

import re
import unicodedata
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field

from data.errors import UNSEEN

LONGEST_NAME = 64
"""Most letters of a name: run ids, file names and tables hold it."""
LONGEST_TITLE = 300
"""Most letters of a title: a line or two of a terminal."""


def _named(word: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_+-]*", word) or len(word) > LONGEST_NAME:
        raise ValueError(
            f"a name has lower-case letters, digits, _, + and - alone, at most {LONGEST_NAME} of"
            " them, and begins with a letter or digit"
        )
    return word


def _titled(title: str) -> str:
    for letter in title:
        if unicodedata.category(letter) in UNSEEN:
            raise ValueError(f"a title is one line of letters, without {letter!r}")
    return title


Name = Annotated[str, AfterValidator(_named)]
"""Lower-case letters, digits, `_`, `+`, `-`; never a path."""
Title = Annotated[str, Field(max_length=LONGEST_TITLE), AfterValidator(_titled)]
"""One line, without characters that steer a terminal."""


def name_of_file(path: str | Path) -> str:
    """Return the name that a file gives what it describes: its stem, as far as names allow."""
    kept = re.sub(r"[^a-z0-9_+-]", "_", Path(path).stem.lower()).lstrip("_+-")
    return kept[:LONGEST_NAME] or "scenario"
