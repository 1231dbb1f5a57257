"""Columns of files that have types are declared with them; nothing is guessed from how values look."""

import io
from datetime import UTC, date, datetime

import fastavro
import polars as pl
import pyarrow as pa
import pytest

_FRAME = pl.DataFrame(
    {
        "id": pl.Series(range(20), dtype=pl.Int32),
        "code": [f"{number:05d}" for number in range(20)],
        "price": [number / 4 for number in range(20)],
        "is_open": [number % 2 == 0 for number in range(20)],
        "day": [date(2024, 5, 1)] * 20,
        "at": [datetime(2024, 5, 1, 12, tzinfo=UTC)] * 20,
        "tags": [["a", "b"]] * 20,
    }
)
_KINDS = {
    "id": "int",
    "code": "text",
    "price": "float",
    "is_open": "bool",
    "day": "date",
    "at": "datetime",
    "tags": "nested",
}


def _parquet():
    into = io.BytesIO()
    _FRAME.write_parquet(into)
    return into.getvalue()


def _arrow():
    into = io.BytesIO()
    _FRAME.write_ipc(into)
    return into.getvalue()


def _stream():
    into = io.BytesIO()
    table = _FRAME.to_arrow()
    with pa.ipc.new_stream(into, table.schema) as writer:
        writer.write_table(table)
    return into.getvalue()


def _avro():
    kinds = {
        "id": "int",
        "code": "string",
        "price": "double",
        "is_open": "boolean",
        "day": {"type": "int", "logicalType": "date"},
        "at": {"type": "long", "logicalType": "timestamp-micros"},
        "tags": {"type": "array", "items": "string"},
    }
    fields = [{"name": name, "type": kind} for name, kind in kinds.items()]
    into = io.BytesIO()
    fastavro.writer(into, {"type": "record", "name": "row", "fields": fields}, _FRAME.to_dicts())
    return into.getvalue()


@pytest.mark.parametrize(
    ("name", "kind", "made"),
    [
        ("rows.parquet", "parquet", _parquet),
        ("rows.arrow", "arrow", _arrow),
        ("rows.arrows", "arrow", _stream),
        ("rows.avro", "avro", _avro),
        ("rows", "parquet", _parquet),
    ],
    ids=["parquet", "arrow", "arrow stream", "avro", "no ending"],
)
def test_types_are_those_of_the_file(name, kind, made, project):
    draft = project.infer(project.write(f"inbox/{name}", made()))
    (dataset,) = draft.datasets
    assert dataset.kind == kind
    assert {column.name: column.kind.value for column in dataset.columns} == _KINDS
    assert (dataset.rows, dataset.is_whole) == (20, True)
    formatted = project.ingest(draft)
    assert formatted["code"][7] == "00007"
    assert formatted["tags"].to_list()[0] == ["a", "b"]
    assert formatted["_rescued"].null_count() == 20


def test_documents_keep_types_too(project):
    rows = _FRAME.select("id", "code", "price", "is_open", "tags").write_json()
    (dataset,) = project.infer(project.write("inbox/rows.json", rows)).datasets
    kinds = {column.name: column.kind.value for column in dataset.columns}
    assert kinds == {name: _KINDS[name] for name in ("id", "code", "price", "is_open", "tags")}
