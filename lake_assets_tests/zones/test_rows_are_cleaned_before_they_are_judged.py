"""Rows go through the cleaning steps between formatted and trusted; what each changed stands in the commit."""

import pytest

from lake_assets.cli.description import describe
from lake_assets.model import Zone
from lake_assets_tests.flow.a_lake import step

BIKES = """\
bikes:
  from: "*.csv"
  key: [id]
  write: {mode}
  columns: {{id: int, city: text, price: text, miles: {{type: float, unit: miles, description: the way}}}}
  clean: {clean}
  rules: [{{in_set: {{city: [ROME, OSLO]}}}}]
"""
STEPS = "[{trim: '*'}, {case: {city: upper}}, {cast: {price: float}}, {unit: {miles: {from: mi, to: km}}}]"
ROWS = "id,city,price,miles\n1, rome ,1.5,1\n2,OSLO,dear,\n3,Paris,2,2\n"


def declare(a_lake, clean=STEPS, mode="upsert"):
    a_lake.declare(BIKES.format(clean=clean, mode=mode))


def cells(report):
    cleaned = step(report, Zone.TRUSTED, "bikes").cleaned
    return {(each.kind, each.column): (each.changed, each.lost) for each in cleaned}


def test_the_trusted_table_holds_what_the_steps_make(a_lake):
    declare(a_lake)
    a_lake.drop("a.csv", ROWS)
    a_lake.ingest_whole()
    rows = a_lake.rows("trusted.bikes", "id", "city", "price", "miles", "_rescued")
    assert rows == [
        (1, "ROME", 1.5, pytest.approx(1.609344), None),
        (2, "OSLO", None, None, '{"price":"dear"}'),
    ]
    assert a_lake.rows("formatted.bikes", "city")[0] == (" rome ",)


def test_every_change_is_counted_and_recorded(a_lake):
    declare(a_lake)
    a_lake.drop("a.csv", ROWS)
    expected = {
        ("trim", "city"): (1, 0),
        ("trim", "price"): (0, 0),
        ("case", "city"): (2, 0),
        ("cast", "price"): (2, 1),
        ("unit", "miles"): (2, 0),
    }
    assert cells(a_lake.ingest_whole()) == expected
    note = a_lake.find("trusted.bikes").last_note().content["cleaning"]
    assert [each["kind"] for each in note["steps"]] == ["trim", "case", "cast", "unit"]
    assert {
        (each["kind"], each["column"]): (each["changed"], each["lost"]) for each in note["cells"]
    } == expected
    assert len(describe(a_lake.lake, "trusted.bikes", 0)["last_commit"]["cleaned"]) == len(expected)


def test_columns_say_what_is_cleaned_in_them(a_lake):
    declare(a_lake)
    a_lake.drop("a.csv", ROWS)
    a_lake.ingest_whole()
    notes = {column.name: column.metadata for column in a_lake.find("trusted.bikes").delta.schema().fields}
    assert notes["miles"]["comment"] == "the way [km]"
    assert notes["city"]["lake.cleaning"] == "city in upper case"


def test_rules_judge_clean_rows_and_the_quarantine_keeps_them(a_lake):
    declare(a_lake)
    a_lake.drop("a.csv", ROWS)
    a_lake.ingest_whole()
    ((record,),) = a_lake.rows("quarantine.bikes", "record")
    assert '"city":"PARIS"' in record


def test_a_replay_takes_the_steps_of_today(a_lake):
    declare(a_lake)
    a_lake.drop("a.csv", ROWS)
    a_lake.ingest_whole()
    declare(a_lake, STEPS[:-1] + ", {replace: {city: {PARIS: OSLO}}}]")
    report = a_lake.lake.replay("bikes", "Paris is closed")
    assert not report.failures
    assert a_lake.rows("trusted.bikes", "id", "city") == [(1, "ROME"), (2, "OSLO"), (3, "OSLO")]
    assert cells(report)["replace", "city"] == (1, 0)


@pytest.mark.parametrize("mode", ["upsert", "append", "replace"])
def test_keys_are_clean_before_rows_are_merged(a_lake, mode):
    clean = "[{trim: city}, {case: {city: upper}}]"
    a_lake.declare(f"bikes: {{from: '*.csv', key: [city], write: {mode}, clean: {clean}}}")
    a_lake.drop("a.csv", "city,n\n rome,1\nROME ,2\n")
    a_lake.ingest_whole()
    found = a_lake.rows("trusted.bikes", "city", "n")
    assert found == ([("ROME", 2)] if mode == "upsert" else [("ROME", 1), ("ROME", 2)])


def test_rows_that_are_there_stay_when_the_steps_change_and_people_are_told(a_lake):
    declare(a_lake, "[{case: {city: upper}}]")
    a_lake.drop("a.csv", "id,city,price,miles\n1,rome,1,1\n")
    a_lake.ingest_whole()
    declare(a_lake, "[{case: {city: upper}}, {replace: {city: {ROME: OSLO}}}]")
    a_lake.drop("b.csv", "id,city,price,miles\n2,rome,1,1\n")
    (problem,) = step(a_lake.ingest_whole(), Zone.TRUSTED, "bikes").problems
    assert "stay as they were cleaned" in problem
    assert "to mend" in problem
    assert a_lake.rows("trusted.bikes", "city") == [("ROME",), ("OSLO",)]
    a_lake.drop("c.csv", "id,city,price,miles\n3,rome,1,1\n")
    assert not step(a_lake.ingest_whole(), Zone.TRUSTED, "bikes").problems


def test_where_a_type_changes_all_rows_are_cleaned_anew_and_people_are_told(a_lake):
    declare(a_lake, "[]")
    a_lake.drop("a.csv", "id,city,price,miles\n1,ROME,1.5,1\n")
    a_lake.ingest_whole()
    declare(a_lake, "[{cast: {price: float}}]")
    (problem,) = step(a_lake.ingest_whole(), Zone.TRUSTED, "bikes").problems
    assert "all rows were cleaned anew" in problem
    assert a_lake.rows("trusted.bikes", "id", "price") == [(1, 1.5)]


def test_a_column_that_no_file_has_is_an_error_that_names_the_near_ones(a_lake):
    a_lake.declare("bikes: {from: '*.csv', clean: [{trim: nmae}]}")
    a_lake.drop("a.csv", "name\nx\n")
    (failure,) = a_lake.ingest().failures
    assert "did you mean name" in failure.error.mend
    assert "cleaning step 1 (trim)" in failure.error.place


def test_before_the_first_row_nothing_need_be_known(a_lake):
    a_lake.declare("bikes: {from: '*.csv', clean: [{trim: name}]}")
    a_lake.drop("a.csv", b"\x89PNG\r\n\x1a\n")
    a_lake.ingest_whole()
    a_lake.drop("b.csv", "name\n x\n")
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "name") == [("x",)]
