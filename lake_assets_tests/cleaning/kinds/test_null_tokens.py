from datetime import UTC, date, datetime

import polars as pl
import pytest

from lake_assets.errors import DeclarationError, SchemaError


@pytest.mark.parametrize(
    ("values", "tokens", "expected"),
    [
        (["NA", "na", None], ["NA", "unknown"], [None, "na", None]),
        (["a", "b", "c", "d", "e", "f"], ["a", "b", "c", "d", "e"], [None] * 5 + ["f"]),
        ([-999, 3], -999, [None, 3]),
        ([-999.0, 3.5], [-999], [None, 3.5]),
        ([True, False], [False], [True, None]),
        ([date(1900, 1, 1), date(2020, 1, 1)], "1900-01-01", [None, date(2020, 1, 1)]),
    ],
    ids=["few", "many", "int", "float", "bool", "date"],
)
def test_tokens_become_null(cells, values, tokens, expected):
    assert cells(values, {"null_tokens": {"a": tokens}}) == expected


def test_an_instant_may_be_one(cells):
    kind = pl.Datetime("us", "UTC")
    moments = [datetime(1900, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)]
    assert cells(moments, {"null_tokens": {"a": "1900-01-01T00:00:00"}}, kind=kind) == [None, moments[1]]


@pytest.mark.parametrize(("values", "token"), [([1], "NA"), (["x"], 1), ([1], True), ([1], 1.5)])
def test_a_token_of_another_type_is_refused(cells, values, token):
    with pytest.raises(SchemaError, match="cannot hold all of"):
        cells(values, {"null_tokens": {"a": token}})


def test_no_token_is_refused(cells):
    with pytest.raises(DeclarationError, match="values is empty"):
        cells(["x"], {"null_tokens": {"a": []}})
