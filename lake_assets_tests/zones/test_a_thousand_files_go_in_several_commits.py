"""Many small files: batches of bounded size, commits of bounded size, and every file once."""

import pytest

from lake_assets.model import Zone
from lake_assets_tests.flow.a_lake import step


@pytest.mark.heavy
def test_every_file_is_in_formatted_and_trusted_once(a_lake):
    a_lake.declare("bikes: {from: '*.csv', key: [id]}")
    for number in range(1030):
        a_lake.drop(f"{number:04}.csv", f"id\n{number}\n")
    report = a_lake.ingest_whole()
    formatted = step(report, Zone.FORMATTED, "bikes")
    assert (formatted.files, formatted.rows_out) == (1030, 1030)
    assert a_lake.find("formatted.bikes").version == 2
    assert a_lake.find("governance.processed_files").version == 2
    assert sorted(a_lake.rows("trusted.bikes", "id")) == [(number,) for number in range(1030)]
    assert not a_lake.ingest_whole().is_changed
