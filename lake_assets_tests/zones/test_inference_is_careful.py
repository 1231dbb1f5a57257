"""The type of an element nobody declared: what a cast would change stays text."""

import polars as pl
import pytest

from lake_assets.model import ColumnType
from lake_assets.zones.inference import column_name, infer_column


@pytest.mark.parametrize(
    ("cells", "kind", "layout"),
    [
        (["1", "-20", None], ColumnType.INT, ""),
        (["00123", "10001"], ColumnType.TEXT, ""),
        (["123456789012345678"], ColumnType.INT, ""),
        (["1234567890123456789"], ColumnType.TEXT, ""),
        (["12345678901234567890", "1.5"], ColumnType.TEXT, ""),
        (["1.5", "2", "1e-3"], ColumnType.FLOAT, ""),
        (["+1"], ColumnType.TEXT, ""),
        (["true", "False"], ColumnType.BOOL, ""),
        (["yes", "no"], ColumnType.BOOL, ""),
        (["yes", "yes"], ColumnType.TEXT, ""),
        (["2013-01-31"], ColumnType.DATE, "%Y-%m-%d"),
        (["31.01.2013"], ColumnType.DATE, "%d.%m.%Y"),
        (["31/01/2013", "01/02/2013"], ColumnType.DATE, "%d/%m/%Y"),
        (["01/31/2013", "01/02/2013"], ColumnType.DATE, "%m/%d/%Y"),
        (["01/02/2013"], ColumnType.TEXT, ""),
        (["2013-01-31T05:00:00Z", "2013-01-31 06:00"], ColumnType.DATETIME, ""),
        (["2013-01-31", "2013-02-30"], ColumnType.TEXT, ""),
        ([None], ColumnType.TEXT, ""),
        ([""], ColumnType.TEXT, ""),
        (["NaN", "1.5"], ColumnType.TEXT, ""),
    ],
)
def test_text(cells, kind, layout):
    column = infer_column("x", pl.Series(cells, dtype=pl.String), set())
    assert (column.kind, column.layout) == (kind, layout)


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (pl.Int64(), ColumnType.INT),
        (pl.Float64(), ColumnType.FLOAT),
        (pl.Boolean(), ColumnType.BOOL),
        (pl.Date(), ColumnType.DATE),
        (pl.Datetime("ms"), ColumnType.DATETIME),
        (pl.List(pl.Int64()), ColumnType.NESTED),
        (pl.Struct({"a": pl.Int64()}), ColumnType.NESTED),
        (pl.Binary(), ColumnType.TEXT),
    ],
)
def test_what_the_format_typed(found, kind):
    assert infer_column("x", pl.Series([], dtype=found), set()).kind is kind


@pytest.mark.parametrize(
    ("element", "taken", "name"),
    [
        ("Dep. Time", set(), "dep_time"),
        ("depTime", set(), "dep_time"),
        ("Dep. Time", {"dep_time", "dep_time_2"}, "dep_time_3"),
        ("2013", set(), "c_2013"),
        ("%", set(), "column"),
        ("_file", {"_file"}, "file"),
    ],
)
def test_names_are_lower_snake_case_and_not_in_use(element, taken, name):
    assert column_name(element, taken) == name
