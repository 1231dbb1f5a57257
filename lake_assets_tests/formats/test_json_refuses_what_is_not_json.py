from __future__ import annotations

import codecs
import gzip

import pytest

from lake_assets.errors import DecodeError


@pytest.mark.parametrize(
    ("stored", "what"),
    [
        (b'{\n  "a": 1,\n  "b": }', "line 3, column 8"),
        (b'[{"a": 1}', "line 1, column 10"),
        (b'[{"a": 1},]', "line 1"),
        (b"Service Unavailable", "line 1, column 1"),
        (b" \n ", "not JSON"),
        (b'[{"a": "\xff"}]', "byte 8 is not utf-8"),
        (b"[" * 100_000, "nested too deep"),
        (b"[" + b"1" * 5_000 + b"]", "more digits"),
        (b'[{"_row": 1}]', "_row"),
        (b'[{"\\ud800": 1}]', "no text"),
        (b'<?xml version="1.0"?><rows/>', "an XML document"),
    ],
)
def test_the_place_and_the_reason_are_named(read, stored, what):
    with pytest.raises(DecodeError, match=what) as caught:
        read(stored, "json")
    assert "bikes 2024.csv" in caught.value.place
    assert caught.value.mend


def test_a_document_larger_than_allowed_is_refused(read):
    with pytest.raises(DecodeError, match="larger than 100 bytes") as caught:
        read(gzip.compress(b"[" + b" " * 200 + b"]"), "json", max_bytes=100)
    assert "lines: true" in caught.value.mend


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_every_unicode_encoding_is_read(read, encoding):
    assert read('[{"a": "Łódź"}]'.encode(encoding), "json").rows == [("Łódź",)]


def test_compressed_documents_are_read(read):
    assert read(gzip.compress(b'[{"a": 1}]'), "json").rows == [(1,)]


def test_a_cut_compressed_document_is_refused(read):
    with pytest.raises(DecodeError, match="cut or damaged"):
        read(gzip.compress(b'[{"a": 1}]' * 100)[:-4], "json")


def test_a_byte_order_mark_is_no_content(read):
    assert read(codecs.BOM_UTF8 + b'{"a": 1}\n{"a": 2}\n', "json").rows == [(1,), (2,)]
