"""A list column as a trusted table of its own: whatever becomes of the parent's rows, their elements follow."""

from __future__ import annotations

import json

import pytest

from lake_assets.model import Zone
from lake_assets_tests.flow.a_lake import step

ORDERS = """\
orders:
  from: '*.json'
  key: [id]
  write: {write}
  rules: [{{in_range: {{id: [0, {most}]}}}}]
  children:
    lines: {{of: items, rules: [{{in_range: {{n: [1, {at_most}]}}}}]}}
"""
COLUMNS = ("id", "_position", "sku", "n")


def order(number, *lines):
    return {"id": number, "items": [{"sku": sku, "n": count} for sku, count in lines]}


def declare(a_lake, write="upsert", at_most=100, most=1000):
    a_lake.declare(ORDERS.format(write=write, at_most=at_most, most=most))


def drop(a_lake, name, *orders):
    a_lake.drop(f"{name}.json", "".join(json.dumps(each) + "\n" for each in orders))


def lines(a_lake):
    return sorted(a_lake.rows("trusted.lines", *COLUMNS))


def ingest(a_lake):
    return step(a_lake.ingest_whole(), Zone.TRUSTED, "lines")


def test_each_element_is_a_row_with_the_key_of_the_parent_and_its_place(a_lake):
    declare(a_lake)
    drop(a_lake, "a", order(1, ("x", 1), ("y", 2)), order(2), {"id": 3, "items": None}, order(4, ("z", 3)))
    report = ingest(a_lake)
    assert lines(a_lake) == [(1, 1, "x", 1), (1, 2, "y", 2), (4, 1, "z", 3)]
    assert (report.rows_in, report.rows_out) == (3, 3)
    [file] = a_lake.rows("governance.processed_files", "file_id")
    assert a_lake.rows("trusted.lines", "_file", "_row") == [
        (*file, 1_000_000_001),
        (*file, 1_000_000_002),
        (*file, 4_000_000_001),
    ]


def test_nothing_is_flattened_in_formatted(a_lake):
    declare(a_lake)
    drop(a_lake, "a", order(1, ("x", 1)))
    ingest(a_lake)
    assert a_lake.rows("formatted.orders", "items") == [([{"sku": "x", "n": 1}],)]
    assert a_lake.find("formatted.lines") is None


def test_only_what_is_new_is_taken_in(a_lake):
    declare(a_lake)
    drop(a_lake, "a", order(1, ("x", 1)))
    ingest(a_lake)
    drop(a_lake, "b", order(2, ("y", 2)))
    assert ingest(a_lake).rows_in == 1
    assert lines(a_lake) == [(1, 1, "x", 1), (2, 1, "y", 2)]
    assert not ingest(a_lake).is_changed


@pytest.mark.parametrize("newer", [[("z", 9)], [("x", 1), ("y", 2), ("z", 9)], []])
def test_the_elements_of_a_row_that_comes_again_take_the_place_of_the_older_ones(a_lake, newer):
    declare(a_lake)
    drop(a_lake, "a", order(1, ("x", 1), ("y", 2)), order(2, ("w", 5)))
    ingest(a_lake)
    drop(a_lake, "b", order(1, *newer))
    ingest(a_lake)
    expected = [(1, place, *line) for place, line in enumerate(newer, start=1)]
    assert lines(a_lake) == [*expected, (2, 1, "w", 5)]


def test_an_append_keeps_the_elements_of_every_version(a_lake):
    declare(a_lake, write="append")
    drop(a_lake, "a", order(1, ("x", 1)))
    ingest(a_lake)
    drop(a_lake, "b", order(1, ("y", 2)))
    ingest(a_lake)
    assert lines(a_lake) == [(1, 1, "x", 1), (1, 1, "y", 2)]


def test_a_replace_leaves_the_elements_of_the_newest_file(a_lake):
    declare(a_lake, write="replace")
    drop(a_lake, "a", order(1, ("x", 1)), order(2, ("y", 2)))
    ingest(a_lake)
    drop(a_lake, "b", order(3, ("z", 3)))
    ingest(a_lake)
    assert lines(a_lake) == [(3, 1, "z", 3)]


def test_an_element_that_breaks_a_rule_is_set_aside_alone_and_comes_back_once(a_lake):
    declare(a_lake, at_most=2)
    drop(a_lake, "a", order(1, ("x", 1), ("y", 7), ("z", 9)))
    assert ingest(a_lake).rows_quarantined == 2
    assert lines(a_lake) == [(1, 1, "x", 1)]
    records = [json.loads(text) for (text,) in a_lake.rows("quarantine.lines", "record")]
    assert {(each["id"], each["_position"], each["n"]) for each in records} == {(1, 2, 7), (1, 3, 9)}
    assert a_lake.count("quarantine.orders") == 0

    declare(a_lake, at_most=8)
    for times in (1, 0):
        report = a_lake.lake.replay("lines", "seven is fine")
        assert report.reports[0].rows_out == times
        assert lines(a_lake) == [(1, 1, "x", 1), (1, 2, "y", 7)]
    closed = a_lake.rows("quarantine.lines", "_row", "readmitted_why")
    assert closed == [(1_000_000_002, "seven is fine"), (1_000_000_003, None)]


