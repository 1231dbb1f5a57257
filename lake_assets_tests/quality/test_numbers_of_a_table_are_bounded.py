"""The kinds of rule that look at one number of all rows."""

import polars as pl
import pytest

from lake_assets.errors import DeclarationError, SchemaError
from lake_assets.quality import declare_rule, describe_rule, judge_table

VALUES = [1.0, 2.0, None, 9.0]


@pytest.mark.parametrize(
    ("declared", "measured"),
    [
        ({"mean": {"a": [0, 4]}}, 4),
        ({"sum": {"a": [12, 12]}}, 12),
        ({"quantile": {"column": "a", "q": 0.5, "max": 2}}, 2),
        ({"null_share": {"a": [None, 0.25]}}, 0.25),
        ({"distinct_count": {"a": [3, 3]}}, 3),
        ({"row_count": {"min": 4, "max": 4}}, 4),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else str(value),
)
def test_a_number_on_its_bounds_keeps_the_rule(judge_batch, rows, declared, measured):
    (verdict,) = judge_batch(rows(a=VALUES), declared).verdicts
    assert (verdict.measured, verdict.broken, verdict.example) == (measured, 0, "")


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ({"mean": {"a": [5, None]}}, "the mean of a is 4, at least 5 wanted"),
        ({"sum": {"a": [0, 11.5]}}, "the sum of a is 12, at least 0 and at most 11.5 wanted"),
        ({"quantile": {"column": "a", "q": 1, "max": 8}}, "the quantile of a is 9, at most 8 wanted"),
        (
            {"null_share": {"a": [0, 0.2]}},
            "the share of nulls in a is 0.25, at least 0 and at most 0.2 wanted",
        ),
        ({"distinct_count": {"a": [4, None]}}, "the number of values in a is 3, at least 4 wanted"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_breach_says_the_number_and_keeps_every_row(judge_batch, rows, declared, said):
    outcome = judge_batch(rows(a=VALUES), declared)
    (verdict,) = outcome.verdicts
    assert (outcome.kept.height, verdict.judged, verdict.broken, verdict.example) == (4, 4, 1, said)


def test_rows_set_aside_are_not_measured(judge_batch, rows):
    outcome = judge_batch(rows(a=VALUES), {"in_range": {"a": [0, 5]}}, {"mean": {"a": [1, 2]}})
    assert (outcome.verdicts[1].measured, outcome.verdicts[1].is_kept) == (1.5, True)


def test_no_values_have_no_mean_and_break_nothing(judge_batch, rows):
    (verdict,) = judge_batch(rows(a=pl.Series([None], dtype=pl.Float64)), {"mean": {"a": [1, 2]}}).verdicts
    assert (verdict.measured, verdict.is_kept) == (None, True)


def test_a_sum_of_integers_does_not_wrap_around(judge_batch, rows):
    (verdict,) = judge_batch(rows(a=[2**62, 2**62]), {"sum": {"a": [0, None]}}).verdicts
    assert verdict.measured == 2.0**63


def test_text_has_no_mean(judge_batch, rows):
    with pytest.raises(SchemaError, match="a is String, which has no such number"):
        judge_batch(rows(a=["x"]), {"mean": {"a": [0, 1]}})


def test_the_whole_table_is_left_to_a_look_of_its_own(judge_batch, rows):
    outcome = judge_batch(rows(a=[1.0]), {"mean": {"column": "a", "max": 3, "over": "table"}})
    assert outcome.verdicts[0].measured is None
    table = pl.LazyFrame({"a": [1.0, 9.0]})
    (verdict,) = judge_table(outcome.compiled, outcome.verdicts, lambda: (table, 2), {})
    assert (verdict.judged, verdict.measured, verdict.broken) == (2, 5.0, 1)


def test_the_table_is_not_opened_for_other_rules(judge_batch, rows):
    outcome = judge_batch(rows(a=[1.0]), {"mean": {"a": [0, 3]}})
    assert judge_table(outcome.compiled, outcome.verdicts, pytest.fail, {}) == outcome.verdicts


@pytest.mark.parametrize(
    ("declared", "what"),
    [
        ({"mean": {"a": ["low", 3]}}, "min is a number"),
        ({"mean": {"a": [4, 3]}}, "min is greater than max"),
        ({"mean": {"column": "a"}}, "neither min nor max"),
        ({"mean": {"column": "a", "max": 1, "over": "week"}}, "over is run or table"),
        ({"quantile": {"column": "a", "q": 2, "max": 1}}, "q is a share"),
        ({"quantile": {"column": "a", "max": 1}}, "q is a share"),
        ({"sum": {"a": [float("nan"), 1]}}, "min is a number"),
    ],
    ids=str,
)
def test_bounds_that_make_no_sense_are_refused(declared, what):
    with pytest.raises(DeclarationError, match=what):
        declare_rule(declared, owner="team:a")


def test_people_read_which_rows_are_meant():
    over = {"mean": {"column": "a", "max": 3, "over": "table"}}
    assert describe_rule(declare_rule(over, owner="team:a")) == "the mean of a of the table is at most 3"
