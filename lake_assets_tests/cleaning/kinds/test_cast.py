from datetime import UTC, date, datetime

import polars as pl
import pytest

from lake_assets.errors import DeclarationError, SchemaError

UTC_US = pl.Datetime("us", "UTC")


@pytest.mark.parametrize(
    ("said", "values", "expected"),
    [
        ("float", ["1.5", "1e3", "x", None], [1.5, 1000.0, None, None]),
        ("int", ["7", "7.5", "+3"], [7, None, 3]),
        ("bool", ["yes", "N", "1", "maybe"], [True, False, True, None]),
        ("date", ["2024-02-29", "2023-02-29"], [date(2024, 2, 29), None]),
        ({"type": "date", "layout": "%d/%m/%Y"}, ["31/01/2024", "13/13/2024"], [date(2024, 1, 31), None]),
        ("text", ["a"], ["a"]),
    ],
    ids=["float", "int", "bool", "date", "layout", "text"],
)
def test_text_becomes_another_type(cells, said, values, expected):
    assert cells(values, {"cast": {"a": said}}) == expected


@pytest.mark.parametrize(
    ("thousands", "decimal", "texts", "expected"),
    [
        (
            ".",
            ",",
            ["1.234,50", "1234,5", "-1.234.567", "1.23", ",5", "1,"],
            [1234.5, 1234.5, -1234567.0, None, 0.5, 1.0],
        ),
        (",", ".", ["1,234.5", "12,34", "1,2345", "1e2"], [1234.5, None, None, 100.0]),
        (" ", ",", ["12 345,6", "1 2"], [12345.6, None]),
        ("'", ".", ["1'000'000"], [1000000.0]),
        (None, ",", ["3,5", "3.5"], [3.5, None]),
    ],
    ids=["german", "english", "french", "swiss", "decimal_only"],
)
def test_marks_are_read_where_they_belong_and_nowhere_else(cells, thousands, decimal, texts, expected):
    marks = {"decimal": decimal} | ({"thousands": thousands} if thousands else {})
    assert cells(texts, {"cast": {"a": {"type": "float", **marks}}}) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2024-01-01T08:00:00", "datetime"),
        ("2024-01-01 09:00+01:00", {"type": "datetime", "layout": "%Y-%m-%d %H:%M%:z"}),
        ("2024-01-01 08:00", "datetime"),
        ("2024-01-01T10:00:00+02:00", "datetime"),
        ("01.01.2024 08:00", {"type": "datetime", "layout": "%d.%m.%Y %H:%M"}),
    ],
)
def test_text_becomes_an_instant(cells, text, said):
    assert cells([text], {"cast": {"a": said}}) == [datetime(2024, 1, 1, 8, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("values", "kind", "said", "expected"),
    [
        ([1.0, 1.5], pl.Float64(), "int", [1, None]),
        ([1, 0], pl.Int64(), "bool", [True, False]),
        ([1, None], pl.Int64(), "text", ["1", None]),
        ([date(2024, 1, 1)], pl.Date(), "text", ["2024-01-01"]),
        ([date(2024, 1, 1)], pl.Date(), "datetime", [datetime(2024, 1, 1, tzinfo=UTC)]),
        ([datetime(2024, 1, 1, 5, tzinfo=UTC)], UTC_US, "date", [None]),
        ([1.5], pl.Float64(), "float", [1.5]),
    ],
)
def test_typed_values_become_what_holds_them_exactly(cells, values, kind, said, expected):
    assert cells(values, {"cast": {"a": said}}, kind=kind) == expected


@pytest.mark.parametrize(
    ("kind", "said"), [(pl.Int64(), "date"), (pl.Date(), "int"), (pl.List(pl.Int64), "text")]
)
def test_types_that_have_nothing_in_common_are_refused(cells, kind, said):
    with pytest.raises(SchemaError, match="which is no"):
        cells([None], {"cast": {"a": said}}, kind=kind)


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("nmber", "'nmber' is no type"),
        ({"type": "text", "decimal": ","}, "only numbers have marks"),
        ({"type": "float", "thousands": "."}, "different marks"),
        ({"type": "float", "decimal": "ab"}, "decimal is one character"),
        ({"type": "float", "decimal": "5"}, "neither a letter"),
        ({"type": "float", "layout": "%d"}, "only a date or datetime"),
        ({"type": "float", "digits": 2}, "no option 'digits'"),
    ],
)
def test_what_does_not_belong_to_the_type_is_refused(cells, said, what):
    with pytest.raises(DeclarationError, match=what):
        cells(["1"], {"cast": {"a": said}})