def test_elements_of_a_row_that_is_set_aside_come_when_it_is_taken_back(a_lake):
    declare(a_lake, most=1)
    drop(a_lake, "a", order(1, ("x", 1)), order(2, ("y", 2)))
    ingest(a_lake)
    assert lines(a_lake) == [(1, 1, "x", 1)]
    declare(a_lake)
    a_lake.lake.replay("orders", "two is fine")
    assert lines(a_lake) == [(1, 1, "x", 1), (2, 1, "y", 2)]


def test_what_is_set_aside_stays_so_when_the_table_is_made_anew(a_lake):
    declare(a_lake, most=1, at_most=2)
    drop(a_lake, "a", order(1, ("x", 1), ("w", 9)), order(2, ("y", 2)))
    ingest(a_lake)
    declare(a_lake, at_most=2)
    a_lake.lake.replay("orders", "two is fine")
    assert lines(a_lake) == [(1, 1, "x", 1), (2, 1, "y", 2)]
    assert a_lake.count("quarantine.lines") == 1


def test_what_was_set_aside_of_a_row_that_was_replaced_is_closed_by_a_replay(a_lake):
    declare(a_lake, at_most=2)
    drop(a_lake, "a", order(1, ("x", 9)))
    ingest(a_lake)
    drop(a_lake, "b", order(1, ("y", 1)))
    ingest(a_lake)
    declare(a_lake)
    report = a_lake.lake.replay("lines", "nine is fine")
    assert (report.reports[0].rows_in, report.reports[0].rows_out) == (1, 0)
    assert lines(a_lake) == [(1, 1, "y", 1)]


def test_a_rule_may_ask_that_elements_are_unique_beside_those_that_stay(a_lake):
    a_lake.declare(
        "orders: {from: '*.json', key: [id], children: {lines: {of: items, rules: [{unique: [sku]}]}}}"
    )
    drop(a_lake, "a", order(1, ("x", 1), ("y", 2)))
    ingest(a_lake)
    drop(a_lake, "b", order(1, ("y", 3), ("x", 4)), order(2, ("x", 5), ("z", 6)))
    ingest(a_lake)
    assert lines(a_lake) == [(1, 1, "y", 3), (1, 2, "x", 4), (2, 2, "z", 6)]
    assert a_lake.count("quarantine.lines") == 1


def test_elements_that_are_no_objects_are_values(a_lake):
    a_lake.declare("orders: {from: '*.json', key: [id], children: {tags: labels}}")
    drop(a_lake, "a", {"id": 1, "labels": ["new", None, "red"]})
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.tags", "id", "_position", "value") == [
        (1, 1, "new"),
        (1, 2, None),
        (1, 3, "red"),
    ]


def test_members_get_names_of_columns_that_are_not_taken(a_lake):
    a_lake.declare("orders: {from: '*.json', key: [id], children: {lines: items}}")
    drop(a_lake, "a", {"id": 1, "items": [{"id": 7, "unitPrice": 2.5, "more": {"a": [1]}}]})
    a_lake.ingest_whole()
    rows = a_lake.rows("trusted.lines", "id", "_position", "id_2", "unit_price", "more")
    assert rows == [(1, 1, 7, 2.5, {"a": [1]})]


def test_without_a_key_the_record_identifies_the_parent(a_lake):
    a_lake.declare("orders: {from: '*.json', children: {lines: items}}")
    drop(a_lake, "a", order(1, ("x", 1)), order(1, ("y", 2)))
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.lines", "_row", "_position", "sku") == [
        (1_000_000_001, 1, "x"),
        (2_000_000_001, 1, "y"),
    ]


def test_before_the_first_list_there_is_no_table(a_lake):
    a_lake.declare("orders: {from: '*.json', key: [id], columns: {items: nested}, children: {lines: items}}")
    drop(a_lake, "a", {"id": 1})
    assert not ingest(a_lake).is_changed
    assert a_lake.find("trusted.lines") is None
    drop(a_lake, "b", order(2, ("x", 1)))
    ingest(a_lake)
    assert lines(a_lake) == [(2, 1, "x", 1)]


def test_a_column_that_holds_no_lists_is_told(a_lake):
    a_lake.declare("orders: {from: '*.json', key: [id], children: {lines: items}}")
    drop(a_lake, "a", {"id": 1, "items": {"sku": "x"}})
    [failure] = a_lake.ingest().failures
    assert failure.error.what.startswith("expected lists in items, found Struct")
    assert failure.error.place == "table trusted.orders, child table lines"
    assert a_lake.count("trusted.orders") == 1


def test_a_blocking_rule_of_the_parent_holds_it_back(a_lake):
    rules = "rules: [{in_range: {id: [0, 1]}, severity: block}]"
    a_lake.declare(f"orders: {{from: '*.json', key: [id], {rules}, children: {{lines: items}}}}")
    drop(a_lake, "a", order(1, ("x", 1)), order(2, ("y", 2)))
    [failure] = a_lake.ingest().failures
    assert failure.error.what == "the blocking rule id_in_range stands broken on trusted.orders"
    assert a_lake.find("trusted.lines") is None


def test_an_exploitation_table_may_read_it(a_lake):
    declare(a_lake)
    a_lake.declare_table(
        "sold", "/*\ndescription: What was sold.\n*/\nSELECT sku, SUM(n) AS n FROM trusted.lines GROUP BY sku"
    )
    drop(a_lake, "a", order(1, ("x", 1)), order(2, ("x", 4)))
    a_lake.ingest_whole()
    assert a_lake.rows("exploitation.sold", "sku", "n") == [("x", 5)]
