"""A file whose elements are not what the mapping knows: for every format and policy it is told, and nothing is lost."""

from __future__ import annotations

import io
import json

import polars as pl
import pytest

from lake_assets.model import Drift, DriftKind, Zone
from lake_assets_tests.flow.a_lake import step

OLD = {"id": 1, "price": 2.5}
NEW = {"id": 2, "price": 3.5, "colour": "red"}
LACKING = {"id": 2}
OTHER_TYPE = {"id": 2, "price": "cheap"}
RENAMED = {"id": 2, "cost": 3.5}
FORMATS = ("csv", "json", "parquet")
POLICIES = ("evolve", "rescue", "freeze")


def content(kind: str, *records: dict[str, object]) -> bytes:
    frame, file = pl.DataFrame(records), io.BytesIO()
    if kind == "csv":
        frame.write_csv(file)
    elif kind == "json":
        frame.write_ndjson(file)
    else:
        frame.write_parquet(file)
    return file.getvalue()


@pytest.fixture(params=FORMATS)
def drifted(request, a_lake):
    """Ingest a file as it was and one as it is now, each in a run of its own; give the report of the second."""
    kind = request.param

    def ingest(record, policy, *, columns=""):
        a_lake.declare(f"bikes: {{from: '*.{kind}', key: [id], drift: {policy}, {columns}}}")
        a_lake.drop(f"old.{kind}", content(kind, OLD))
        first = a_lake.ingest_whole()
        assert step(first, Zone.FORMATTED, "bikes").drifts == ()
        a_lake.drop(f"new.{kind}", content(kind, record))
        formatted = step(a_lake.ingest_whole(), Zone.FORMATTED, "bikes")
        assert kept(a_lake, record, is_refused=bool(a_lake.count("quarantine.bikes")))
        return formatted

    return ingest


def kept(a_lake, record: dict[str, object], *, is_refused: bool) -> bool:
    """Whether every value of a record is in a column, beside the row, or in the bytes of the file that was refused."""
    if is_refused:
        assert a_lake.rows("quarantine.bikes", "_row") == [(0,)]
        return len(a_lake.landed_bytes()) == 2
    [row] = a_lake.frame("formatted.bikes").filter(pl.col("id") == 2).to_dicts()
    beside = json.loads(row.pop("_rescued") or "{}")
    found = {str(value) for value in (*row.values(), *beside.values())}
    return all(str(value) in found for value in record.values())


def told(drifts: tuple[Drift, ...]) -> list[tuple[str, str]]:
    return [(drift.kind.value, drift.element) for drift in drifts]


@pytest.mark.parametrize(
    ("policy", "outcome"),
    [
        ("evolve", "the column colour is added"),
        ("rescue", "kept in _rescued"),
        ("freeze", "the file is refused"),
    ],
)
def test_a_new_element(drifted, a_lake, policy, outcome):
    [drift] = drifted(NEW, policy).drifts
    assert (drift.kind, drift.element, drift.outcome) == (DriftKind.NEW, "colour", outcome)
    assert drift.file.startswith("new.")
    assert drift.column == ("colour" if policy == "evolve" else "")
    assert a_lake.count("trusted.bikes") == (1 if policy == "freeze" else 2)


@pytest.mark.parametrize("policy", POLICIES)
def test_a_missing_element(drifted, a_lake, policy):
    [drift] = drifted(LACKING, policy).drifts
    assert (drift.kind, drift.element, drift.expected) == (DriftKind.MISSING, "price", "float")
    assert drift.outcome == "null in its rows"
    assert a_lake.rows("trusted.bikes", "id", "price") == [(1, 2.5), (2, None)]


@pytest.mark.parametrize("policy", POLICIES)
def test_an_element_of_another_type(drifted, a_lake, policy):
    [drift] = drifted(OTHER_TYPE, policy).drifts
    assert (drift.kind, drift.element, drift.expected) == (DriftKind.TYPE, "price", "float")
    assert drift.found == "String"
    assert a_lake.rows("trusted.bikes", "id", "price") == [(1, 2.5), (2, None)]


@pytest.mark.parametrize("policy", POLICIES)
def test_a_renamed_element_that_no_mapping_knows(drifted, policy):
    assert told(drifted(RENAMED, policy).drifts) == [("missing", "price"), ("new", "cost")]


