from __future__ import annotations

import bz2
import lzma

import pytest

from lake_assets.errors import DeclarationError, DecodeError


def test_every_line_is_a_record_the_empty_ones_too(read):
    outcome = read(b"a\r\n\r\n c \nlast", "lines")
    assert outcome.rows == [("a",), ("",), (" c ",), ("last",)]
    assert outcome.numbers == [1, 2, 3, 4]


def test_carriage_returns_alone_end_lines_too(read):
    assert read(b"a\rb\rc", "lines").rows == [("a",), ("b",), ("c",)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_found(read, encoding):
    assert read("né\nça\n".encode(encoding), "lines").rows == [("né",), ("ça",)]


def test_a_declared_encoding_is_kept(read):
    outcome = read("é\n".encode("cp850"), "lines", encoding="cp850")
    assert outcome.rows == [("é",)]
    assert outcome.decoded.decision["encoding"] == "cp850"


def test_an_unknown_encoding_is_refused(read):
    with pytest.raises(DeclarationError, match="no text encoding"):
        read(b"a", "lines", encoding="klingon")


def test_a_line_that_is_no_text_is_set_aside(read):
    outcome = read("é\n".encode() * 9 + b"caf\xe9\nlast\n", "lines")
    assert outcome.numbers == [*range(1, 10), 11]
    [bad] = outcome.decoded.bad_records
    assert (bad.row, bad.raw, bad.reason) == (10, "caf\\xe9", "bytes that are not utf-8")


@pytest.mark.parametrize("compress", [bz2.compress, lzma.compress])
def test_large_files_come_in_blocks(read, compress):
    lines = [f"line {number}" for number in range(300_000)]
    outcome = read(compress("\n".join(lines).encode()), "lines")
    assert outcome.frame["line"].to_list() == lines
    assert outcome.numbers == list(range(1, 300_001))
    assert outcome.is_whole


def test_an_endless_line_is_refused(read):
    with pytest.raises(DecodeError, match="64 Mi"):
        read(bz2.compress(b"a" * (80 << 20)), "lines")
