from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lake_assets.connectors._sql_cursor import SqlCursor, kind_of_type

MOMENTS = st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29))  # noqa: DTZ001  zones are added below


@given(st.integers(-(2**63), 2**63 - 1))
def test_integers(number):
    assert int(SqlCursor.of("c", "integer", number).value) == number


@given(st.decimals(allow_nan=False, allow_infinity=False, places=20))
def test_exact_numbers(number):
    assert Decimal(SqlCursor.of("c", "numeric", str(number)).value) == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats(number):
    assert float(SqlCursor.of("c", "float", number).value) == number


@given(MOMENTS, st.integers(-14 * 60, 14 * 60))
def test_instants(moment, offset_minutes):
    zoned = moment.replace(tzinfo=timezone(timedelta(minutes=offset_minutes)))
    assert datetime.fromisoformat(SqlCursor.of("c", "timestamptz", zoned).value) == zoned
    assert SqlCursor.of("c", "timestamptz", zoned.isoformat()) == SqlCursor.of("c", "timestamptz", zoned)


@given(MOMENTS, MOMENTS)
def test_the_later_of_two_times_is_past_the_other(first, second):
    one, two = (SqlCursor.of("c", "timestamp", moment) for moment in (first, second))
    assert one.is_past(two) == (first > second)


@given(st.text().filter(lambda text: "\0" not in text))
def test_a_text_ends_where_it_ends(text):
    literal = SqlCursor.of("c", "text", text).literal("postgresql")
    assert literal[1:-1].replace("''", "").count("'") == 0
    assert literal[1:-1].replace("''", "'") == text


@given(st.builds(SqlCursor, st.text(), st.text(), st.text()))
def test_a_state_is_read_as_it_was_written(cursor):
    assert SqlCursor.read(cursor.text()) == cursor


@pytest.mark.parametrize("foreign", ["", "{", "[]", "7", "null", '{"offsets": {"0": 7}}'])
def test_a_state_of_another_kind_of_connector_begins_anew(foreign):
    assert SqlCursor.read(foreign) is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "x"),
        ("integer", 1.5),
        ("integer", True),
        ("numeric", "x"),
        ("numeric", "Infinity"),
        ("float", "nan"),
        ("date", "yesterday"),
        ("timestamp", "2024-01-01T00:00:00Z"),
        ("timestamptz", 7),
        ("text", "a\0b"),
    ],
)
def test_what_is_no_cursor_is_refused(kind, value):
    with pytest.raises(ValueError, match=r"."):
        SqlCursor.of("c", kind, value)


def test_a_day_may_come_as_a_time():
    assert SqlCursor.of("c", "date", datetime(2024, 5, 1, 12, tzinfo=UTC)).value == "2024-05-01"
    assert SqlCursor.of("c", "date", date(2024, 5, 1)).value == "2024-05-01"


def test_types_that_make_a_cursor():
    assert kind_of_type(pa.string(), "numeric") == kind_of_type(pa.decimal128(9, 2)) == "numeric"
    assert kind_of_type(pa.string(), "inet") == kind_of_type(pa.binary()) == ""
    assert kind_of_type(pa.timestamp("us", "UTC")) == "timestamptz"
    assert kind_of_type(pa.large_string()) == "text"
