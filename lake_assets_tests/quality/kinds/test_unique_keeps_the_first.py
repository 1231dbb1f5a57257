import math
from datetime import date

import polars as pl
import pytest

from lake_assets.quality import repeats


def batch(**columns: list[object]) -> pl.DataFrame:
    return pl.DataFrame({"_file": [2, 1, 1, 2], "_row": [1, 2, 1, 2], **columns})


def test_the_row_of_the_earliest_file_and_record_holds(holds):
    assert holds({"unique": "a"}, batch(a=["x", "x", "x", "y"])) == [False, False, True, True]


def test_null_keys_are_like_no_other(holds):
    assert holds({"unique": ["a", "b"]}, batch(a=[None, None, 1, 1], b=[1, 1, None, 2])) == [True] * 4


def test_all_columns_together_are_the_key(holds):
    assert holds({"unique": ["a", "b"]}, batch(a=[1, 1, 1, 1], b=[1, 2, 1, 2])) == [False, True, True, False]


def test_keys_of_zero_and_minus_zero_are_one(holds):
    assert holds({"unique": "a"}, batch(a=[0.0, -0.0, 1.0, float("nan")])) == [False, True, True, True]


def test_without_provenance_all_rows_of_a_repeated_key_fail(holds):
    frame = pl.DataFrame({"a": ["x", "x", "y", None, None]})
    assert holds({"unique": "a"}, frame) == [False, False, True, True, True]


@pytest.mark.parametrize("provenance", [True, False])
def test_rows_the_table_already_holds_come_first(holds, provenance):
    frame = batch(a=["x", "y", "y", None])
    known = pl.LazyFrame({"a": ["x", None, "z"], "other": [1, 2, 3]})
    expected = [False, False, True, True] if provenance else [False, False, False, True]
    assert holds({"unique": "a"}, frame if provenance else frame.select("a"), known=known) == expected


@pytest.mark.parametrize(
    ("values", "held"),
    [
        ([1.5, 2.5, math.nan, None], [math.nan, 2.5, 9.0]),
        ([3, 4, 5, None], [5, 4, 99]),
        ([date(2013, 1, day) for day in (1, 2, 3, 4)], [date(2013, 1, day) for day in (4, 2, 3, 31)]),
        ([True, None, None, False], [False]),
    ],
)
def test_held_keys_of_any_type_are_found(holds, values, held):
    expected = [value is None or not any(value is one or value == one for one in held) for value in values]
    frame = batch(a=values)
    assert holds({"unique": "a"}, frame, known=pl.LazyFrame({"a": held})) == expected


def test_a_batch_of_null_keys_meets_none_that_are_held(holds):
    frame = pl.DataFrame({"_file": [1], "_row": [1], "a": [None]}, schema_overrides={"a": pl.Int64})
    assert holds({"unique": "a"}, frame, known=pl.LazyFrame({"a": [1, None]})) == [True]


def test_more_keys_than_fit_in_one_look_are_looked_at_in_shares(holds, monkeypatch):
    monkeypatch.setattr(repeats, "_KEYS_PER_LOOK", 7)
    frame = pl.DataFrame({"_file": [1] * 60, "_row": list(range(60)), "a": [n % 50 for n in range(60)]})
    assert holds({"unique": "a"}, frame) == [n < 50 for n in range(60)]
