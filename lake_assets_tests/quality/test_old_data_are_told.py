from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from lake_assets.errors import DeclarationError, SchemaError
from lake_assets.quality import aged, compile_rules, declare_rule, judge

RULE = declare_rule({"freshness": {"at": "2d"}}, owner="team:a")


def judged(values):
    frame = pl.LazyFrame({"at": values})
    compiled = compile_rules([RULE], frame, lambda _: pl.LazyFrame())
    (verdict,) = judge(compiled, frame, frame.clear(), kept_rows=len(values), set_aside_rows=0)
    return verdict


def ago(**span):
    return datetime.now(UTC) - timedelta(**span)


def test_one_new_row_is_enough():
    assert judged([ago(days=9), ago(hours=47), None]).is_kept


def test_the_breach_says_how_old():
    assert judged([ago(days=9)]).example == "the newest at is 9d old, at most 2d wanted"


def test_dates_count_from_midnight_utc():
    assert judged([datetime.now(UTC).date()]).is_kept
    assert not judged([date(2013, 1, 1)]).is_kept


def test_nothing_is_not_fresh():
    verdict = judged(pl.Series([None], dtype=pl.Date))
    assert verdict.example == "no row has a at"


def test_what_was_fresh_grows_old_while_nothing_comes():
    (verdict,) = [judged([ago(days=1)])]
    old = verdict.from_record({**verdict.to_record(), "measured": ago(days=3).timestamp()})
    (now,) = aged([RULE], [old])
    assert verdict.is_kept
    assert (now.broken, now.example) == (1, "the newest at is 3d old, at most 2d wanted")


def test_other_verdicts_stand():
    other = declare_rule({"not_null": "at"}, owner="team:a")
    verdict = judged([ago(days=9)])
    assert aged([other], [verdict]) == (verdict,)


def test_numbers_have_no_age():
    with pytest.raises(SchemaError, match="neither a date nor a time"):
        judged([1])


def test_a_span_has_a_unit():
    with pytest.raises(DeclarationError, match="within is a span of time"):
        declare_rule({"freshness": {"at": "soon"}}, owner="team:a")
