from datetime import UTC, datetime

from lake_assets.quality import PARSES, QUARANTINE_SCHEMA, quarantine_records

NOW = datetime(2024, 5, 6, tzinfo=UTC)


def test_their_text_and_place_are_kept():
    bad = [(7, 3, 'a,"b', "a quote is open"), (7, 9, "", "no columns")]
    found = quarantine_records(bad, run_id="r1", at=NOW).collect()
    assert found.schema == QUARANTINE_SCHEMA
    assert found.row(0) == (7, 3, "formatted", [PARSES], "a quote is open", 'a,"b', "r1", NOW, [""])
    assert found["_row"].to_list() == [3, 9]


def test_none_is_an_empty_table_of_the_same_schema():
    found = quarantine_records([], run_id="r1", at=NOW).collect()
    assert (found.height, found.schema) == (0, QUARANTINE_SCHEMA)
