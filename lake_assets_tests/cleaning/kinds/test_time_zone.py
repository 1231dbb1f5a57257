from datetime import UTC, datetime

import polars as pl
import pytest

from lake_assets.errors import DeclarationError, SchemaError

KIND = pl.Datetime("us", "UTC")
WINTER, SUMMER = datetime(2013, 1, 1, 5, tzinfo=UTC), datetime(2013, 7, 1, 5, tzinfo=UTC)
LEAPT_OVER = datetime(2013, 3, 10, 2, 30, tzinfo=UTC)
TWICE = datetime(2013, 11, 3, 1, 30, tzinfo=UTC)
NEW_YORK = "America/New_York"


def test_a_clock_is_read_where_it_hangs(cells):
    found = cells([WINTER, SUMMER, None], {"time_zone": {"a": NEW_YORK}}, kind=KIND)
    assert found == [WINTER.replace(hour=10), SUMMER.replace(hour=9), None]


def test_times_that_are_none_and_times_that_are_two_are_lost(clean):
    frame = pl.DataFrame(
        {"a": [LEAPT_OVER, TWICE], "_rescued": [None, '{"x":"1"}']}, schema_overrides={"a": KIND}
    )
    outcome = clean(frame, {"time_zone": {"a": NEW_YORK}})
    assert outcome["a"] == [None, None]
    assert outcome["_rescued"] == [
        '{"a":"2013-03-10 02:30:00.000000"}',
        '{"a":"2013-11-03 01:30:00.000000","x":"1"}',
    ]
    assert outcome.counts == {("time_zone", "a"): (0, 2)}


@pytest.mark.parametrize(("meant", "hour"), [("earliest", 5), ("latest", 6)])
def test_which_of_two_is_meant_can_be_said(cells, meant, hour):
    said = {"zone": NEW_YORK, "ambiguous": meant}
    assert cells([TWICE, LEAPT_OVER], {"time_zone": {"a": said}}, kind=KIND) == [
        TWICE.replace(hour=hour),
        None,
    ]


def test_a_zone_that_is_none_names_the_near_ones(cells):
    with pytest.raises(DeclarationError, match="no time zone is named") as caught:
        cells([WINTER], {"time_zone": {"a": "America/NewYork"}}, kind=KIND)
    assert "America/New_York" in caught.value.mend


def test_text_is_refused(cells):
    with pytest.raises(SchemaError, match="not a datetime"):
        cells(["05:00"], {"time_zone": {"a": NEW_YORK}})
