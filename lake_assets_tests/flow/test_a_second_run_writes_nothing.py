"""A run that finds nothing new changes no table and leaves no file."""

import pytest

from lake_assets_tests.flow.months import Inbox, declare, months


@pytest.fixture
def ingested(a_lake):
    declare(a_lake)
    inbox = Inbox(a_lake)
    for number, content in enumerate(months(1)[:4]):
        inbox.drop(f"{number}.csv", content)
    a_lake.drop("flights/broken.csv", b"time_hour,carrier,flight,distance\n1,2\n")
    a_lake.ingest_whole()
    return a_lake


def test_nothing_is_said_to_have_changed(ingested):
    assert not ingested.ingest_whole().is_changed


def test_every_table_stays_at_its_version(ingested):
    before = ingested.versions()
    ingested.ingest_whole()
    assert ingested.versions() == before


def test_no_file_appears_or_goes(ingested):
    before = ingested.paths()
    ingested.ingest_whole()
    assert ingested.paths() == before


def test_a_file_that_was_touched_is_a_duplicate_and_nothing_more(ingested):
    before = ingested.versions()
    ingested.drop("flights/0.csv", months(1)[0])
    ingested.ingest_whole()
    changed = {table for table, version in ingested.versions().items() if before[table] != version}
    assert changed == {"governance.processed_files", "governance.operations"}
