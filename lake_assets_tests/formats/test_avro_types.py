from __future__ import annotations

import zlib
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from uuid import UUID

import polars as pl
import pyarrow as pa
import pytest

from lake_assets.errors import DecodeError
from lake_assets_tests.formats.tables import avro

NOON = datetime(2024, 2, 29, 12, tzinfo=UTC)
NODE = {
    "type": "record",
    "name": "node",
    "fields": [{"name": "n", "type": "int"}, {"name": "next", "type": ["null", "node"]}],
}


def one(kind: object) -> dict[str, object]:
    return {"type": "record", "name": "r", "fields": [{"name": "x", "type": kind}]}


def logical(kind: str, name: str, **more: object) -> dict[str, object]:
    return {"type": kind, "logicalType": name, **more}


@pytest.mark.parametrize(
    ("kind", "values", "dtype", "cells"),
    [
        ("int", [1, -2], pl.Int64, [1, -2]),
        ("double", [1.5], pl.Float64, [1.5]),
        ("boolean", [True], pl.Boolean, [True]),
        ("bytes", [b"a", b"\xff"], pl.String, ["a", "base64:/w=="]),
        ({"type": "enum", "name": "e", "symbols": ["A"]}, ["A"], pl.String, ["A"]),
        ({"type": "fixed", "name": "f", "size": 2}, [b"ab"], pl.String, ["ab"]),
        (logical("int", "date"), [date(2024, 2, 29)], pl.Date, [date(2024, 2, 29)]),
        (logical("long", "timestamp-millis"), [NOON], pl.Datetime("us", "UTC"), [NOON]),
        (
            logical("long", "local-timestamp-micros"),
            [0],
            pl.Datetime("us"),
            [datetime(1970, 1, 1)],  # noqa: DTZ001 - a time without a zone
        ),
        (logical("int", "time-millis"), [1_500], pl.String, ["00:00:01.500"]),
        (
            logical("bytes", "decimal", precision=6, scale=2),
            [Decimal("1.50")],
            pl.Decimal(6, 2),
            [Decimal("1.50")],
        ),
        (logical("string", "uuid"), [UUID(int=1)], pl.String, [str(UUID(int=1))]),
        (["null", "long"], [None, 1], pl.Int64, [None, 1]),
        (["int", "long"], [1], pl.Int64, [1]),
        (["int", "double"], [1, 2.5], pl.String, ["1", "2.5"]),
        (["null", "bytes", "long"], [b"\xff", 1, None], pl.String, ["base64:/w==", "1", None]),
        ({"type": "array", "items": "bytes"}, [[b"a", b"\xff"]], pl.List(pl.String), [["a", "base64:/w=="]]),
        (
            {"type": "fixed", "name": "u", "size": 16, "logicalType": "uuid"},
            [b"\1" * 16],
            pl.String,
            [f"{UUID(bytes=bytes([1] * 16))}"],
        ),
        (["null", "string", "long"], ["a", 1, None], pl.String, ["a", "1", None]),
        ({"type": "array", "items": ["null", "int"]}, [[1, None], []], pl.List(pl.Int64), [[1, None], []]),
        (
            {"type": "map", "values": "bytes"},
            [{"k": b"v"}],
            pl.List(pl.Struct({"key": pl.String, "value": pl.String})),
            [[{"key": "k", "value": "v"}]],
        ),
        (
            {"type": "record", "name": "p", "fields": [{"name": "b", "type": ["null", "bytes"]}]},
            [{"b": b"\xff"}, {"b": None}],
            pl.Struct({"b": pl.String}),
            [{"b": "base64:/w=="}, {"b": None}],
        ),
        ({"type": "record", "name": "p", "fields": []}, [{}], pl.String, ["{}"]),
        (
            NODE,
            [{"n": 1, "next": {"n": 2, "next": None}}],
            pl.Struct({"n": pl.Int64, "next": pl.String}),
            [{"n": 1, "next": '{"n": 2, "next": null}'}],
        ),
    ],
    ids=str,
)
def test_a_value_comes_as_it_is(read, kind, values, dtype, cells):
    frame = read(avro(one(kind), [{"x": value} for value in values]), "avro").frame
    assert frame["x"].dtype == dtype
    assert [c.to_list() if isinstance(c, pl.Series) else c for c in frame["x"]] == cells


def test_plain_values_are_one_element(read):
    outcome = read(avro(["null", "string"], ["a", None]), "avro")
    assert outcome.frame.columns == ["value", "_row"]
    assert outcome.rows == [("a",), (None,)]


@pytest.mark.parametrize("codec", ["null", "deflate", "bzip2", "xz"])
def test_every_codec_is_read(read, codec):
    outcome = read(avro(one("long"), [{"x": number} for number in range(40_000)], codec), "avro")
    assert outcome.frame["x"].to_list() == list(range(40_000))
    assert outcome.decoded.decision["codec"] == codec


def test_bytes_after_the_last_block_are_told(read):
    stored = avro(one("long"), [{"x": 1}])
    with pytest.raises(DecodeError, match="not Avro"):
        read(stored + b"\x80", "avro")


def test_a_damaged_block_is_told(read):
    stored = bytearray(avro(one("string"), [{"x": "abc" * 10}] * 100))
    stored[-5] ^= 0xFF
    with pytest.raises(DecodeError, match="sync marker"):
        read(bytes(stored), "avro")


def coded(codec: str, pack) -> bytes:
    """A file whose one block is packed by a codec that fastavro does not write here."""
    plain = avro(one("long"), [{"x": 7}, {"x": 8}])
    sync, header = plain[-16:], plain[: plain.index(plain[-16:]) + 16]
    block = pack(b"\x0e\x10")
    named = header.replace(b"\x08null", bytes([2 * len(codec)]) + codec.encode())
    return named + b"\x04" + bytes([2 * len(block)]) + block + sync


def snappy(plain: bytes, checksum: int = 0) -> bytes:
    packed = pa.Codec("snappy").compress(plain, asbytes=True)
    return packed + (zlib.crc32(plain) ^ checksum).to_bytes(4, "big")


def zstd(plain: bytes) -> bytes:
    return pa.compress(plain, codec="zstd", asbytes=True)


@pytest.mark.parametrize(("codec", "pack"), [("snappy", snappy), ("zstandard", zstd)])
def test_codecs_of_other_libraries_are_read(read, codec, pack):
    assert read(coded(codec, pack), "avro").rows == [(7,), (8,)]


@pytest.mark.parametrize(
    ("stored", "what"),
    [
        (coded("snappy", partial(snappy, checksum=1)), "checksum"),
        (coded("snappy", snappy)[:-20], "ends within"),
        (coded("brotli", zstd), "brotli"),
    ],
    ids=["checksum", "cut", "unknown"],
)
def test_a_coded_block_that_is_damaged_is_told(read, stored, what):
    with pytest.raises(DecodeError, match=what):
        read(stored, "avro")
