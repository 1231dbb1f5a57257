from __future__ import annotations

import pytest

from lake_assets.errors import DeclarationError
from lake_assets.formats import open_format
from lake_assets_tests.formats.landing import dataset


@pytest.mark.parametrize("path", ["fast", "careful"])
@pytest.mark.parametrize(
    ("options", "stored"),
    [
        ({"separator": ";"}, b'a;b\n1;"x;y"\n'),
        ({"separator": "\t"}, b'a\tb\n1\t"x;y"\n'),
        ({"separator": "|"}, b"a|b\n1|x;y\n"),
        ({"separator": ".", "quote": "^"}, b"a.b\n1.^x;y^\n"),
        ({"quote": "'"}, b"a,b\n1,'x;y'\n"),
        ({"quote": ""}, b"a,b\n1,x;y\n"),
    ],
)
def test_the_dialect_is_as_declared(read, options, stored, path):
    outcome = read(stored, path=path, **options)
    assert outcome.frame.columns == ["a", "b", "_row"]
    assert outcome.rows == [("1", "x;y")]
    assert outcome.is_whole


def test_without_a_quote_character_quotes_are_characters(read):
    for path in ("fast", "careful"):
        outcome = read(b'a,b\n1,"x\n2,y""\n', path=path, quote="")
        assert outcome.rows == [("1", '"x'), ("2", 'y""')]
        assert outcome.is_whole


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"separator": "<separator>"}, "separator"),
        ({"separator": ""}, "separator"),
        ({"separator": "\n"}, "end no line"),
        ({"separator": "§"}, "ASCII"),
        ({"separator": '"'}, "differ"),
        ({"quote": "''"}, "quote"),
        ({"encoding": "utf-9"}, "utf-9"),
        ({"encoding": "rot13"}, "rot13"),
        ({"header": -1}, "header"),
        ({"escape": "\\\\"}, "escape"),
        ({"escape": ",", "separator": ","}, "differ"),
        ({"header": False, "columns": ["a", "a"]}, "different"),
        ({"header": False, "columns": ["a", ""]}, "names"),
        ({"compression": "lzma"}, "gzip"),
        ({"seperator": ";"}, "seperator"),
    ],
)
def test_an_option_that_cannot_hold_is_refused(options, word):
    with pytest.raises(DeclarationError) as caught:
        open_format(dataset("csv", options))
    assert word in caught.value.what
    assert "bikes" in caught.value.place
    assert caught.value.mend


def test_a_near_name_is_offered():
    with pytest.raises(DeclarationError, match="did you mean separator"):
        open_format(dataset("csv", {"seperator": ";"}))
