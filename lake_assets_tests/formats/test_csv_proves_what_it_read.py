"""What Polars lets pass in silence is noticed, and what is in order stays on the fast path."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lake_assets.formats._csv_census import CsvCensus
from lake_assets_tests.examples import drawn

SILENT = {
    "a record that is too short": b"a,b\n1,2\n3\n4,5\n",
    "a short record after a null": b'a,b,c\n1,2,\n3,4\n5,6,""\n',
    "a short record beside quotes": b'a,b\n"1,1",\n3\n',
    "an empty line": b"a,b\n1,2\n\n3,4\n",
    "an empty line at the end": b"a,b\n1,2\n\n",
    "a field too many at the end": b"a,b\n0,0\n1,2,",
    "one too many at the end, one too few before": b"a,b\n0,0\n3\n1,2,",
    "quotes within a quoted field": b'a,b\n1,"say "yes" now"\n',
}
IN_ORDER = {
    "nulls at the end of records": b"a,b\n1,\n2,x\n3,\n",
    "no line feed at the end": b"a,b\n1,2",
    "line feeds in quotes": b'a,b\n1,"x\ny"\n2,"z\r\n"\n',
    "line feeds in quotes beside nulls": b'a,b\n"x\n,y",\n2,"z"\n',
    "separators in quotes beside nulls": b'a,b\n"x,y",\n2,\n',
    "doubled quotes": b'a,b\n1,"""x"" and ""y"""\n',
    "a header over two lines": b'a,"b\nc"\n1,2\n',
    "a header alone": b"a,b\n",
    "one element with empty lines": b"a\n1\n\n3\n",
    "carriage returns before line feeds": b'a,b\r\n1,2\r\n3,"4"\r\n',
    "a byte order mark": b"\xef\xbb\xbfa,b\n1,2\n",
}


@pytest.mark.parametrize("name", SILENT)
def test_silent_damage_is_not_whole(read, name):
    outcome = read(SILENT[name], path="fast")
    assert outcome.decoded.decision["path"] == "fast"
    assert not outcome.is_whole


@pytest.mark.parametrize("name", IN_ORDER)
def test_a_file_in_order_stays_on_the_fast_path(read, name):
    outcome = read(IN_ORDER[name], path="fast")
    assert outcome.decoded.decision["path"] == "fast"
    assert outcome.is_whole
    assert outcome.frame.equals(read(IN_ORDER[name], path="careful").frame)


def test_a_row_that_went_missing_is_noticed(read):
    decoded = read(b"a,b\n1,2\n3,4\n", path="fast").decoded
    assert decoded.is_whole(2, 0)
    assert not decoded.is_whole(1, 0)
    assert not decoded.is_whole(3, 0)


def test_the_careful_path_counts_too(read):
    decoded = read(b"a,b\n1,2\n3\n", path="careful").decoded
    assert decoded.is_whole(1, 0)
    assert not decoded.is_whole(2, 0)


def test_the_witness_is_the_last_element(read):
    assert read(b"a,b\n1,2\n", path="fast").decoded.witness == "b"
    assert read(b"a\n1\n", path="fast").decoded.witness == ""


@given(
    rows=st.lists(
        st.lists(st.text(st.sampled_from('a,"\n'), max_size=4), min_size=2, max_size=2),
        min_size=1,
        max_size=9,
    ),
    size=st.integers(1, 9),
    is_ended=st.booleans(),
)
@settings(max_examples=drawn(80), deadline=None)
def test_the_census_counts_as_a_csv_reader_does_however_the_bytes_are_cut(rows, size, is_ended):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    stored = text.getvalue().encode()
    stored = stored if is_ended else stored.removesuffix(b"\n")
    census = CsvCensus(ord(","), ord('"'), is_exact=True)
    census.take(stored[at : at + size] for at in range(0, len(stored), size))
    assert census.is_regular
    assert (census.records, census.separators) == (len(rows), len(rows))


@given(st.text(st.sampled_from('a,"\n'), min_size=1, max_size=30), st.integers(1, 9))
@settings(max_examples=drawn(80), deadline=None)
def test_the_census_does_not_depend_on_where_the_bytes_are_cut(text, size):
    stored = text.encode()
    whole, cut = (CsvCensus(ord(","), ord('"'), is_exact=True) for _ in range(2))
    whole.take([stored])
    cut.take(stored[at : at + size] for at in range(0, len(stored), size))
    assert (cut.records, cut.separators, cut.is_regular) == (
        whole.records,
        whole.separators,
        whole.is_regular,
    )
