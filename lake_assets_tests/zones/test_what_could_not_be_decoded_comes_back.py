"""After a mended mapping or format: what could not be decoded is decoded again, once, and all that follows of it."""

from datetime import UTC, date, datetime

import polars as pl
import pytest

from lake_assets.errors import SchemaError
from lake_assets.model import Run, Zone
from lake_assets.zones.quarantine import open_count
from lake_assets.zones.redecode import redecode
from lake_assets_tests.flow.a_lake import step

BIKES = "bikes: {{from: '*.csv', key: [id], {more}columns: {{id: int, {columns}}}}}"

PRICES = "/*\nkey: [id]\nincremental_on: trusted.bikes\n*/\nSELECT id, price FROM trusted.bikes"


def declare(a_lake, columns, more=""):
    a_lake.declare(BIKES.format(columns=columns, more=more))


def replay(a_lake):
    report = a_lake.lake.replay("bikes", "the mapping was mended")
    assert [str(failure.error) for failure in report.failures] == []
    return report


def test_a_cell_that_was_lost_is_in_its_column(a_lake):
    declare(a_lake, "day: {type: date, layout: '%Y-%m-%d'}")
    a_lake.drop("a.csv", "id,day\n1,2024-01-31\n2,31.01.2024\n")
    a_lake.ingest_whole()
    declare(a_lake, "day: {type: date, layout: '%d.%m.%Y'}")
    report = replay(a_lake)
    decoded = step(report, Zone.FORMATTED, "bikes")
    assert (decoded.files, decoded.rows_out, decoded.rows_merged) == (1, 1, 1)
    assert a_lake.rows("formatted.bikes", "day", "_rescued") == [(date(2024, 1, 31), None)] * 2
    assert a_lake.rows("trusted.bikes", "id", "day") == [(1, date(2024, 1, 31)), (2, date(2024, 1, 31))]


def test_a_row_that_would_lose_a_cell_stays_as_it_is(a_lake):
    declare(a_lake, "day: {type: date, layout: '%d/%m/%Y'}")
    a_lake.drop("a.csv", "id,day\n1,02/01/2024\n2,31/01/2024\n3,01/31/2024\n")
    a_lake.ingest_whole()
    declare(a_lake, "day: {type: date, layout: '%m/%d/%Y'}")
    replay(a_lake)
    days = [day for (day,) in a_lake.rows("trusted.bikes", "day")]
    assert days == [date(2024, 2, 1), date(2024, 1, 31), date(2024, 1, 31)]


def test_the_history_says_what_the_row_said_before(a_lake):
    declare(a_lake, "price: {type: int}")
    a_lake.drop("a.csv", "id,price\n1,5\n2,5.5\n")
    a_lake.ingest_whole()
    declare(a_lake, "price: {type: float}")
    replay(a_lake)
    (row,) = a_lake.frame("quarantine.bikes").to_dicts()
    assert (row["_row"], row["stage"], row["readmitted_why"]) == (2, "formatted", "the mapping was mended")
    assert '"5.5"' in row["record"].replace("\\", "")
    assert row["readmitted_by"] == a_lake.frame("governance.runs").sort("at")["run_id"][-1]
    assert open_count(a_lake.find("quarantine.bikes")) == 0


@pytest.mark.parametrize("mode", ["upsert", "append", "replace", "scd2", "snapshot"])
def test_another_type_makes_the_column_anew(a_lake, mode):
    declare(a_lake, "price: int", f"write: {mode}, ")
    a_lake.drop("a.csv", "id,price\n1,5\n2,5.5\n")
    a_lake.ingest_whole()
    declare(a_lake, "price: float", f"write: {mode}, ")
    replay(a_lake)
    assert a_lake.rows("formatted.bikes", "id", "price") == [(1, 5.0), (2, 5.5)]
    assert a_lake.rows("trusted.bikes", "id", "price") == [(1, 5.0), (2, 5.5)]
    a_lake.drop("b.csv", "id,price\n3,6.5\n1,5\n2,5.5\n")
    a_lake.ingest_whole()
    assert sorted(set(a_lake.rows("trusted.bikes", "id", "price"))) == [(1, 5.0), (2, 5.5), (3, 6.5)]


def test_until_the_replay_another_type_is_refused_with_what_to_do(a_lake):
    declare(a_lake, "price: int")
    a_lake.drop("a.csv", "id,price\n1,5\n")
    a_lake.ingest_whole()
    declare(a_lake, "price: float")
    a_lake.drop("b.csv", "id,price\n2,5.5\n")
    failure = a_lake.ingest().failures[0]
    assert isinstance(failure.error, SchemaError)
    assert "lake replay bikes" in failure.error.mend
    replay(a_lake)
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "id", "price") == [(1, 5.0), (2, 5.5)]


def test_text_that_was_read_as_a_number_is_whole_again(a_lake):
    declare(a_lake, "zip: int")
    a_lake.drop("a.csv", "id,zip\n1,00123\n")
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "zip") == [(123,)]
    declare(a_lake, "zip: text")
    replay(a_lake)
    assert a_lake.rows("trusted.bikes", "zip") == [("00123",)]


