"""When the very first file is bad and no column is declared, nothing fails, and the next file is taken as usual."""

from lake_assets.model import Zone
from lake_assets_tests.flow.a_lake import step

BIKES = "bikes: {from: '*.csv', key: [id], rules: [{in_range: {price: [0, 9]}}]}"


def test_it_is_set_aside_and_no_step_fails(a_lake):
    a_lake.declare(BIKES)
    a_lake.drop("a.csv", b"\x89PNG\r\n\x1a\n")
    assert not step(a_lake.ingest_whole(), Zone.TRUSTED, "bikes").is_changed
    assert a_lake.rows("quarantine.bikes", "_row") == [(0,)]


def test_the_next_file_says_what_the_columns_are(a_lake):
    a_lake.declare(BIKES)
    a_lake.drop("a.csv", b"\x89PNG\r\n\x1a\n")
    a_lake.ingest_whole()
    a_lake.drop("b.csv", "id,price\n1,5\n2,77\n")
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "id", "price") == [(1, 5)]
    assert a_lake.count("quarantine.bikes") == 2


def test_a_rule_on_a_column_that_no_row_has_is_an_error(a_lake):
    a_lake.declare(BIKES)
    a_lake.drop("a.csv", "id,prize\n1,5\n")
    (failure,) = a_lake.ingest().failures
    assert failure.zone is Zone.TRUSTED
    assert "price" in failure.error.what
    assert "did you mean prize" in failure.error.mend
