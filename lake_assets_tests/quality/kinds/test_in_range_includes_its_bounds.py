from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest

from lake_assets.errors import SchemaError


def test_both_bounds_are_included_and_null_passes(holds):
    frame = pl.DataFrame({"a": [0, 1, 12, 13, None]})
    assert holds({"in_range": {"a": [1, 12]}}, frame) == [False, True, True, False, True]


def test_one_side_may_stay_open(holds):
    frame = pl.DataFrame({"a": [0, 5]})
    assert holds({"in_range": {"a": [1, None]}}, frame) == [False, True]
    assert holds({"in_range": {"a": [None, 1.5]}}, frame) == [True, False]


def test_nan_is_in_no_range(holds):
    frame = pl.DataFrame({"a": [float("nan"), float("inf"), 1.0]})
    assert holds({"in_range": {"a": [0, None]}}, frame) == [False, True, True]
    assert holds({"in_range": {"a": [None, 2]}}, frame) == [False, False, True]


def test_dates_compare_as_dates(holds):
    frame = pl.DataFrame({"a": [date(2013, 1, 1), date(2012, 12, 31), None]})
    assert holds({"in_range": {"a": [date(2013, 1, 1), None]}}, frame) == [True, False, True]


def test_datetimes_compare_in_the_zone_of_the_column(holds):
    frame = pl.DataFrame({"naive": [datetime(2013, 1, 1, 1)], "aware": [datetime(2013, 1, 1, 1, tzinfo=UTC)]})  # noqa: DTZ001  (naive on purpose)
    assert holds({"in_range": {"naive": ["2013-01-01T01:00", None]}}, frame) == [True]
    assert holds({"in_range": {"aware": ["2013-01-01T01:00", None]}}, frame) == [True]
    assert holds({"in_range": {"aware": ["2013-01-01T01:00+01:00", None]}}, frame) == [True]
    assert holds({"in_range": {"aware": [None, "2013-01-01T01:00+01:00"]}}, frame) == [False]


@pytest.mark.parametrize(
    ("kind", "bound"),
    [
        (pl.Date, "yesterday"),
        (pl.Date, "2013-01-01T05:00"),
        (pl.Datetime, "2013-01-01T05:00Z"),
        (pl.Time, "05:00"),
        (pl.Int64, True),
        (pl.List(pl.Int64), 1),
    ],
)
def test_a_bound_that_is_no_value_of_the_column_is_refused(holds, kind, bound):
    with pytest.raises(SchemaError, match="cannot be compared"):
        holds({"in_range": {"a": [bound, None]}}, pl.DataFrame(schema={"a": kind}))


def test_decimals_compare_exactly(holds):
    frame = pl.DataFrame({"a": [Decimal("0.10"), Decimal("0.11")]})
    assert holds({"in_range": {"a": [None, 0.1]}}, frame) == [True, False]


def test_texts_compare_as_texts(holds):
    assert holds({"in_range": {"a": ["b", "d"]}}, pl.DataFrame({"a": ["a", "b", "ca", "da"]})) == [
        False,
        True,
        True,
        False,
    ]
