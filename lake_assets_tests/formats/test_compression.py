"""Every format reads compressed files as if they were not, and a bomb is refused before it goes off."""

from __future__ import annotations

import bz2
import gzip
import lzma

import pyarrow as pa
import pytest

from lake_assets.errors import DecodeError
from lake_assets.formats.apart import limits
from lake_assets_tests.formats.tables import CLEAN, arrow_file, parquet


def zstd(stored: bytes) -> bytes:
    return pa.compress(stored, codec="zstd", asbytes=True)


PACK = {"gzip": gzip.compress, "zstd": zstd, "bzip2": bz2.compress, "xz": lzma.compress}
FILES = {
    "csv": b"id,name\n1,Anna\n2,\n3,Ben\n",
    "json": b'[{"id": 1, "name": "Anna"}, {"id": 2}, {"id": 3, "name": "Ben"}]',
    "lines": b"1\n2\n3\n",
    "xml": b"<r><x>1</x><x>2</x><x>3</x></r>",
    "html": b"<table><tr><td>1<tr><td>2<tr><td>3</table>",
    "parquet": parquet(CLEAN),
    "arrow": arrow_file(CLEAN),
}


@pytest.mark.parametrize("packing", PACK)
@pytest.mark.parametrize("kind", FILES)
def test_a_compressed_file_is_read_as_a_plain_one(read, kind, packing):
    outcome = read(PACK[packing](FILES[kind]), kind)
    assert outcome.numbers == [1, 2, 3]
    assert outcome.frame.equals(read(FILES[kind], kind).frame)
    assert outcome.is_whole


@pytest.mark.parametrize("packing", PACK)
@pytest.mark.parametrize("kind", ["csv", "lines", "parquet"])
def test_cut_data_are_refused(read, kind, packing):
    with pytest.raises(DecodeError, match=f"{packing} data are cut or damaged"):
        read(PACK[packing](FILES[kind])[:-9], kind)


@pytest.mark.parametrize("packing", PACK)
@pytest.mark.parametrize("kind", ["csv", "lines", "parquet"])
def test_a_bomb_is_refused(read, monkeypatch, kind, packing):
    monkeypatch.setattr(limits, "_FREE_BYTES", 1 << 20)
    with pytest.raises(DecodeError, match="are a bomb") as caught:
        read(PACK[packing](b"id,name\n" + b"1,a\n" * 1_000_000), kind, max_ratio=3)
    assert "max_ratio" in caught.value.mend


def test_several_streams_of_xz_with_padding_are_one_file(read):
    stored = lzma.compress(b"a\nb") + bytes(8) + lzma.compress(b"c\n")
    assert read(stored, "lines").rows == [("a",), ("bc",)]


def test_a_dictionary_that_takes_all_memory_is_refused(read):
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 30}]
    stored = lzma.compress(b"a\n", filters=filters, check=lzma.CHECK_CRC32)
    with pytest.raises(DecodeError, match="xz data are cut or damaged"):
        read(stored, "lines")


def test_what_is_compressed_twice_is_told(read):
    with pytest.raises(DecodeError, match="gzip within another"):
        read(bz2.compress(gzip.compress(b"a")), "lines")
