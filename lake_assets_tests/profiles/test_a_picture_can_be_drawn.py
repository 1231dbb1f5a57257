"""The picture of a profile is well-formed SVG, whatever the table holds."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lake_assets.model import TableRef, Zone
from lake_assets.profiles import ColumnProfile, Drift, TableProfile, picture_of
from lake_assets.profiles.column_profile import Histogram
from lake_assets.profiles.tabular import table_of

_AT = datetime(2024, 1, 1, tzinfo=UTC)


def _profile(*columns, rows=10, sampled=10, keys=()):
    return TableProfile(TableRef(Zone.TRUSTED, "hires"), 3, rows, sampled, columns, _AT, keys)


def _texts(picture):
    return [each.text for each in ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314 - ours


@given(st.text(), st.text(), st.integers(0, 10), st.lists(st.integers(0, 9), min_size=1, max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_is_well_formed(low, value, nulls, counts):
    column = ColumnProfile(
        "x",
        "String",
        nulls,
        3,
        low,
        low,
        histogram=Histogram(0, 1, tuple(counts)),
        top=((value, 2),),
        drift=Drift(1, 0.3, 0.2),
    )
    assert "drifted 0.300" in _texts(picture_of(_profile(column)))


def test_it_tells_of_the_table_and_its_columns():
    columns = [
        ColumnProfile("hire_id", "Int64", 0, 10),
        ColumnProfile("rider", "String", 5, 4, is_personal=True),
    ]
    told = _texts(picture_of(_profile(*columns, rows=100, sampled=50, keys=(("hire_id",),))))
    assert told[0] == "trusted.hires, version 3: 100 rows, 50 of them for distribution and frequent values"
    assert {"⚷ hire_id", "rider", "(personal)", "5.0%"} <= set(told)


def test_of_a_wide_table_the_first_columns_are_drawn():
    told = _texts(picture_of(_profile(*(ColumnProfile(f"c{n}", "Int64", 0, 1) for n in range(100)))))
    assert "40 more columns" in told[0]
    assert "c59" in told
    assert "c60" not in told


def test_an_empty_table_is_drawn_and_told():
    profile = _profile(ColumnProfile("x", "Int64", 0, 0), rows=0, sampled=0)
    assert "x" in _texts(picture_of(profile))
    assert table_of(profile)[1] == [["x", "Int64", "", "", "0", "", "", "", "", ""]]
