"""Months dropped in any order, some twice, some renamed, one corrected: trusted ends with exactly the right rows."""

import random

import pytest

from lake_assets_tests.flow.a_lake import ALake
from lake_assets_tests.flow.months import Inbox, corrected, declare, months, records_of


@pytest.fixture(params=range(3), scope="module")
def inbox(request, tmp_path_factory):
    """All dropped and ingested, in groups of random size."""
    a_lake = ALake(tmp_path_factory.mktemp("lake"))
    declare(a_lake)
    inbox, chance = Inbox(a_lake), random.Random(request.param)
    for name, content in _drops(chance, months(request.param)):
        inbox.drop(name, content)
        if chance.random() < 0.2:
            a_lake.ingest_whole()
    a_lake.ingest_whole()
    return inbox


def _drops(chance, files):
    named = [(f"{month:02}.csv", content) for month, content in enumerate(files, start=1)]
    again = chance.sample(named, 3)
    renamed = [(f"copy-of-{name}", content) for name, content in chance.sample(named, 3)]
    drops = [*named, *again, *renamed]
    chance.shuffle(drops)
    name, content = chance.choice(named)
    return [*drops, (name, corrected(content, 7))]


def _origins(a_lake, table):
    """The landed bytes and record number that each row points to, by the row's other values."""
    held = a_lake.landed_bytes()
    paths = dict(a_lake.rows("governance.processed_files", "file_id", "path"))
    return [
        (row, held[paths[row["_file"]]], row["_row"]) for row in a_lake.frame(table).iter_rows(named=True)
    ]


def test_trusted_has_the_last_version_of_every_departure_and_no_other_row(inbox):
    found = [(content, row) for _, content, row in _origins(inbox.a_lake, "trusted.flights")]
    assert sorted(found) == sorted(inbox.accepted.values())


def test_every_row_says_what_the_landed_record_says(inbox):
    for row, content, number in _origins(inbox.a_lake, "trusted.flights"):
        record = records_of(content)[number - 1]
        delay = "NA" if row["dep_delay"] is None else str(row["dep_delay"])
        hour = row["time_hour"].strftime("%Y-%m-%dT%H:%M:%SZ")
        numbers = (str(row["flight"]), delay, str(row["distance"]))
        assert record == (str(row["month"]), hour, row["carrier"], *numbers)


def test_quarantine_has_every_record_that_breaks_a_rule_once(inbox):
    found = [(content, row) for _, content, row in _origins(inbox.a_lake, "quarantine.flights")]
    assert sorted(found) == sorted(inbox.set_aside)


def test_formatted_has_every_record_ever_received_once(inbox):
    found = [(content, row) for _, content, row in _origins(inbox.a_lake, "formatted.flights")]
    expected = [
        (content, row) for content in inbox.received for row in range(1, len(records_of(content)) + 1)
    ]
    assert sorted(found) == sorted(expected)


def test_the_facts_are_those_of_the_trusted_rows(inbox):
    columns = ["time_hour", "carrier", "flight", "dep_delay", "_file", "_row"]
    facts = inbox.a_lake.frame("exploitation.flight_facts").select(columns)
    trusted = inbox.a_lake.frame("trusted.flights").select(columns)
    assert facts.sort(columns).equals(trusted.sort(columns))
