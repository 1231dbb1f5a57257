"""A datetime column without a declared layout takes every way ISO 8601 has to write an instant."""

from datetime import UTC, datetime, timedelta, timezone

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lake_assets.zones.instants import read_instants

FIVE = datetime(2013, 1, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2013-01-01T05:00:00Z",
        "2013-01-01T05:00:00",
        "2013-01-01 05:00:00",
        "2013-01-01T05:00:00.000Z",
        "2013-01-01 05:00:00.000000",
        "2013-01-01T05:00:00.0",
        "2013-01-01T07:00:00+02:00",
        "2013-01-01T07:00:00.0+0200",
        "2013-01-01 07:00:00+02",
        "2012-12-31 22:30:00 -06:30",
        "2013-01-01T05:00Z",
        "2013-01-01 05:00Z",
        "2013-01-01T05:00",
        "2013-01-01 05:00",
    ],
)
def test_each_way_alone(text):
    assert read_instants(pl.Series([text])).to_list() == [FIVE]


def test_a_date_is_its_midnight():
    assert read_instants(pl.Series(["2013-01-01"])).to_list() == [datetime(2013, 1, 1, tzinfo=UTC)]


def test_ways_are_mixed_in_one_column():
    cells = ["2013-01-01T05:00:00Z", None, "2013-01-01 05:00", "five", "2013-01-01T07:00:00+02:00"]
    assert read_instants(pl.Series(cells)).to_list() == [FIVE, None, FIVE, None, FIVE]


@pytest.mark.parametrize("cells", [[], [None], [None, None]])
def test_nothing_stays_nothing(cells):
    assert read_instants(pl.Series(cells, dtype=pl.String)).to_list() == cells


_OFFSETS = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(timezones=st.just(UTC)), _OFFSETS)
def test_what_python_writes_is_read_as_the_same_instant(instant, offset):
    try:
        written = instant.astimezone(offset).isoformat()
    except OverflowError:
        written = instant.isoformat()
    assert read_instants(pl.Series([written])).to_list() == [instant]
