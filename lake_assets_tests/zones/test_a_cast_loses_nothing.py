"""A cell is in its column, exactly, or in `_rescued`; never in neither."""

import json
from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lake_assets.model import ColumnType
from lake_assets_tests.zones.casting import cast

NUMBERS = {ColumnType.INT, ColumnType.FLOAT}
PLAIN = [kind for kind in ColumnType if kind is not ColumnType.NESTED]


@given(st.sampled_from(PLAIN), st.lists(st.none() | st.text(), min_size=1))
def test_any_text_is_cast_or_kept_as_it_is(kind, cells):
    for cell, (made, kept) in zip(cells, cast(kind, pl.Series(cells, dtype=pl.String)), strict=True):
        if kept is not None:
            assert made is None
            assert json.loads(kept) == {"c": cell}
        else:
            assert (made is None) == (cell is None or (kind in NUMBERS and not cell.strip(" \t")))


_NUMBERS = st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats()


@given(st.sampled_from(PLAIN), st.lists(st.none() | st.integers(-(2**63), 2**63 - 1), min_size=1))
def test_any_integer_is_cast_or_kept(kind, cells):
    for cell, (made, kept) in zip(cells, cast(kind, pl.Series(cells, dtype=pl.Int64)), strict=True):
        assert (made is None and kept is None) == (cell is None)
        if kept is not None:
            assert json.loads(kept) == {"c": cell}
        elif kind in {ColumnType.INT, ColumnType.FLOAT, ColumnType.BOOL}:
            assert made == cell


@given(st.sampled_from([ColumnType.INT, ColumnType.BOOL]), st.lists(st.none() | st.floats(), min_size=1))
def test_a_float_is_an_integer_only_where_it_is_whole(kind, cells):
    for cell, (made, kept) in zip(cells, cast(kind, pl.Series(cells, dtype=pl.Float64)), strict=True):
        assert (made is None and kept is None) == (cell is None)
        assert made is None or made == cell
        assert kept is None or float(json.loads(kept)["c"]) == pytest.approx(cell, nan_ok=True)


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        (ColumnType.INT, pl.Series([{"a": 1}, None]), [(None, '{"c":{"a":1}}'), (None, None)]),
        (ColumnType.INT, pl.Series([True, None]), [(1, None), (None, None)]),
        (ColumnType.INT, pl.Series([None, None]), [(None, None), (None, None)]),
        (ColumnType.INT, pl.Series([b"x"]), [(None, '{"c":"x"}')]),
        (ColumnType.DATE, pl.Series([[1, 2]]), [(None, '{"c":[1,2]}')]),
        (ColumnType.DATE, pl.Series([True]), [(None, '{"c":true}')]),
        (ColumnType.INT, pl.Series([date(2013, 1, 1)]), [(None, '{"c":"2013-01-01"}')]),
        (ColumnType.DATE, pl.Series([datetime(2013, 1, 1, tzinfo=UTC)]), [(date(2013, 1, 1), None)]),
        (
            ColumnType.DATE,
            pl.Series([datetime(2013, 1, 1, 5, tzinfo=UTC)]),
            [(None, '{"c":"2013-01-01 05:00:00.000000+00:00"}')],
        ),
        (
            ColumnType.TEXT,
            pl.Series([{"a": 1, "b": 'ü"'}, None]),
            [('{"a":1,"b":"ü\\""}', None), (None, None)],
        ),
        (ColumnType.TEXT, pl.Series([[1], None]), [("[1]", None), (None, None)]),
        (ColumnType.TEXT, pl.Series([1.5, None]), [("1.5", None), (None, None)]),
        (ColumnType.NESTED, pl.Series([{"a": 1}]), [({"a": 1}, None)]),
        (ColumnType.BOOL, pl.Series(["Yes", "f", "2"]), [(True, None), (False, None), (None, '{"c":"2"}')]),
    ],
)
def test_other_types(kind, values, expected):
    assert cast(kind, values) == expected


@pytest.mark.parametrize(
    ("kind", "layout", "cells", "expected"),
    [
        (ColumnType.DATE, "%d.%m.%Y", ["24.12.2013"], "2013-12-24"),
        (ColumnType.DATE, "%Y%m%d", [20131224], "2013-12-24"),
        (ColumnType.DATETIME, "%d.%m.%Y %H:%M", ["24.12.2013 18:30"], "2013-12-24 18:30:00+00:00"),
        (ColumnType.DATETIME, "%Y%m%dT%H%M%z", ["20131224T1830+0100"], "2013-12-24 17:30:00+00:00"),
    ],
)
def test_a_declared_layout_is_kept_to(kind, layout, cells, expected):
    ((made, kept),) = cast(kind, pl.Series(cells), layout)
    assert (str(made), kept) == (expected, None)
