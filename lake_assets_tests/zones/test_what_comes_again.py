"""The same bytes again are a duplicate; an origin that goes back to what it was lands again."""

import pytest

from lake_assets.model import Zone
from lake_assets_tests.flow.a_lake import step

A, B = "id,price\n1,5\n", "id,price\n1,6\n"


@pytest.fixture(params=["append", "upsert", "replace"])
def mode(request, a_lake):
    a_lake.declare(f"bikes: {{from: '*.csv', key: [id], write: {request.param}}}")
    return request.param


@pytest.fixture(params=["at once", "one by one"])
def go_on(request, a_lake):
    """Ingest between two drops, or not."""
    return a_lake.ingest_whole if request.param == "one by one" else lambda: None


def _outcomes(a_lake):
    frame = a_lake.frame("governance.processed_files").sort("file_id")
    return frame["outcome"].to_list()


def test_a_copy_under_another_name_goes_no_further(a_lake, mode, go_on):
    for name in ("a.csv", "copy.csv"):
        a_lake.drop(name, A)
        go_on()
    a_lake.ingest_whole()
    assert a_lake.rows("formatted.bikes", "id", "price") == [(1, 5)]
    assert _outcomes(a_lake) == ["landed", "duplicate"]


def test_a_duplicate_names_what_it_repeats(a_lake, mode):
    a_lake.drop("a.csv", A)
    a_lake.drop("copy.csv", A)
    landing = step(a_lake.ingest_whole(), Zone.PERSISTENT_LANDING, "bikes")
    first, second = a_lake.frame("governance.processed_files").sort("file_id").to_dicts()
    assert (landing.files, landing.duplicates) == (1, 1)
    assert (second["duplicate_of"], second["path"]) == (first["file_id"], first["path"])


def test_a_then_b_then_a_ends_with_a(a_lake, mode, go_on):
    for content in (A, B, A):
        a_lake.drop("a.csv", content)
        a_lake.ingest_whole()
    expected = {"append": [(1, 5), (1, 6)], "upsert": [(1, 5)], "replace": [(1, 5)]}
    assert a_lake.rows("trusted.bikes", "id", "price") == expected[mode]
    last = "duplicate" if mode == "append" else "landed"
    assert _outcomes(a_lake) == ["landed", "landed", last]


def test_a_new_version_of_a_name_lands(a_lake, mode):
    a_lake.drop("a.csv", A)
    a_lake.ingest_whole()
    a_lake.drop("a.csv", B)
    a_lake.ingest_whole()
    expected = [(1, 5), (1, 6)] if mode == "append" else [(1, 6)]
    assert a_lake.rows("trusted.bikes", "id", "price") == expected