@pytest.mark.parametrize("policy", POLICIES)
def test_a_renamed_element_that_the_mapping_knows_is_no_drift(drifted, a_lake, policy):
    columns = "columns: {id: int, price: {type: float, from: [price, cost]}}"
    assert drifted(RENAMED, policy, columns=columns).drifts == ()
    assert a_lake.rows("trusted.bikes", "id", "price", "_rescued") == [(1, 2.5, None), (2, 3.5, None)]


def test_of_two_names_of_a_column_in_one_file_the_first_counts_and_the_other_is_kept(a_lake):
    a_lake.declare("bikes: {from: '*.csv', columns: {price: {type: float, from: [price, cost]}}}")
    a_lake.drop("a.csv", "cost,price\n1.5,2.5\n")
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.bikes", "price", "_rescued") == [(2.5, '{"cost":"1.5"}')]


def test_a_file_without_its_key_is_refused_and_told(a_lake):
    a_lake.declare("bikes: {from: '*.csv', key: [id]}")
    a_lake.drop("a.csv", "id,price\n1,2.5\n")
    a_lake.ingest_whole()
    a_lake.drop("b.csv", "price\n2.5\n")
    [drift] = step(a_lake.ingest_whole(), Zone.FORMATTED, "bikes").drifts
    assert str(drift) == "missing element id (b.csv): the file is refused"


@pytest.mark.parametrize("policy", POLICIES)
def test_a_new_element_of_a_file_that_is_refused_for_its_key(a_lake, policy):
    a_lake.declare(f"bikes: {{from: '*.csv', key: [id], drift: {policy}}}")
    a_lake.drop("a.csv", "id,price\n1,2.5\n")
    a_lake.ingest_whole()
    a_lake.drop("b.csv", "name,price\nx,2.5\n")
    drifts = step(a_lake.ingest_whole(), Zone.FORMATTED, "bikes").drifts
    assert told(drifts) == [("missing", "id"), ("new", "name")]
    assert {drift.outcome for drift in drifts} == {"the file is refused"}
    assert a_lake.rows("quarantine.bikes", "_row") == [(0,)]


def test_a_few_cells_that_do_not_decode_are_no_drift(a_lake):
    a_lake.declare("bikes: {from: '*.csv', key: [id], columns: {id: int, price: float}}")
    a_lake.drop("a.csv", "id,price\n1,2.5\n2,dear\n")
    assert step(a_lake.ingest_whole(), Zone.FORMATTED, "bikes").drifts == ()


def test_a_fraction_where_numbers_were_whole_is_a_drift(a_lake):
    a_lake.declare("bikes: {from: '*.json', key: [id], columns: {id: int, gears: int}}")
    a_lake.drop("a.json", '{"id": 1, "gears": 3}\n{"id": 2, "gears": 3.5}\n')
    [drift] = step(a_lake.ingest_whole(), Zone.FORMATTED, "bikes").drifts
    assert (drift.kind, drift.found) == (DriftKind.TYPE, "Float64")


def test_another_nested_type_is_a_drift(a_lake):
    a_lake.declare("bikes: {from: '*.json', key: [id], columns: {id: int}}")
    a_lake.drop("a.json", '{"id": 1, "at": {"lat": 1.5}}\n{"id": 2}\n')
    a_lake.ingest_whole()
    a_lake.drop("b.json", '{"id": 3, "at": {"lat": "north"}}\n{"id": 4}\n')
    [drift] = step(a_lake.ingest_whole(), Zone.FORMATTED, "bikes").drifts
    assert (drift.kind, drift.element, drift.expected) == (DriftKind.TYPE, "at", "nested")


def test_files_that_drift_alike_are_told_together(a_lake):
    a_lake.declare("bikes: {from: '*.csv', key: [id]}")
    a_lake.drop("a.csv", "id\n1\n")
    for number in range(3):
        a_lake.drop(f"b{number}.csv", f"id,colour\n{number},red\n")
    [drift] = step(a_lake.ingest_whole(), Zone.FORMATTED, "bikes").drifts
    assert (drift.files, drift.file) == (3, "b0.csv")
    assert str(drift) == "new element colour (b0.csv and 2 more): the column colour is added"
