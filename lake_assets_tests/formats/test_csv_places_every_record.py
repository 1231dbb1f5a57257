"""No record is lost and none is changed, whatever is in the file."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

import polars as pl
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lake_assets.errors import DecodeError
from lake_assets.formats.csv import Csv
from lake_assets_tests.examples import drawn
from lake_assets_tests.formats.landing import Outcome, dataset, decode

FIELDS = st.text(st.sampled_from('ab1é,;"\n '), max_size=5)
ODD = st.sampled_from(
    ["", '"', '""', '"a', 'a"', '"a"b', '"a"b"', '"a""b"', '"a,b"', '"a\nb"', 'a"b', ' "a"', "\r", "a", "é"]
)


PLAIN = {"quote": '"', "escape": "", "blanks": "kept", "preamble": 0, "header": 1, "footer": 0}
"""All that could be found out of a file, declared."""


def read(text: str, *, is_careful: bool, separator: str = ",", **options: object) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.csv")
        path.write_bytes(text.encode())
        return decode(Csv(dataset("csv", {"separator": separator, **options})), path, is_careful=is_careful)


def quoted(field: str, separator: str) -> str:
    needs_quotes = any(mark in field for mark in (separator, '"', "\n"))
    return f'"{field.replace(chr(34), chr(34) * 2)}"' if needs_quotes else field


@given(
    rows=st.lists(st.lists(FIELDS, min_size=1, max_size=5), max_size=8),
    width=st.integers(2, 4),
    separator=st.sampled_from(",;"),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
@settings(max_examples=drawn(60), deadline=None)
def test_well_formed_records_are_rows_when_their_length_is_right_and_bad_otherwise(
    rows, width, separator, line_end
):
    texts = [separator.join(quoted(field, separator) for field in row) for row in rows]
    numbered = [(text, row) for text, row in zip(texts, rows, strict=True) if text]
    text = line_end.join([separator.join("wxyz"[:width]), *texts, ""])
    outcome = read(text, is_careful=True, separator=separator, **PLAIN)
    expected = {number: row for number, (_, row) in enumerate(numbered, start=1) if len(row) == width}
    found = dict(zip(outcome.numbers, outcome.rows, strict=True))
    assert found == {number: tuple(field or None for field in row) for number, row in expected.items()}
    bad = {bad.row: bad.raw for bad in outcome.decoded.bad_records}
    assert bad == {number: raw for number, (raw, _) in enumerate(numbered, start=1) if number not in expected}


@given(
    lines=st.lists(st.lists(ODD, min_size=1, max_size=4).map(",".join), max_size=6),
    width=st.integers(1, 3),
    line_end=st.sampled_from(["\n", "\r\n"]),
    is_ended=st.booleans(),
)
@example(lines=['1,"a",'], width=2, line_end="\n", is_ended=False)
@example(lines=["", "1,,"], width=2, line_end="\n", is_ended=False)
@example(lines=['1,"no "way" sir"'], width=2, line_end="\n", is_ended=True)
@settings(max_examples=drawn(100), deadline=None)
def test_the_fast_path_agrees_with_the_careful_one_or_gives_up(lines, width, line_end, is_ended):
    text = line_end.join(["abc"[:width].replace("", ",")[1:-1], *lines]) + line_end * is_ended
    careful = read(text, is_careful=True)
    try:
        fast = read(text, is_careful=False)
    except (OSError, pl.exceptions.PolarsError):
        return
    if fast.is_whole:
        assert fast.frame.equals(careful.frame)
        assert fast.decoded.bad_records == careful.decoded.bad_records


@given(st.text(st.sampled_from('ab,"\n\r '), max_size=40))
@settings(max_examples=drawn(100), deadline=None)
def test_every_character_of_any_text_is_in_a_row_or_in_a_bad_record(text):
    outcome = read(f"x,y\n{text}", is_careful=True, **PLAIN)
    assert sorted(outcome.numbers + outcome.bad_numbers) == list(
        range(1, outcome.frame.height + len(outcome.bad_numbers) + 1)
    )
    kept = [
        *(cell or "" for row in outcome.rows for cell in row),
        *(bad.raw for bad in outcome.decoded.bad_records),
    ]
    assert letters("".join(kept)) == letters(text)


@given(st.text(st.sampled_from('ab1,"#\n'), max_size=60))
@settings(max_examples=drawn(100), deadline=None)
def test_what_is_found_out_of_a_file_loses_no_character_of_it(text):
    outcome = read(f"x,y\n{text}", is_careful=True)
    decision = outcome.decoded.decision
    names = list(outcome.frame.columns) * (1 + int(str(decision.get("repeated_headers", 0))))
    kept = [
        *names,
        *(cell or "" for row in outcome.rows for cell in row),
        *(bad.raw for bad in outcome.decoded.bad_records),
        *map(str, decision.get("left_out", [])),
    ]
    assert not letters(text.replace(" ", "")) - letters("".join(kept))


def letters(text: str) -> Counter[str]:
    return Counter(letter for letter in text if letter in "ab ")


@given(st.binary(max_size=60))
@settings(max_examples=drawn(80), deadline=None)
def test_any_bytes_are_placed_or_refused(stored):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.csv")
        path.write_bytes(stored)
        try:
            is_placed = decode(Csv(dataset("csv")), path, is_careful=True).is_whole
        except DecodeError as error:
            is_placed = bool(error.what and error.place and error.mend)
    assert is_placed
