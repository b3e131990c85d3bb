"""Decision records are dated, have a status and stand in their index."""

import pytest

from analysis.documents.decisions import INDEX, decision_table, head, records
from analysis.documents.markdown import between
from data.errors import InputError


@pytest.mark.parametrize("record", records(), ids=lambda record: record.name[:4])
def test_a_record_carries_its_number_date_and_status(record) -> None:
    assert head(record)["number"] == record.name[:4]


def test_records_are_numbered_without_gaps() -> None:
    numbers = [int(record.name[:4]) for record in records()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_index_lists_every_record_as_it_stands() -> None:
    assert between(INDEX.read_text(encoding="utf-8"), "decisions") == decision_table(), (
        "renew it with: .venv/bin/python -m analysis.documents"
    )


def test_what_supersedes_a_record_is_a_later_record() -> None:
    numbers = {record.name[:4] for record in records()}
    for record in records():
        status = head(record)["status"]
        if status.startswith("superseded"):
            later = status.removeprefix("superseded by ").lstrip("[")[:4]
            assert later in numbers
            assert later > record.name[:4]


def test_a_record_without_status_is_refused_with_the_way_out(tmp_path) -> None:
    bare = tmp_path / "0001-bare.md"
    bare.write_text("# 0001 Bare\n\nText.\n", encoding="utf-8")
    with pytest.raises(InputError, match="Status: accepted"):
        head(bare)
