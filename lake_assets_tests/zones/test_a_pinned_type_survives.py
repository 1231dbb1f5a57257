"""What inference said of an element at first sight holds from then on, for other files and other processes."""

import json

import polars as pl

from lake_assets.model import Zone
from lake_assets_tests.flow.a_lake import step


def test_leading_zeros_stay_text_when_later_files_have_none(a_lake):
    a_lake.declare("places: {from: '*.csv'}")
    a_lake.drop("a.csv", "zip,people\n00123,7\n")
    a_lake.ingest_whole()
    a_lake.drop("b.csv", "zip,people\n10001,8\n")
    a_lake.ingest_whole()
    assert a_lake.frame("formatted.places").schema["zip"] == pl.String
    assert a_lake.rows("trusted.places", "zip", "people") == [("00123", 7), ("10001", 8)]


def test_what_does_not_fit_the_pinned_type_is_rescued(a_lake):
    a_lake.declare("places: {from: '*.csv'}")
    a_lake.drop("a.csv", "zip,people\n00123,7\n")
    a_lake.ingest_whole()
    a_lake.drop("b.csv", "zip,people\n10001,many\n")
    formatted = step(a_lake.ingest_whole(), Zone.FORMATTED, "places")
    assert (formatted.rows_in, formatted.rows_out) == (1, 1)
    ((people, rescued),) = a_lake.rows("trusted.places", "people", "_rescued")[1:]
    assert people is None
    assert json.loads(rescued) == {"people": "many"}


def test_a_declaration_wins_over_what_was_pinned(a_lake):
    a_lake.declare("places: {from: '*.csv'}")
    a_lake.drop("a.csv", "Zip Code,people\n00123,7\n")
    a_lake.ingest_whole()
    a_lake.declare("places: {from: '*.csv', columns: {zip: {type: text, from: Zip Code}}}")
    a_lake.drop("b.csv", "Zip Code,people\n10001,8\n")
    a_lake.ingest_whole()
    expected = [("00123", None, 7), (None, "10001", 8)]
    assert a_lake.rows("formatted.places", "zip_code", "zip", "people") == expected


def test_columns_say_where_their_rows_come_from(a_lake):
    a_lake.declare(
        "places: {from: '*.csv', columns: {people: {type: int, unit: persons, description: dwellers}}}"
    )
    a_lake.drop("a.csv", "people,zip\n7,1\n")
    a_lake.ingest_whole()
    notes = {column.name: column.metadata for column in a_lake.find("formatted.places").delta.schema().fields}
    assert notes["people"]["comment"] == "dwellers [persons]"
    assert json.loads(notes["zip"]["lake.mapping"]) == {"from": "zip", "type": "int", "layout": ""}
    assert {"_file", "_row", "_rescued"} <= {name for name in notes if "comment" in notes[name]}
