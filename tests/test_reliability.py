"""Hostile and damaged inputs: each trial ends as it should, and the count is told."""

import re

import numpy as np
import pytest

from analysis.documents.markdown import between
from analysis.reliability import combinations, command_lines, report
from analysis.reliability.door import DONE, LATE, REFUSED, SEVERAL, TRACEBACK, WRONG, tried
from data.errors import InputError

FEW = {
    "scenario files, mutated": 15,
    "scenarios at the ends of all ranges": 3,
    "command lines": 15,
    "results, damaged": 3,
    "studies, killed and gone on with": 1,
    "institutions × rules × decisions × shortages": 8,
}


def said_by(error: BaseException) -> str:
    def call() -> bool:
        raise error

    return tried(call).end


def test_every_end_of_a_trial_is_told_apart() -> None:
    assert said_by(InputError("one line")) == REFUSED
    assert said_by(InputError("two\nlines")) == SEVERAL
    assert said_by(PermissionError(13, "closed", "x")) == REFUSED
    assert said_by(KeyError("x")) == TRACEBACK
    assert said_by(RuntimeWarning("overflow")) == TRACEBACK
    assert tried(lambda: True).end == DONE
    assert tried(lambda: False).end == WRONG


def test_a_trial_that_hangs_is_ended_and_told() -> None:
    def hang() -> bool:
        while True:
            pass

    assert tried(hang, 0.05).end == LATE


def test_a_few_trials_of_every_kind_end_as_they_should() -> None:
    found = report.verdicts(FEW)
    assert report.failures(found) == "- none"
    assert report.table(found)["tried"].tolist() == list(FEW.values())
    assert report.table(found)[DONE].sum() > 0


def test_command_lines_are_drawn_from_the_commands_own_table() -> None:
    known = command_lines.commands()
    lines = [command_lines.drawn(np.random.default_rng(n)) for n in range(1500)]
    assert {("serve",), ("city",), ("data", "template")} <= set(known)
    assert {path for path in known if any(tuple(line[: len(path)]) == path for line in lines)} == (
        set(known)
    )
    words = {word for line in lines for word in line}
    options = {option for own in known.values() for one in own for option in one.opts}
    assert {option for option in options if option.startswith("--")} <= words


def test_no_command_line_that_is_tried_computes_or_removes_anything(tmp_path) -> None:
    for words in (
        ["run", "default"],
        ["robustness", "allocation_rules"],
        ["data", "cache", "--clear"],
    ):
        assert command_lines.answered(words, tmp_path).end == DONE


def test_the_page_tells_of_every_kind_that_is_tried() -> None:
    table = between(report.DOCUMENT.read_text(encoding="utf-8"), "reliability")
    for kind in report.TIMES:
        assert re.search(rf"\| {re.escape(kind)} \| [1-9]", table)


def test_a_kind_that_takes_long_is_tried_less_often() -> None:
    assert len(report.verdicts({"command lines": 9}, longest=0.0)["command lines"]) == 0


def test_every_combination_is_tried_once() -> None:
    every = {
        number * combinations.STEP % len(combinations.ALL)
        for number in range(len(combinations.ALL))
    }
    assert len(every) == len(combinations.ALL)


@pytest.mark.study
def test_all_trials_of_the_page_end_as_they_should() -> None:
    assert report.failures(report.verdicts(report.TIMES)) == "- none"
