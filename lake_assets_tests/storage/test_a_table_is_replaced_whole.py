from datetime import UTC, datetime

import polars as pl

from lake_assets.storage.table import open_table
from lake_assets_tests.storage.lakes import FLIGHTS, add, frame, values


def test_with_other_columns(root):
    before = add(root, frame(n=[1], price=[1.5]))
    after = add(root, frame(m=["new"]), replaces_table=True, column_notes={"m": {"comment": "meaning"}})
    assert after.schema == pl.Schema({"m": pl.String})
    assert after.delta.schema().fields[0].metadata == {"comment": "meaning"}
    assert values(root, "m") == ["new"]
    assert (after.version, after.incarnation) == (1, before.incarnation), "followers go on where they were"


def test_with_datetimes_without_a_zone(root):
    add(root, frame(place=[{"n": 1}]), replaces_table=True)
    add(root, frame(n=[1], place=[{"n": 1}]), replaces_table=True)
    moments = [datetime(2024, 2, 29, 12, 0, 0, 1)]  # noqa: DTZ001 - that is the case
    rows = frame(place=[{"n": 1, "all_seen": [moments]}], seen=moments)
    table = add(root, rows, replaces_table=True)
    assert table.schema == rows.collect_schema()
    add(root, rows, replaces_table=True)
    assert values(root, "seen") == moments


def test_by_nothing(root):
    add(root, frame(n=[1]))
    assert add(root, frame(n=[1]).limit(0), replaces_table=True).row_count == 0


def test_a_version_before_stays_readable(root):
    add(root, frame(n=[1]))
    early = open_table(root, FLIGHTS)
    add(root, frame(n=[datetime(2024, 1, 1, tzinfo=UTC)]), replaces_table=True)
    assert early.scan().collect()["n"].to_list() == [1]
