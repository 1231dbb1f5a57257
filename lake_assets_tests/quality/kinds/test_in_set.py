from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from lake_assets.errors import SchemaError


def test_only_listed_values_hold_and_null_passes(holds):
    frame = pl.DataFrame({"a": ["EWR", "LAX", "ewr", None]})
    assert holds({"in_set": {"a": ["EWR", "JFK"]}}, frame) == [True, False, False, True]


def test_values_take_the_type_of_the_column(holds):
    frame = pl.DataFrame(
        {
            "small": [1, 3],
            "real": [1.0, 1.5],
            "day": [date(2013, 1, 1), None],
            "paid": [Decimal("1.0"), Decimal("1.2")],
        },
        schema_overrides={"small": pl.Int8},
    )
    assert holds({"in_set": {"small": [1, 2.0]}}, frame) == [True, False]
    assert holds({"in_set": {"real": [1, 2]}}, frame) == [True, False]
    assert holds({"in_set": {"day": ["2013-01-02"]}}, frame) == [False, True]
    assert holds({"in_set": {"paid": [1.2]}}, frame) == [False, True]


@pytest.mark.parametrize(
    ("kind", "value"), [(pl.Decimal(9, 1), 1.25), (pl.Decimal(9, 1), float("inf")), (pl.Int8, 300)]
)
def test_a_value_the_column_cannot_hold_is_refused(holds, kind, value):
    with pytest.raises(SchemaError, match="which"):
        holds({"in_set": {"a": [value]}}, pl.DataFrame(schema={"a": kind}))


def test_booleans_are_a_set_too(holds):
    assert holds({"in_set": {"a": [True]}}, pl.DataFrame({"a": [True, False, None]})) == [True, False, True]
