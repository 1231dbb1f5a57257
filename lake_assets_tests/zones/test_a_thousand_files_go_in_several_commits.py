"""Many small files: batches of bounded size, commits of bounded size, and every file once."""

import pytest

from lake_assets.model import Zone
from lake_assets.zones import batches, small_files
from lake_assets_tests.flow.a_lake import step


@pytest.fixture(autouse=True)
def _few_at_once(monkeypatch):
    monkeypatch.setattr(batches, "_FILES_PER_BATCH", 50)
    monkeypatch.setattr(small_files, "_SMALL_FILES", 50)


def test_every_file_is_in_formatted_and_trusted_once(a_lake):
    a_lake.declare("bikes: {from: '*.csv', key: [id]}")
    for number in range(103):
        a_lake.drop(f"{number:04}.csv", f"id,price\n{number},1\n")
    report = a_lake.ingest_whole()
    formatted = step(report, Zone.FORMATTED, "bikes")
    assert (formatted.files, formatted.rows_out) == (103, 103)
    assert a_lake.find("formatted.bikes").version == 2
    assert a_lake.find("governance.processed_files").version == 2
    assert sorted(a_lake.rows("trusted.bikes", "id")) == [(number,) for number in range(103)]
    assert not a_lake.ingest_whole().is_changed


def test_what_comes_slowly_makes_smaller_batches(a_lake, monkeypatch):
    monkeypatch.setattr(batches, "_FILES_OF_A_SLOW_SOURCE", 2)
    monkeypatch.setattr(batches, "_SLOW_S", 0)
    a_lake.declare("bikes: {from: '*.csv', key: [id]}")
    for number in range(4):
        a_lake.drop(f"{number}.csv", f"id,price\n{number},1\n")
    a_lake.ingest_whole()
    assert a_lake.find("governance.processed_files").version == 1


def test_rows_of_files_that_differ_in_turn_say_where_they_are_from(a_lake):
    a_lake.declare("bikes: {from: '*.csv', key: [id], columns: {id: int, price: float}}")
    bodies = ["id,price\n{0},1\n", "id,price,note\n{0},n.a.,9\n", 'id,price\n{0},"1,5"\n', "id,price\n{0}\n"]
    for number in range(12):
        a_lake.drop(f"{number:02}.csv", bodies[number % 4].format(number))
    a_lake.ingest_whole()
    names = dict(a_lake.rows("governance.processed_files", "file_id", "name"))
    found = sorted(a_lake.rows("formatted.bikes", "id", "_file", "_row", "note"))
    whole = [number for number in range(12) if number % 4 != 3]
    assert [(number, names[file], row) for number, file, row, _ in found] == [
        (number, f"{number:02}.csv", 1) for number in whole
    ]
    assert {number for number, *_, note in found if note} == {1, 5, 9}
    assert len(a_lake.rows("quarantine.bikes", "_file")) == 3
