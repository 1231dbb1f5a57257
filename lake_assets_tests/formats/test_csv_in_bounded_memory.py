"""Files of several blocks: numbers, order and account hold across them."""

from __future__ import annotations

import gc
import weakref

import polars as pl
import pytest

from lake_assets.errors import DecodeError
from lake_assets.formats._lazy_blocks import lazy_blocks

COUNT = 15_000
NOTE = b"quoted, and rather long; " * 25
GOOD = b"".join(b'%d,"%s",%d\n' % (row, NOTE, row % 7) for row in range(1, COUNT + 1))


@pytest.mark.parametrize("path", ["fast", "careful"])
def test_rows_are_numbered_across_blocks(read, path):
    outcome = read(b"id,note,day\n" + GOOD, path=path)
    assert outcome.frame["id"].cast(pl.Int64).equals(outcome.frame["_row"], check_names=False)
    assert outcome.numbers[-1] == COUNT
    assert outcome.is_whole


def test_bad_records_are_numbered_across_blocks(read):
    outcome = read(b"id,note,day\n" + GOOD + b"short\n" + GOOD)
    assert outcome.bad_numbers == [COUNT + 1]
    assert outcome.numbers[COUNT] == COUNT + 2
    assert outcome.frame.height == 2 * COUNT


def test_a_field_larger_than_a_block_is_one_field(read):
    field = b"line of text, with commas\n" * 400_000
    for path in ("fast", "careful"):
        outcome = read(b'a,b\n1,"' + field + b'"\n2,x\n', path=path)
        assert outcome.frame["b"].str.len_bytes().to_list() == [len(field), 1]


def test_a_line_without_end_is_refused(read):
    with pytest.raises(DecodeError, match="64 Mi"):
        read(b"a,b\n" + b"x" * (66 << 20), path="careful")


def test_a_plan_made_of_a_frame_keeps_its_blocks_and_nothing_longer():
    class Blocks:
        def __call__(self):
            yield pl.DataFrame({"a": [1, 2]})
            yield pl.DataFrame({"a": [3]})

    blocks = Blocks()
    alive = weakref.ref(blocks)
    plan = lazy_blocks(blocks, pl.Schema({"a": pl.Int64})).with_columns(b=pl.col("a") * 2)
    del blocks
    gc.collect()
    assert plan.collect(engine="streaming")["b"].to_list() == [2, 4, 6]
    assert plan.head(1).collect()["a"].to_list() == [1]
    del plan
    gc.collect()
    assert alive() is None


def test_no_blocks_are_no_rows():
    frame = lazy_blocks(lambda: iter(()), pl.Schema({"a": pl.Int64})).collect(engine="streaming")
    assert frame.schema == {"a": pl.Int64}
    assert frame.height == 0


def test_what_stands_within_and_below_a_long_table_is_found(read):
    outcome = read(b"id,note,day\n" + GOOD + b"id,note,day\n" + GOOD + b"Source: the city\n")
    assert outcome.frame.height == 2 * COUNT
    assert outcome.numbers[-1] == 2 * COUNT
    assert outcome.decoded.bad_records == ()
    assert outcome.decoded.decision["repeated_headers"] == 1
    assert outcome.decoded.decision["left_out"] == ["Source: the city"]