def test_a_row_that_was_set_aside_for_its_null_comes_back(a_lake):
    rules = "rules: [{not_null: [price]}], "
    declare(a_lake, "price: {type: int}", rules)
    a_lake.drop("a.csv", "id,price\n1,5\n2,5.5\n3,\n")
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "id") == [(1,)]
    declare(a_lake, "price: {type: float}", rules)
    replay(a_lake)
    assert a_lake.rows("trusted.bikes", "id", "price") == [(1, 5.0), (2, 5.5)]
    still = a_lake.frame("quarantine.bikes").filter(pl.col("readmitted_at").is_null())
    assert still["_row"].to_list() == [3]


def test_a_row_that_breaks_a_rule_once_it_decodes_is_set_aside_and_the_one_before_stands(a_lake):
    rules = "rules: [{in_range: {price: [0, 9]}}], "
    declare(a_lake, "price: int", rules)
    for name, price in (("a", "5"), ("b", "99.5")):
        a_lake.drop(f"{name}.csv", f"id,price\n1,{price}\n")
        a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "price") == [(None,)]
    declare(a_lake, "price: float", rules)
    replay(a_lake)
    assert a_lake.rows("trusted.bikes", "price") == [(5.0,)]
    still = a_lake.frame("quarantine.bikes").filter(pl.col("readmitted_at").is_null())
    assert still.select("stage", "rules").rows() == [("trusted", ["price_in_range"])]


def test_a_file_that_could_not_be_read_is_read(a_lake):
    a_lake.declare("bikes: {from: '*.csv', key: [id], format: {kind: json}}")
    a_lake.drop("a.csv", "id,price\n1,5\n")
    a_lake.ingest_whole()
    assert a_lake.rows("quarantine.bikes", "_row") == [(0,)]
    a_lake.declare("bikes: {from: '*.csv', key: [id], format: {kind: csv}}")
    replay(a_lake)
    assert a_lake.rows("trusted.bikes", "id", "price") == [(1, 5)]
    assert open_count(a_lake.find("quarantine.bikes")) == 0


def test_a_file_that_was_divided_otherwise_is_divided_anew(a_lake):
    a_lake.declare("bikes: {from: '*.csv', format: {kind: csv, separator: ','}}")
    a_lake.drop("a.csv", "id;price\n1;5\n2;6\n")
    a_lake.ingest_whole()
    a_lake.declare("bikes: {from: '*.csv', format: {kind: csv, separator: ';'}}")
    replay(a_lake)
    assert a_lake.rows("trusted.bikes", "id", "price") == [(1, 5), (2, 6)]
    assert a_lake.count("formatted.bikes") == 2


def test_a_second_replay_changes_nothing(a_lake):
    declare(a_lake, "price: {type: int}")
    a_lake.drop("a.csv", "id,price\n1,5\n2,5.5\n")
    a_lake.drop("b.csv", b"\x89PNG\r\n\x1a\n\x00")
    a_lake.ingest_whole()
    declare(a_lake, "price: {type: float}")
    replay(a_lake)
    before = a_lake.versions()
    assert not replay(a_lake).is_changed
    assert a_lake.versions() == before


def test_without_a_mended_mapping_no_file_is_decoded_again(a_lake):
    declare(a_lake, "price: {type: int}")
    a_lake.drop("a.csv", "id,price\n1,5\n2,5.5\n")
    a_lake.ingest_whole()
    before = a_lake.versions()
    assert not replay(a_lake).is_changed
    assert a_lake.versions() == before


def test_an_element_that_nobody_mapped_gets_its_column(a_lake):
    a_lake.declare("bikes: {from: '*.csv', key: [id], drift: rescue, columns: {id: int}}")
    a_lake.drop("a.csv", "id,colour\n1,red\n")
    a_lake.ingest_whole()
    a_lake.declare("bikes: {from: '*.csv', key: [id], drift: rescue, columns: {id: int, colour: text}}")
    replay(a_lake)
    assert a_lake.rows("trusted.bikes", "id", "colour", "_rescued") == [(1, "red", None)]


def test_exploitation_tables_follow(a_lake):
    a_lake.declare_table("prices", PRICES)
    declare(a_lake, "price: {type: int}")
    a_lake.drop("a.csv", "id,price\n1,5\n2,5.5\n")
    a_lake.ingest_whole()
    declare(a_lake, "price: {type: float}")
    replay(a_lake)
    assert sorted(a_lake.rows("exploitation.prices")) == [(1, 5.0), (2, 5.5)]


def test_a_mended_key_takes_the_row_to_its_place(a_lake):
    columns = "day: {{type: date, layout: '{}'}}, price: int"
    declare(a_lake, columns.format("%Y/%m/%d"), "write: append, ")
    a_lake.drop("a.csv", "id,day,price\n1,2024/01/02,5\n2,2024-01-02,6\n")
    a_lake.ingest_whole()
    declare(a_lake, columns.format("%Y-%m-%d"), "write: append, ")
    replay(a_lake)
    assert a_lake.rows("trusted.bikes", "id", "day") == [(1, date(2024, 1, 2)), (2, date(2024, 1, 2))]


def test_what_another_version_of_the_product_lost_is_tried_again_once(a_lake):
    declare(a_lake, "price: {type: int}")
    a_lake.drop("a.csv", "id,price\n1,5.5\n")
    a_lake.drop("b.csv", "id,price\n2,6\n")
    a_lake.ingest_whole()
    root, dataset = a_lake.lake.root, a_lake.lake.declarations.dataset("bikes")
    run = Run("later", datetime.now(UTC), "another version")
    report = redecode(root, dataset, run, "an upgrade")
    assert (report.files, report.rows_out) == (1, 0)
    assert redecode(root, dataset, run, "again") is None
