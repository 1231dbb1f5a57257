from __future__ import annotations

import gzip

import pyarrow as pa
import pytest

from lake_assets.errors import DecodeError
from lake_assets.formats import open_format
from lake_assets_tests.formats.landing import dataset, landed

CLEAN = b"a,b\n" + b"".join(b"%d,x%d\n" % (number, number) for number in range(20_000))


def zstd(stored: bytes) -> bytes:
    return pa.compress(stored, codec="zstd", asbytes=True)


@pytest.mark.parametrize("path", ["fast", "careful"])
@pytest.mark.parametrize("compress", [gzip.compress, zstd])
def test_compressed_files_are_read_as_plain_ones(read, compress, path):
    outcome = read(compress(CLEAN), path=path)
    assert outcome.is_whole
    assert outcome.frame.equals(read(CLEAN).frame)
    assert outcome.decoded.decision["compression"] == compress.__name__.replace("compress", "gzip")


@pytest.mark.parametrize("compress", [gzip.compress, zstd])
def test_several_members_are_one_file(read, compress):
    assert read(compress(CLEAN) + compress(b"last,one\n")).numbers[-1] == 20_001


@pytest.mark.parametrize("path", ["fast", "careful"])
@pytest.mark.parametrize("compress", [gzip.compress, zstd])
@pytest.mark.parametrize("cut", [1, 8, 2_000])
def test_a_cut_file_is_refused_before_a_row_is_read(tmp_path, compress, cut, path):
    file = tmp_path / "file.csv.gz"
    file.write_bytes(compress(CLEAN)[:-cut])
    with pytest.raises(DecodeError, match="cut or damaged"):
        open_format(dataset("csv")).decode(landed(file), str(file), {}, is_careful=path == "careful")


def test_a_damaged_file_is_refused(read):
    stored = bytearray(gzip.compress(CLEAN))
    stored[-6] ^= 0xFF
    with pytest.raises(DecodeError, match="cut or damaged"):
        read(bytes(stored))


def test_silent_damage_is_noticed_in_compressed_files(read):
    outcome = read(gzip.compress(CLEAN + b"short\n"), path="fast")
    assert not outcome.is_whole


def test_nothing_compressed_is_an_empty_file(read):
    with pytest.raises(DecodeError, match="empty"):
        read(gzip.compress(b""))


def test_compression_may_be_demanded(read):
    assert read(gzip.compress(CLEAN), compression="gzip").frame.height == 20_000
    with pytest.raises(DecodeError, match="expected gzip, found plain"):
        read(CLEAN, compression="gzip")


def test_compression_within_compression_is_named(read):
    with pytest.raises(DecodeError, match="looks like"):
        read(gzip.compress(gzip.compress(CLEAN)))
