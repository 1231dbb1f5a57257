"""`fresh_within`: a table is fresh while its last change is that young, and stale from then on."""

from datetime import datetime, timedelta

from lake_assets.lake import freshness_of


def judged(a_lake, later):
    last = a_lake.find("trusted.bikes").last_note().content["at"]
    return freshness_of(a_lake.lake, datetime.fromisoformat(last) + later)


def test_fresh_until_the_time_is_over_and_stale_from_then_on(a_lake):
    a_lake.declare("bikes: {from: '*.csv', fresh_within: 1d}")
    a_lake.drop("a.csv", "id\n1\n")
    a_lake.lake.ingest()
    (fresh,) = judged(a_lake, timedelta(hours=23))
    assert (fresh.table, fresh.within_s, fresh.is_fresh, fresh.stale_since) == (
        "trusted.bikes",
        86_400,
        True,
        None,
    )
    (stale,) = judged(a_lake, timedelta(hours=25))
    assert not stale.is_fresh
    assert stale.stale_since - stale.last_at == timedelta(days=1)


def test_one_that_was_never_made_is_not_fresh(a_lake):
    a_lake.declare("bikes: {from: '*.csv', fresh_within: 1h}")
    (never,) = freshness_of(a_lake.lake)
    assert (never.is_fresh, never.last_at, never.stale_since) == (False, None, None)


def test_an_exploitation_table_may_have_one_and_others_are_not_judged(a_lake):
    a_lake.declare("bikes: {from: '*.csv'}")
    a_lake.declare_table("ids", "/*\ndescription: ids\nfresh_within: 30m\n*/\nSELECT id FROM trusted.bikes")
    a_lake.drop("a.csv", "id\n1\n")
    a_lake.lake.ingest()
    (only,) = freshness_of(a_lake.lake)
    assert (only.table, only.within_s, only.is_fresh) == ("exploitation.ids", 1800, True)
