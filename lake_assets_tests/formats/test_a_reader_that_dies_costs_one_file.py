"""Readers in native code run in a child: whatever a file does to them, it is refused and the next one is read."""

from __future__ import annotations

import pytest

from lake_assets.errors import DecodeError
from lake_assets.formats import open_format
from lake_assets.formats._apart import Apart
from lake_assets.formats._file_bytes import FileBytes
from lake_assets_tests.formats.landing import dataset, landed, place
from lake_assets_tests.formats.tables import CLEAN, parquet

REASONS = {
    "abort": "SIGABRT",
    "kill": "SIGSEGV",
    "loop": "SIGXCPU",
    "grow": "more memory",
    "bloat": "more memory",
    "panic": "KeyboardInterrupt",
}


@pytest.fixture
def deadly(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"deadly")

    def make(**options: object) -> Apart:
        data = FileBytes(landed(path), str(path), {}, max_ratio=10)
        return Apart(data, "lake_assets_tests.formats.deadly", options, "Deadly")

    return make


@pytest.mark.parametrize("when", ["open", "read"])
@pytest.mark.parametrize("how", sorted(REASONS))
def test_the_file_is_refused_with_the_reason(deadly, tmp_path, how, when):
    with pytest.raises(DecodeError, match=REASONS[how]) as caught:
        deadly(how=how, when=when).decode()
    assert "bikes 2024.csv" in caught.value.place
    assert caught.value.mend
    good = tmp_path / "good"
    good.write_bytes(parquet(CLEAN))
    assert place(open_format(dataset("parquet")), good).numbers == [1, 2, 3]


def test_a_death_after_many_rows_is_met_when_they_are_read(deadly):
    decoded = deadly(how="abort", when="read", blocks=4, rows=200_000).decode()
    with pytest.raises(DecodeError, match="SIGABRT"):
        list(decoded.frame.collect_batches())


def test_a_reader_that_gives_too_few_rows_is_told(deadly):
    decoded = deadly(how="nothing", when="read", blocks=3).decode()
    assert not decoded.is_whole(decoded.frame.collect().height, 0)


def test_more_than_the_size_of_a_file_lets_expect_is_refused(deadly):
    decoded = deadly(how="nothing", when="read", blocks=20, rows=100_000, free=4 << 20).decode()
    with pytest.raises(DecodeError, match="6 bytes hold more than 10 times as much") as caught:
        for _ in decoded.frame.collect_batches():
            pass
    assert "max_ratio" in caught.value.mend
