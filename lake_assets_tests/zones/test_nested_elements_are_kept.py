"""Nested JSON stays nested; what later comes nested otherwise is rescued, never lost."""

import json

import polars as pl

DATASET = "bikes: {from: '*.json', key: [id], columns: {id: int}}"


def _lines(*records):
    return "".join(json.dumps(record) + "\n" for record in records)


def test_objects_and_lists_keep_their_shape(a_lake):
    a_lake.declare(DATASET)
    at, tags = {"lat": 1.5, "lon": 2.5}, ["new", "red"]
    a_lake.drop("a.json", _lines({"id": 1, "at": at, "tags": tags}, {"id": 2, "at": None, "tags": []}))
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "id", "at", "tags") == [(1, at, tags), (2, None, [])]


def test_another_nested_type_is_rescued_whole(a_lake):
    a_lake.declare(DATASET)
    a_lake.drop("a.json", _lines({"id": 1, "at": {"lat": 1.5}}))
    a_lake.ingest_whole()
    other = {"lat": "north", "deep": [{"x": None}, {"x": 1}]}
    a_lake.drop("b.json", _lines({"id": 2, "at": other}, {"id": 3, "at": None}))
    a_lake.ingest_whole()
    rows = a_lake.rows("trusted.bikes", "id", "at", "_rescued")
    assert [row[:2] for row in rows] == [(1, {"lat": 1.5}), (2, None), (3, None)]
    assert json.loads(rows[1][2]) == {"at": other}
    assert rows[2][2] is None


def test_in_one_run_the_first_file_says_the_type(a_lake):
    a_lake.declare(DATASET)
    a_lake.drop("a.json", _lines({"id": 1, "at": [1]}))
    a_lake.drop("b.json", _lines({"id": 2, "at": ["a"]}))
    a_lake.drop("c.json", _lines({"id": 3}))
    a_lake.ingest_whole()
    assert a_lake.frame("formatted.bikes").schema["at"] == pl.List(pl.Int64)
    expected = [(1, [1], None), (2, None, '{"at":["a"]}'), (3, None, None)]
    assert a_lake.rows("trusted.bikes", "id", "at", "_rescued") == expected


def test_a_nested_value_for_a_plain_column_is_rescued_or_text(a_lake):
    a_lake.declare("bikes: {from: '*.json', key: [id], columns: {id: int, price: float, note: text}}")
    a_lake.drop("a.json", _lines({"id": 1, "price": {"eur": 2}, "note": {"by": "Ada"}}))
    a_lake.ingest_whole()
    expected = [(None, '{"by":"Ada"}', '{"price":{"eur":2}}')]
    assert a_lake.rows("trusted.bikes", "price", "note", "_rescued") == expected


def test_a_nested_column_that_is_declared_gets_its_type_when_it_comes(a_lake):
    a_lake.declare("bikes: {from: '*.json', key: [id], columns: {id: int, at: nested}}")
    a_lake.drop("a.json", _lines({"id": 1}))
    a_lake.ingest_whole()
    a_lake.drop("b.json", _lines({"id": 2, "at": None}))
    a_lake.drop("c.json", _lines({"id": 3, "at": "north"}))
    a_lake.drop("d.json", _lines({"id": 4, "at": {"lat": 1}}))
    a_lake.ingest_whole()
    rows = a_lake.rows("trusted.bikes", "id", "at", "_rescued")
    assert rows == [(1, None, None), (2, None, None), (3, None, '{"at":"north"}'), (4, {"lat": 1}, None)]


def test_a_value_that_json_types_otherwise_is_cast_exactly_or_rescued(a_lake):
    a_lake.declare("bikes: {from: '*.json', key: [id], columns: {id: int, gears: int}}")
    a_lake.drop("a.json", _lines({"id": 1, "gears": 3.0}, {"id": 2, "gears": 3.5}))
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "gears", "_rescued") == [(3, None), (None, '{"gears":3.5}')]
