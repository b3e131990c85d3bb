"""The command line in this process: what it answers, and with which exit code."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest


@dataclass(frozen=True, slots=True)
class Answer:
    """Exit code and what was written."""

    code: int
    out: str
    err: str

    @property
    def refused_in_one_line(self) -> bool:
        """True where the input was at fault, and one line said so."""
        return self.code == 2 and self.err.count("\n") == 1 and self.err.endswith("\n")


Door = Callable[..., Answer]


@pytest.fixture
def door(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Door:
    """Return the command line as a function of its words."""
    from analysis.command_line.command import main  # here: most tests need none of it

    def answered(*words: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["quotapolis", *words])
        code: object = 0
        try:
            main()
        except SystemExit as end:
            code = end.code
        written = capsys.readouterr()
        return Answer(int(str(code or 0)), written.out, written.err)

    return answered
