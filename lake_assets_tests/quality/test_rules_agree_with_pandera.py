"""Where pandera has the same check, the same rows pass; pandera leaves nulls out of its checks, and so do we."""

import math

import pandera.polars as pa
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandera.errors import SchemaErrors

from lake_assets.quality import compile_rules, declare_rule

SCHEMA = {"n": pl.Int64, "x": pl.Float64, "s": pl.String, "_file": pl.Int64, "_row": pl.Int64}
rows = st.lists(
    st.fixed_dictionaries(
        {
            "n": st.none() | st.integers(-3, 15),
            "x": st.none() | st.floats(-2, 2),
            "s": st.none() | st.text("Nab1", max_size=4),
        }
    ),
    max_size=20,
)
SAME = [
    ({"in_range": {"n": [1, 12]}}, "n", pa.Check.in_range(1, 12)),
    ({"in_range": {"x": [0.5, None]}}, "x", pa.Check.ge(0.5)),
    ({"in_set": {"s": ["N", "a", "ab"]}}, "s", pa.Check.isin(["N", "a", "ab"])),
    ({"in_set": {"n": [1, 2, 3]}}, "n", pa.Check.isin([1, 2, 3])),
    ({"matches": {"s": "N"}}, "s", pa.Check.str_matches("N")),
    ({"matches": {"s": "^[ab]+$"}}, "s", pa.Check.str_matches("^[ab]+$")),
    ({"length": {"s": [1, 3]}}, "s", pa.Check.str_length(1, 3)),
    ({"check": {"column": "s", "name": "str_endswith", "string": "1"}}, "s", pa.Check.str_endswith("1")),
]


def ours(frame: pl.DataFrame, declared: dict[str, object]) -> set[int]:
    rule = declare_rule(declared, owner="team:a")
    (compiled,) = compile_rules([rule], frame.lazy(), lambda _: pl.LazyFrame())
    return set(frame.filter(~compiled.holds)["_row"])


def theirs(frame: pl.DataFrame, column: str, **asked: object) -> set[int]:
    schema = pa.DataFrameSchema({column: pa.Column(SCHEMA[column], **{"nullable": True, **asked})})
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as failed:
        return set(failed.failure_cases["index"])
    return set()


def numbered(drawn: list[dict[str, object]]) -> pl.DataFrame:
    return pl.DataFrame([one | {"_file": 1, "_row": at} for at, one in enumerate(drawn)], schema=SCHEMA)


@pytest.mark.parametrize(("declared", "column", "check"), SAME)
@settings(max_examples=25, deadline=None)
@given(drawn=rows)
def test_the_same_rows_break_a_check(declared, column, check, drawn):
    frame = numbered(drawn)
    assert ours(frame, declared) == theirs(frame, column, checks=[check])


@settings(max_examples=25, deadline=None)
@given(drawn=rows)
def test_the_same_rows_are_null(drawn):
    frame = numbered(drawn)
    assert ours(frame, {"not_null": "s"}) == theirs(frame, "s", nullable=False)


@settings(max_examples=25, deadline=None)
@given(drawn=rows)
def test_the_same_keys_repeat(drawn):
    frame = numbered([one for one in drawn if one["n"] is not None])
    repeated = theirs(frame, "n", unique=True)
    broken = ours(frame, {"unique": "n"})
    firsts = {
        group["_row"].min() for _, group in frame.filter(pl.col("_row").is_in(list(repeated))).group_by("n")
    }
    assert broken == repeated - firsts


def test_nan_is_where_we_differ():
    frame = numbered([{"n": 1, "x": math.nan, "s": "a"}])
    assert ours(frame, {"in_range": {"x": [0, None]}}) == {0}
    assert theirs(frame, "x", checks=[pa.Check.ge(0)]) == set()
