from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.feather
import pytest

from lake_assets.errors import DecodeError
from lake_assets_tests.formats.tables import arrow_file, arrow_stream


def test_batches_follow_each_other(read):
    parts = [pa.table({"a": list(range(start, start + 3))}) for start in (0, 3)]
    sink = io.BytesIO()
    with pa.ipc.new_stream(sink, parts[0].schema) as writer:
        for part in parts:
            writer.write_table(part)
    outcome = read(sink.getvalue(), "arrow")
    assert outcome.frame["a"].to_list() == list(range(6))
    assert outcome.numbers == list(range(1, 7))
    assert outcome.decoded.decision["kind"] == "stream"


def test_feather_is_arrow(read):
    sink = io.BytesIO()
    pyarrow.feather.write_feather(pa.table({"a": ["x", None]}), sink, compression="zstd")
    outcome = read(sink.getvalue(), "arrow")
    assert outcome.rows == [("x",), (None,)]
    assert outcome.decoded.decision["kind"] == "file"


def test_a_large_batch_comes_in_blocks(read):
    table = pa.table({"a": range(200_000), "b": [[number] for number in range(200_000)]})
    outcome = read(arrow_file(table), "arrow")
    assert outcome.frame["b"].list.first().to_list() == list(range(200_000))
    assert outcome.is_whole


def test_dictionaries_unions_and_runs_are_plain_values(read):
    union = pa.UnionArray.from_sparse(
        pa.array([0, 1], pa.int8()), [pa.array([1, 2]), pa.array(["a", "b"])], ["n", "t"]
    )
    runs = pa.RunEndEncodedArray.from_arrays(pa.array([2], pa.int32()), pa.array(["x"]))
    table = pa.table({"d": pa.array(["a", "b"]).dictionary_encode(), "u": union, "r": runs})
    assert read(arrow_stream(table), "arrow").rows == [("a", "1", "x"), ("b", "b", "x")]


def test_a_batch_that_points_outside_of_itself_is_refused(read):
    good = arrow_stream(pa.table({"a": ["b" * 77]}))
    wild = good.replace((77).to_bytes(4, "little"), (10**9).to_bytes(4, "little"))
    assert wild != good
    with pytest.raises(DecodeError, match="not Arrow IPC"):
        read(wild, "arrow")


def test_no_columns_are_no_file(read):
    with pytest.raises(DecodeError, match="no columns"):
        read(arrow_stream(pa.table({})), "arrow")


def test_text_that_is_not_utf_8_is_kept_as_base64_at_any_depth(read):
    broken = pa.array([b"\xff", b"a", None]).view(pa.string())
    lists = pa.ListArray.from_arrays(pa.array([0, 2, 2, 3], pa.int32()), broken)
    structs = pa.StructArray.from_arrays([broken], ["s"])
    large = broken.cast(pa.binary()).cast(pa.large_binary()).view(pa.large_string())
    table = pa.table({"plain": broken, "large": large, "lists": lists, "structs": structs, "n": [1, 2, 3]})
    assert read(arrow_stream(table), "arrow").frame.to_dicts() == [
        {"plain": cell, "large": cell, "lists": texts, "structs": {"s": cell}, "n": row, "_row": row}
        for row, cell, texts in [(1, "base64:/w==", ["base64:/w==", "a"]), (2, "a", []), (3, None, [None])]
    ]


def test_a_text_that_ends_before_it_begins_is_refused(read):
    offsets = pa.array([0, 3, 6], pa.int32())
    good = arrow_stream(pa.table({"a": ["abc", "def"]}))
    buffer = offsets.buffers()[1].to_pybytes()[:12]
    assert good.count(buffer) == 1
    wild = good.replace(buffer, buffer[:4] + (9).to_bytes(4, "little") + buffer[8:])
    with pytest.raises(DecodeError, match="offset"):
        read(wild, "arrow")
