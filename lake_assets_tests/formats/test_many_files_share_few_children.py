from __future__ import annotations

import os
import signal

import polars as pl
import pyarrow as pa
import pytest

from lake_assets.formats import _child, open_format
from lake_assets_tests.formats.landing import dataset, landed
from lake_assets_tests.formats.tables import CLEAN, parquet


@pytest.fixture
def pool(monkeypatch):
    """The children of this test alone."""
    fresh = _child._Pool()
    monkeypatch.setattr(_child, "_POOL", fresh)
    yield fresh
    fresh.end_all()


def frame_of(path, stored: bytes) -> pl.LazyFrame:
    path.write_bytes(stored)
    return open_format(dataset("parquet")).decode(landed(path), str(path), {}, is_careful=False).frame


def test_one_child_reads_file_after_file(pool, tmp_path):
    for number in range(5):
        assert frame_of(tmp_path / str(number), parquet(CLEAN)).collect().height == 3
    assert len(pool._free) == 1


def test_large_files_read_side_by_side_come_whole(pool, tmp_path):
    stored = parquet(pa.table({"a": range(400_000)}))
    frames = [frame_of(tmp_path / str(number), stored) for number in range(8)]
    whole = pl.concat(frames).collect(engine="streaming")
    assert whole["_row"].to_list() == [*range(1, 400_001)] * 8
    assert 1 <= len(pool._free) <= 4


def test_a_part_of_a_file_leaves_the_child_free(pool, tmp_path):
    frame = frame_of(tmp_path / "a", parquet(pa.table({"a": range(400_000)})))
    assert frame.head(3).collect()["a"].to_list() == [0, 1, 2]
    assert frame.tail(1).collect()["a"].to_list() == [399_999]
    assert len(pool._free) == 1


def test_a_child_that_was_killed_in_between_costs_no_file(pool, tmp_path):
    frame_of(tmp_path / "a", parquet(CLEAN))
    os.kill(pool._free[0]._process.pid, signal.SIGKILL)
    pool._free[0]._process.wait()
    assert frame_of(tmp_path / "b", parquet(CLEAN)).collect().height == 3


def test_children_end_with_the_process_that_owns_them(pool, tmp_path):
    frame_of(tmp_path / "a", parquet(CLEAN))
    process = pool._free[0]._process
    pool.end_all()
    assert process.returncode == 0


def test_a_child_that_does_not_end_is_killed(pool, tmp_path, monkeypatch):
    monkeypatch.setattr(_child, "_END_S", 0.1)
    frame_of(tmp_path / "a", parquet(CLEAN))
    child = pool._free.pop()
    os.kill(child._process.pid, signal.SIGSTOP)
    assert child.end() == "SIGKILL"
