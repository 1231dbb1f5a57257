import json
from datetime import UTC, date, datetime
from decimal import Decimal

import polars as pl
import pytest

from lake_assets.quality import QUARANTINE_SCHEMA, compile_rules, declare_rule, quarantine_rows

NOW = datetime(2024, 5, 6, tzinfo=UTC)
RAW = {
    "whole": 2**62,
    "real": 0.1,
    "text": 'a "quoted"\n\x01 é',
    "yes": True,
    "day": date(2013, 1, 2),
    "moment": datetime(2013, 1, 2, 3, 4, 5, 678000, tzinfo=UTC),
    "paid": Decimal("1.20"),
    "bytes": b"\xff\x00",
    "nested": {"legs": [{"to": "JFK", "on": datetime(2013, 1, 2, tzinfo=UTC)}], "note": None},
    "gone": None,
}


def quarantined(batch: pl.DataFrame, *declared: dict[str, object]) -> pl.DataFrame:
    rules = [declare_rule(one, owner="team:a") for one in declared]
    compiled = compile_rules(rules, batch.lazy(), lambda _: pl.LazyFrame())
    return quarantine_rows(batch.lazy(), compiled, stage="trusted", run_id="r1", at=NOW).collect(
        engine="streaming"
    )


def test_every_column_comes_back_from_the_record():
    batch = pl.DataFrame([{"_file": 7, "_row": 3, **RAW}])
    found = quarantined(batch, {"not_null": "gone"})
    assert json.loads(found["record"][0]) == {
        **RAW,
        "day": "2013-01-02",
        "moment": "2013-01-02T03:04:05.678000+00:00",
        "paid": "1.20",
        "bytes": "/wA=",
        "nested": {"legs": [{"to": "JFK", "on": "2013-01-02T00:00:00.000000+00:00"}], "note": None},
    }


def test_columns_keep_their_order():
    batch = pl.DataFrame(
        {"a": [1], "b": [1.5], "_file": [1], "c": ["x"], "_row": [1], "d": [None], "e": [2.5], "f": [0.5]}
    )
    assert quarantined(batch)["record"][0] == '{"a":1,"b":1.5,"c":"x","d":null,"e":2.5,"f":0.5}'


def test_where_when_and_why_stand_beside_it():
    batch = pl.DataFrame([{"_file": 7, "_row": 3, "gone": None, "month": 13}])
    warn = {"in_range": {"month": [1, 6]}, "severity": "warn", "id": "summer"}
    found = quarantined(batch, {"not_null": "gone"}, {"in_range": {"month": [1, 12]}}, warn)
    assert found.schema == QUARANTINE_SCHEMA
    assert found.row(0, named=True) | {"record": ""} == {
        "_file": 7,
        "_row": 3,
        "stage": "trusted",
        "rules": ["gone_not_null", "month_in_range"],
        "reason": "not: gone is not null; not: month is at least 1 and at most 12",
        "record": "",
        "run_id": "r1",
        "quarantined_at": NOW,
        "rule_versions": [
            declare_rule(declared, owner="team:a").version
            for declared in ({"not_null": "gone"}, {"in_range": {"month": [1, 12]}})
        ],
    }


@pytest.mark.parametrize(
    ("value", "text"), [(float("nan"), "NaN"), (float("-inf"), "-inf"), (None, None), (1.5, 1.5)]
)
def test_floats_that_json_lacks_are_kept_as_text(value, text):
    batch = pl.DataFrame(
        {"_file": [1], "_row": [1], 'a "b"': [value]}, schema_overrides={'a "b"': pl.Float64}
    )
    assert json.loads(quarantined(batch)["record"][0]) == {'a "b"': text}


def test_rows_without_provenance_are_kept_as_well():
    found = quarantined(pl.DataFrame({"a": [None]}, schema={"a": pl.Int64}), {"not_null": "a"})
    assert found.schema == QUARANTINE_SCHEMA
    assert found.select("_file", "_row").row(0) == (None, None)


def test_no_rows_are_no_rows_of_the_same_schema():
    batch = pl.DataFrame([{"_file": 7, "_row": 3, **RAW}]).clear()
    found = quarantined(batch, {"not_null": "gone"})
    assert (found.height, found.schema) == (0, QUARANTINE_SCHEMA)
