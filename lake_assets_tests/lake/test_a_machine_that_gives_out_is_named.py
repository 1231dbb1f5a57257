"""What the system refuses is told as such, with what to do about it; what nobody foresaw is logged with its place."""

import errno
import logging
import resource
import signal
from contextlib import contextmanager

import polars as pl
import pytest

from lake_assets.errors import DecodeError, StorageError
from lake_assets.lake import as_lake_error
from lake_assets.model import Zone


@contextmanager
def files_of_at_most(size_bytes):
    """Files of this process may not grow beyond a size: as on a full disk, writing fails."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


@pytest.mark.parametrize(
    ("number", "what"),
    [(errno.ENOSPC, "the disk is full"), (errno.EACCES, "may not read"), (errno.EMFILE, "too many files")],
)
def test_the_number_of_python(number, what):
    told = as_lake_error(OSError(number, "as the system says"), "trusted flights")
    assert isinstance(told, StorageError)
    assert what in told.what
    assert told.place == "trusted flights"
    assert "run again" in told.mend


def test_the_number_in_the_text_of_a_library_in_rust():
    told = as_lake_error(pl.exceptions.ComputeError("No space left on device (os error 28): x"), "a table")
    assert told.what.startswith("the disk is full")
    assert isinstance(told.__cause__, pl.exceptions.ComputeError)


def test_an_error_of_the_lake_is_given_back_as_it_is():
    error = DecodeError("no CSV")
    assert as_lake_error(error, "a table") is error


def test_what_nobody_foresaw_is_logged(caplog):
    with caplog.at_level(logging.ERROR):
        told = as_lake_error(ZeroDivisionError("by zero"), "trusted flights")
    assert told.what == "ZeroDivisionError: by zero"
    assert [record.exc_info[0] for record in caplog.records] == [ZeroDivisionError]


def test_a_disk_that_takes_no_more_fails_the_step_and_the_report_is_given(a_lake):
    a_lake.declare("bikes: {from: '*.csv', key: [id]}")
    a_lake.drop("a.csv", "id,price\n" + "1,5\n" * 20)
    with files_of_at_most(100):
        report = a_lake.ingest()
    assert {failure.error.what.partition(":")[0] for failure in report.failures} == {
        "a file is larger than the system lets it be"
    }
    assert {failure.zone for failure in report.failures} >= {Zone.GOVERNANCE}
    assert a_lake.ingest().failures == []
    assert len(a_lake.rows("trusted.bikes")) == 1
