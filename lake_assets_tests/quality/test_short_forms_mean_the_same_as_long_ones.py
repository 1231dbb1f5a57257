from datetime import date

import pytest

from lake_assets.quality import declare_rule

SAME = [
    ({"not_null": "carrier"}, {"not_null": {"columns": ["carrier"]}}),
    ({"not_null": ["carrier"]}, {"not_null": {"column": "carrier"}}),
    ({"in_range": {"month": [1, 12]}}, {"in_range": {"column": "month", "min": 1, "max": 12}}),
    ({"in_range": {"month": [1, None]}}, {"in_range": {"column": "month", "min": 1}}),
    ({"in_range": {"month": {"max": 12}}}, {"in_range": {"column": "month", "max": 12}}),
    ({"in_range": {"day": [date(2013, 1, 1), None]}}, {"in_range": {"column": "day", "min": "2013-01-01"}}),
    (
        {"in_set": {"origin": ["EWR", "JFK"]}},
        {"in_set": {"column": "origin", "values": ["EWR", "JFK", None]}},
    ),
    ({"matches": {"tailnum": "^N"}}, {"matches": {"column": "tailnum", "pattern": "^N"}}),
    ({"length": {"tailnum": [5, 6]}}, {"length": {"column": "tailnum", "min": 5, "max": 6}}),
    ({"length": {"faa": 3}}, {"length": {"column": "faa", "min": 3, "max": 3}}),
    ({"ordered": ["a", "b"]}, {"ordered": {"columns": ["a", "b"]}}),
    ({"unique": "a"}, {"unique": {"columns": ["a"]}}),
    (
        {"references": {"carrier": "trusted.airlines"}},
        {"references": {"column": "carrier", "table": "trusted.airlines"}},
    ),
    (
        {"references": {"dest": "trusted.airports.faa"}},
        {"references": {"column": "dest", "table": "trusted.airports", "to": "faa"}},
    ),
    ({"expression": "a > b"}, {"expression": {"sql": "a > b"}}),
]


@pytest.mark.parametrize(("short", "long"), SAME)
def test_short_and_long_declare_one_rule(short, long):
    assert declare_rule(short, owner="team:a") == declare_rule(long, owner="team:a")
