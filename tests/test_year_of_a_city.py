"""The page that follows one city through one year says what a run records."""

import re

import pytest

from analysis.documents.year_of_a_city import CITY, PAGE, TEMPLATE, numbers, page
from data.errors import InputError
from simulation import run
from simulation.quota_model import QuotaModel

HINT = "renew it with: .venv/bin/python -m analysis.documents"


@pytest.mark.full
def test_the_page_is_what_the_command_writes(full) -> None:
    assert PAGE.read_text(encoding="utf-8") == page(full), HINT


def test_the_page_tells_the_phases_of_the_year_in_order() -> None:
    phases = (QuotaModel.step.__doc__ or "").split("\n")[0].rstrip(".").split(", ")
    told = re.findall(r"^## \d+\. (\w+)$", TEMPLATE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [phase.lower() for phase in told] == [phase.lower() for phase in phases]


def test_every_number_of_the_prose_is_recorded_and_every_one_recorded_is_told(small) -> None:
    done = run("default", economy=small)
    known = numbers(done, done.names[0], 2020)
    told = set(re.findall(r"\{\{(\w+)\}\}", TEMPLATE.read_text(encoding="utf-8")))
    assert told == set(known)


def test_a_city_that_is_not_there_is_refused_by_name(small) -> None:
    with pytest.raises(InputError, match=CITY):
        numbers(run("default", economy=small), CITY, 2020)
