from __future__ import annotations

import codecs

import pytest

from lake_assets.errors import DecodeError

TEXT = "name,town\nJosé,Köln\nAnna,Łódź\n"
WEST = "name,town\nJosé,Köln\n"


@pytest.mark.parametrize(
    ("stored", "encoding"),
    [
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-32"), "utf-32"),
    ],
)
def test_a_byte_order_mark_says_the_encoding(read, stored, encoding):
    outcome = read(stored)
    assert outcome.rows == [("José", "Köln"), ("Anna", "Łódź")]
    assert outcome.frame.columns == ["name", "town", "_row"]
    assert outcome.decoded.decision.get("encoding", "utf-8") == encoding


@pytest.mark.parametrize(
    ("text", "encoding"), [(WEST, "cp1252"), (f"{WEST}€,x\n", "cp1252"), (f"{WEST}\x81,x\n", "latin-1")]
)
def test_what_is_not_utf_8_is_western_and_that_is_on_record(read, text, encoding):
    outcome = read(text.encode(encoding))
    assert outcome.rows[0] == ("José", "Köln")
    assert outcome.decoded.bad_records == ()
    assert outcome.decoded.decision["encoding"] == encoding


def test_a_damaged_utf_8_file_stays_utf_8_and_its_damaged_record_is_bad(read):
    outcome = read(TEXT.encode() + b"Zo\xeb,Rome\n" + "Jürgen,Bonn\n".encode())
    [bad] = outcome.decoded.bad_records
    assert (bad.row, bad.raw, bad.reason) == (3, r"Zo\xeb,Rome", "bytes that are not utf-8")
    assert outcome.numbers == [1, 2, 4]


@pytest.mark.parametrize("encoding", ["utf-16-le", "cp1250", "shift_jis", "latin-1"])
def test_a_declared_encoding_is_used(read, encoding):
    text = "name,town\nAnna,Bonn\n"
    outcome = read(text.encode(encoding), encoding=encoding)
    assert outcome.rows == [("Anna", "Bonn")]


def test_under_a_declared_encoding_nothing_else_is_tried(read):
    outcome = read(WEST.encode("latin-1") + b"Anna,Bonn\n", encoding="utf-8")
    assert outcome.bad_numbers == [1]
    assert outcome.rows == [("Anna", "Bonn")]


def test_half_a_character_at_the_end_is_shown(read):
    outcome = read(TEXT.encode("utf-16") + b"x")
    assert outcome.decoded.bad_records[0].raw == r"\x78"


def test_a_header_in_an_unknown_encoding_is_refused(read):
    with pytest.raises(DecodeError, match="header is no text"):
        read(b"n\xe4me,town\nAnna,Bonn\n", encoding="ascii")
