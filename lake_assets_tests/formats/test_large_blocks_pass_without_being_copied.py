from __future__ import annotations

import errno
import os
import resource
import socket
import threading
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest

from lake_assets.formats import open_format
from lake_assets.formats.apart import serve
from lake_assets.formats.apart.memory_file import NotSealedError, is_worth_a_file, mapped, sealed
from lake_assets.formats.apart.wire import BLOCK, Wire
from lake_assets_tests.formats.landing import dataset, landed
from lake_assets_tests.formats.tables import parquet

ROWS = 200_000


def batch(rows: int) -> pa.RecordBatch:
    numbers = range(rows)
    return pa.record_batch({"a": numbers, "b": [None if each % 7 else f"text {each}" for each in numbers]})


def open_descriptors() -> int:
    return sum(1 for _ in Path("/dev/fd").iterdir())


def frame_of(path) -> pl.LazyFrame:
    path.write_bytes(parquet(pa.Table.from_batches([batch(ROWS)])))
    return open_format(dataset("parquet")).decode(landed(path), str(path), {}, is_careful=False).frame


def test_only_large_blocks_are_worth_a_file():
    assert is_worth_a_file(batch(ROWS))
    assert not is_worth_a_file(batch(100))


def test_a_slice_comes_as_it_is():
    block = batch(ROWS).slice(70_000, 65_000)
    assert pa.ipc.open_stream(pa.py_buffer(mapped(sealed(block)))).read_all() == pa.Table.from_batches(
        [block]
    )


def test_nobody_can_change_what_is_sealed():
    descriptor = sealed(batch(ROWS))
    with pytest.raises(PermissionError):
        os.pwrite(descriptor, b"x", 0)
    with pytest.raises(PermissionError):
        os.truncate(descriptor, 10)
    os.close(descriptor)


def test_what_could_still_change_is_not_mapped():
    before = open_descriptors()
    descriptor = os.memfd_create("open", os.MFD_ALLOW_SEALING)
    os.write(descriptor, b"x" * 5000)
    with pytest.raises(NotSealedError):
        mapped(descriptor)
    assert open_descriptors() == before


def test_a_file_comes_whole_and_leaves_no_descriptor_open(tmp_path):
    frame_of(tmp_path / "first").collect()
    before = open_descriptors()
    found = frame_of(tmp_path / "second").collect(engine="streaming")
    assert found.drop("_row").equals(pl.DataFrame(pa.Table.from_batches([batch(ROWS)])))
    assert found["_row"].to_list() == [*range(1, ROWS + 1)]
    assert open_descriptors() == before


def test_a_part_of_a_file_leaves_no_descriptor_open(tmp_path):
    frame_of(tmp_path / "first").collect()
    before = open_descriptors()
    assert frame_of(tmp_path / "second").head(3).collect()["a"].to_list() == [0, 1, 2]
    assert open_descriptors() == before


@contextmanager
def no_more_files():
    """This process may open no more files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    next_free = os.open("/dev/null", os.O_RDONLY)
    os.close(next_free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (next_free, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture
def wires():
    here, there = socket.socketpair()
    with here, there:
        yield Wire(here), Wire(there)


def test_a_process_that_may_open_no_more_files_says_so(wires):
    here, there = wires
    with Path("/dev/null").open("rb") as lent:
        there.send_descriptor(lent.fileno())
        with no_more_files(), pytest.raises(OSError, match=os.strerror(errno.EMFILE)):
            here.receive_descriptor()


def test_a_block_is_copied_where_the_system_gives_no_file(wires):
    here, there = wires
    block, received = batch(ROWS), []
    taking = threading.Thread(target=lambda: received.append(here.receive()))
    taking.start()
    with no_more_files():
        serve._send(there, BLOCK, block)
    taking.join()
    ((tag, content),) = received
    assert tag == BLOCK
    assert pa.ipc.open_stream(pa.py_buffer(content)).read_all() == pa.Table.from_batches([block])
