from __future__ import annotations

import gzip

import polars as pl
import pytest

from lake_assets.errors import DeclarationError, DecodeError

BOOKS = b"""<?xml version="1.0" encoding="ISO-8859-1"?>
<c:catalog xmlns:c="urn:c" made="2024">
  <!-- a comment -->
  <c:books>
    <c:book id="1"><title lang="fr">Caf\xe9</title><author>A</author><author>B</author></c:book>
    <c:book id="2"><title>Plain</title><author>C</author><note>see <b>this</b> too</note></c:book>
    <c:book/>
  </c:books>
</c:catalog>"""


def test_nested_elements_and_attributes_keep_their_shape(read):
    frame = read(BOOKS, "xml", records="catalog/books/book").frame
    assert frame.schema["title"] == pl.Struct({"@lang": pl.String, "#text": pl.String})
    assert frame.drop("_row").to_dicts() == [
        {"@id": "1", "title": {"@lang": "fr", "#text": "Café"}, "author": ["A", "B"], "note": None},
        {
            "@id": "2",
            "title": {"@lang": None, "#text": "Plain"},
            "author": ["C"],
            "note": {"b": "this", "#text": "see too"},
        },
        {"@id": None, "title": None, "author": None, "note": None},
    ]


def test_children_of_the_root_are_the_records_when_nothing_is_declared(read):
    assert read(b"<r><x>1</x><x>2</x><y/></r>", "xml").rows == [("1",), ("2",), (None,)]


def test_a_path_may_begin_with_a_slash_and_other_elements_are_left_out(read):
    outcome = read(b"<r><x><v>1</v></x><y><v>2</v></y></r>", "xml", records="/r/x")
    assert outcome.rows == [("1",)]


def test_large_files_are_read_in_blocks(read):
    stored = b"<r>" + b"".join(b"<x><v>%d</v></x>" % number for number in range(60_000)) + b"</r>"
    outcome = read(gzip.compress(stored), "xml")
    assert outcome.frame["v"].to_list() == [str(number) for number in range(60_000)]
    assert outcome.is_whole


@pytest.mark.parametrize(
    ("stored", "what"),
    [
        (b"<r><x></r>", "mismatch"),
        (b"<r/>", "no element is at"),
        (b"no markup", "Start tag expected"),
        (b"<!DOCTYPE r [<!ENTITY a 'b'>]><r><x>&a;</x></r>", "defines entities"),
        (b"<!DOCTYPE r [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><r><x>&a;</x></r>", "defines entities"),
        (b"<r><x>" + b"<d>" * 5_000 + b"</d>" * 5_000 + b"</x></r>", "depth"),
    ],
    ids=["not closed", "nothing", "text", "entity", "file", "deep"],
)
def test_what_cannot_be_read_is_refused(read, stored, what):
    with pytest.raises(DecodeError, match=what):
        read(stored, "xml")


def test_an_outside_document_type_is_not_fetched(read):
    stored = b"<!DOCTYPE r SYSTEM 'http://127.0.0.1:9/r.dtd'><r><x>a&unknown;b</x></r>"
    assert read(stored, "xml").rows == [("a &unknown; b",)]


def test_a_path_is_checked(read):
    with pytest.raises(DeclarationError, match="no path of element names"):
        read(b"<r/>", "xml", records="//book[1]")
