"""Values keep their types where Delta has them, and nothing of a value is lost where it has not."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import polars as pl
import pyarrow as pa
import pytest

from lake_assets.errors import DecodeError
from lake_assets.model import TableRef, Zone
from lake_assets.storage.schema import check_storable
from lake_assets_tests.formats.tables import parquet

NOON = datetime(2024, 2, 29, 12, 0, 0, 1, tzinfo=UTC)
LOCAL = datetime(2024, 2, 29, 12)  # noqa: DTZ001 - a time without a zone


@pytest.mark.parametrize(
    ("values", "dtype", "cells"),
    [
        (pa.array([1, None], pa.int8()), pl.Int64, [1, None]),
        (pa.array([2**32 - 1, None], pa.uint32()), pl.Int64, [2**32 - 1, None]),
        (pa.array([2**64 - 1, None], pa.uint64()), pl.UInt64, [2**64 - 1, None]),
        (pa.array([1.5, None], pa.float16()), pl.Float64, [1.5, None]),
        (pa.array([1.5, None], pa.float32()), pl.Float64, [1.5, None]),
        (pa.array([True, None]), pl.Boolean, [True, None]),
        (pa.array(["é", None], pa.large_string()), pl.String, ["é", None]),
        (pa.array(["a", None]).dictionary_encode(), pl.String, ["a", None]),
        (pa.array([b"text", b"\xff\x00"]), pl.String, ["text", "base64:/wA="]),
        (pa.array([b"text", None], pa.binary(4)), pl.String, ["text", None]),
        (pa.array([None, None]), pl.String, [None, None]),
        (pa.array([date(2024, 2, 29), None]), pl.Date, [date(2024, 2, 29), None]),
        (pa.array([LOCAL, None], pa.timestamp("ms")), pl.Datetime("us"), [LOCAL, None]),
        (pa.array([NOON, None], pa.timestamp("us", "Asia/Tokyo")), pl.Datetime("us", "UTC"), [NOON, None]),
        (pa.array([LOCAL, None], pa.timestamp("ns")), pl.Datetime("ns"), [LOCAL, None]),
        (pa.array([time(12, 30, 1), None], pa.time32("s")), pl.String, ["12:30:01.000", None]),
        (pa.array([timedelta(seconds=90), None], pa.duration("ms")), pl.Int64, [90_000, None]),
        (pa.array([Decimal("1.50"), None], pa.decimal128(9, 2)), pl.Decimal(9, 2), [Decimal("1.50"), None]),
        (pa.array([Decimal("1.50"), None], pa.decimal256(50, 2)), pl.String, ["1.50", None]),
        (
            pa.array([b"\x01" * 16, None], pa.uuid()),
            pl.String,
            ["01010101-0101-0101-0101-010101010101", None],
        ),
        (pa.array([[1], None], pa.list_(pa.uint8())), pl.List(pl.Int64), [[1], None]),
        (pa.array([[1, 2], None], pa.list_(pa.int64(), 2)), pl.List(pl.Int64), [[1, 2], None]),
        (pa.array([[2**64 - 1]], pa.list_(pa.uint64())), pl.List(pl.Decimal(20, 0)), [[Decimal(2**64 - 1)]]),
        (
            pa.array(
                [{"a": 1, "b": [b"\xff"]}, None], pa.struct({"a": pa.int8(), "b": pa.list_(pa.binary())})
            ),
            pl.Struct({"a": pl.Int64, "b": pl.List(pl.String)}),
            [{"a": 1, "b": ["base64:/w=="]}, None],
        ),
        (
            pa.array([[("k", 1)], None], pa.map_(pa.string(), pa.int8())),
            pl.List(pl.Struct({"key": pl.String, "value": pl.Int64})),
            [[{"key": "k", "value": 1}], None],
        ),
        (
            pa.array([[LOCAL], []], pa.list_(pa.timestamp("ns"))),
            pl.List(pl.String),
            [["2024-02-29 12:00:00.000000000"], []],
        ),
    ],
    ids=str,
)
def test_a_value_comes_as_it_is(read, values, dtype, cells):
    frame = read(parquet(pa.table({"x": values})), "parquet").frame
    assert frame["x"].dtype == dtype
    assert [c.to_list() if isinstance(c, pl.Series) else c for c in frame["x"]] == cells
    if dtype not in {pl.UInt64, pl.Datetime("ns")}:
        check_storable(frame.schema, TableRef(Zone.FORMATTED, "bikes"))


def test_the_unit_of_a_duration_is_on_record(read):
    table = pa.table({"took": pa.array([1], pa.duration("ms"))})
    assert read(parquet(table), "parquet").decoded.decision["units"] == {"took": "duration in ms"}


def test_text_that_is_not_utf_8_is_kept_as_base64(read):
    broken = pa.array([b"\xff", b"a", None]).view(pa.string())
    table = pa.table(
        {"x": broken, "y": pa.array([[b"\xfe"], None, []], pa.list_(pa.binary())).cast(pa.list_(pa.binary()))}
    )
    assert read(parquet(table), "parquet").frame["x"].to_list() == ["base64:/w==", "a", None]


def test_parts_of_arrays_are_read_as_such(read):
    rows = 200_000
    lists = pa.array([[number, None] if number % 3 else None for number in range(rows)])
    table = pa.table({"x": lists, "y": pa.array([{"z": [str(number)]} for number in range(rows)])})
    frame = read(parquet(table, row_group_size=70_000), "parquet").frame
    assert frame["x"].to_list() == lists.to_pylist()
    assert frame["y"].struct.field("z").list.first().to_list() == [str(number) for number in range(rows)]


def test_names_that_stand_twice_or_are_ours_are_numbered(read):
    table = pa.table([pa.array([1]), pa.array([2]), pa.array([3])], names=["a", "a", "_row"])
    outcome = read(parquet(table), "parquet")
    assert outcome.frame.columns == ["a", "a_2", "_row_2", "_row"]
    assert outcome.decoded.decision["renamed"] == {"2": "a_2", "3": "_row_2"}


def test_a_file_without_rows_has_its_elements(read):
    outcome = read(parquet(pa.table({"a": pa.array([], pa.int64())})), "parquet")
    assert outcome.frame.columns == ["a", "_row"]
    assert outcome.is_whole


def test_a_file_without_columns_is_refused(read):
    with pytest.raises(DecodeError, match="no columns"):
        read(parquet(pa.table({})), "parquet")
