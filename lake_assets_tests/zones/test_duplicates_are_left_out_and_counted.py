"""Of rows that are alike one is in the table; the others are counted as merged, and no row is unaccounted for."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lake_assets.model import Zone
from lake_assets_tests.examples import drawn
from lake_assets_tests.flow.a_lake import ALake, step

BIKES = """\
bikes:
  from: "*.csv"
  write: {mode}
  columns: {{id: int, city: text, price: int}}
  clean: [{{trim: city}}, {{case: {{city: upper}}}}, {{deduplicate: {duplicates}}}]
  rules: [{{in_range: {{price: [0, {most}]}}}}]
"""


def declare(a_lake, duplicates="exact", mode="append", most=9):
    a_lake.declare(BIKES.format(duplicates=duplicates, mode=mode, most=most))


def ingested(a_lake, *files):
    for number, rows in enumerate(files):
        a_lake.drop(f"{len(a_lake.rows_seen)}-{number}.csv", "id,city,price\n" + rows)
    return step(a_lake.ingest_whole(), Zone.TRUSTED, "bikes")


@pytest.fixture
def bikes(a_lake):
    a_lake.rows_seen = []
    return a_lake


def test_rows_that_are_alike_once_they_are_clean_are_one(bikes):
    declare(bikes)
    report = ingested(bikes, "1,rome,1\n1, ROME ,1\n1,,1\n1,,1\n2,rome,1\n")
    assert bikes.rows("trusted.bikes", "id", "city", "_row") == [(1, "ROME", 1), (1, None, 3), (2, "ROME", 5)]
    assert (report.rows_in, report.rows_out, report.rows_merged, report.rows_quarantined) == (5, 3, 2, 0)
    assert [(each.kind, each.column, each.changed) for each in report.cleaned][-1] == ("deduplicate", "*", 2)


def test_rows_of_the_table_count_too(bikes):
    declare(bikes, "[id]")
    ingested(bikes, "1,rome,1\n")
    bikes.rows_seen.append(1)
    report = ingested(bikes, "1,oslo,2\n2,oslo,2\n")
    assert bikes.rows("trusted.bikes", "id", "city") == [(1, "ROME"), (2, "OSLO")]
    assert (report.rows_in, report.rows_out, report.rows_merged) == (2, 1, 1)


def test_a_row_that_breaks_a_rule_stands_in_no_ones_way(bikes):
    declare(bikes, "{by: id}")
    report = ingested(bikes, "1,rome,99\n1,oslo,1\n1,bonn,1\n")
    assert bikes.rows("trusted.bikes", "id", "city") == [(1, "OSLO")]
    assert (report.rows_merged, report.rows_quarantined) == (1, 1)
    declare(bikes, "{by: id}", most=99)
    again = bikes.lake.replay("bikes", "prices went up").reports
    (taken,) = [each for each in again if each.zone is Zone.TRUSTED]
    assert (taken.rows_in, taken.rows_out, taken.rows_merged) == (1, 0, 1)
    assert bikes.rows("trusted.bikes", "id", "city") == [(1, "OSLO")]


def test_nulls_in_named_columns_are_like_nothing(bikes):
    declare(bikes, "{by: [city]}")
    ingested(bikes, "1,,1\n2,,1\n")
    assert bikes.count("trusted.bikes") == 2


@pytest.mark.parametrize(("keep", "kept"), [("first", 1), ("latest", 3)])
def test_of_the_rows_of_a_file_that_replaces_all_the_first_or_the_latest_is_kept(bikes, keep, kept):
    declare(bikes, f"{{by: [id], keep: {keep}}}", "replace")
    ingested(bikes, "1,rome,1\n1,oslo,1\n1,bonn,1\n")
    assert bikes.rows("trusted.bikes", "_row") == [(kept,)]
    bikes.rows_seen.append(1)
    ingested(bikes, "1,rome,1\n2,oslo,1\n")
    assert bikes.rows("trusted.bikes", "id") == [(1,), (2,)]


ROWS = st.lists(
    st.tuples(st.none() | st.integers(1, 2), st.sampled_from(["a", " A", "b"]), st.integers(7, 11)),
    max_size=5,
)


@pytest.mark.parametrize("duplicates", ["exact", "{by: [id]}"])
@settings(
    max_examples=drawn(5), suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(batches=st.lists(st.lists(ROWS, max_size=3), min_size=1, max_size=3))
def test_in_is_accepted_and_set_aside_and_merged_whatever_the_batches(tmp_path_factory, duplicates, batches):
    lakes = [ALake(tmp_path_factory.mktemp(name)) for name in ("batches", "at_once")]
    counts = {"rows_in": 0, "rows_out": 0, "rows_quarantined": 0, "rows_merged": 0}
    for a_lake, groups in zip(lakes, (batches, [[rows for files in batches for rows in files]]), strict=True):
        declare(a_lake, duplicates)
        for group_number, files in enumerate(groups):
            for number, rows in enumerate(files):
                lines = "".join(f"{'' if key is None else key},{city},{price}\n" for key, city, price in rows)
                a_lake.drop(f"{group_number}-{number}.csv", f"id,city,price\n{lines}")
            report = step(a_lake.ingest_whole(), Zone.TRUSTED, "bikes")
            if a_lake is lakes[0] and report.is_changed:
                assert report.rows_in == report.rows_out + report.rows_quarantined + report.rows_merged
                counts = {name: count + getattr(report, name) for name, count in counts.items()}
    one, other = (
        sorted(a_lake.rows("trusted.bikes", "id", "city", "price"), key=str)
        if a_lake.find("trusted.bikes")
        else []
        for a_lake in lakes
    )
    assert one == other
    assert counts["rows_out"] == len(one)
    assert counts["rows_in"] == lakes[0].count("formatted.bikes")
    kept = [row[0] for row in one if row[0] is not None] if duplicates != "exact" else one
    assert len(set(kept)) == len(kept)
