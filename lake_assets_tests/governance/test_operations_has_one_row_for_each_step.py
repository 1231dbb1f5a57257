"""What a step cost stands in its commit, and once in `governance.operations`, though that be lost."""

import shutil

import pytest

from lake_assets.lake import costs_of, operations_of
from lake_assets_tests.flow.a_lake import ALake


@pytest.fixture(scope="module")
def ingested_once(tmp_path_factory):
    """A lake that was ingested into three times."""
    a_lake = ALake(tmp_path_factory.mktemp("ingested"))
    a_lake.declare("bikes: {from: '*.csv', key: [id], rules: [{in_range: {id: [0, 9]}}]}")
    a_lake.declare_table("ids", "/*\ndescription: ids\n*/\nSELECT id FROM trusted.bikes")
    for number in range(3):
        a_lake.drop(f"{number}.csv", f"id\n{number}\n77\n")
        a_lake.lake.ingest()
    return a_lake


@pytest.fixture
def ingested(ingested_once, tmp_path):
    """A copy of it."""
    return ingested_once.copied_to(tmp_path)


def _steps(a_lake):
    return sorted(a_lake.rows("governance.operations", "table", "version", "run_id"))


def test_each_step_once_with_what_it_cost(ingested):
    assert len(_steps(ingested)) == 9
    steps = ingested.frame("governance.operations")
    assert set(steps["outcome"]) == {"changed"}
    assert (steps["cpu_s"] > 0).all()
    assert (steps["peak_bytes"] > 10_000_000).all()
    assert (steps["bytes_written"] > 500).all()
    trusted = steps.filter(table="trusted.bikes").sort("version")
    assert trusted["rows_quarantined"].to_list() == [1, 1, 1]
    assert trusted["rules_broken"].to_list() == [1, 1, 1]


def test_a_commit_says_what_it_cost(ingested):
    effort = ingested.find("formatted.bikes").last_note().content["effort"]
    assert set(effort) == {"cpu_s", "peak_bytes", "bytes_read", "bytes_written"}
    assert effort["cpu_s"] > 0


def test_an_ingest_with_nothing_new_records_nothing(ingested):
    version = ingested.find("governance.operations").version
    ingested.lake.ingest()
    assert ingested.find("governance.operations").version == version


def test_the_table_lost_is_written_again(ingested):
    before = _steps(ingested)
    shutil.rmtree(ingested.folder / "lake/governance/operations")
    ingested.drop("3.csv", "id\n3\n")
    ingested.lake.ingest()
    assert set(before) < set(_steps(ingested))
    assert len(_steps(ingested)) == 12


def test_what_was_not_recorded_by_a_death_is_with_the_next_change(ingested):
    for entry in sorted((ingested.folder / "lake/governance/operations/_delta_log").glob("*.json"))[1:]:
        entry.unlink()
    assert len(_steps(ingested)) == 3
    ingested.drop("3.csv", "id\n3\n")
    ingested.lake.ingest()
    assert len(_steps(ingested)) == 12


def test_a_failure_is_a_step_without_words_that_may_hold_values(a_lake):
    a_lake.declare("bikes: {from: '*.csv'}")
    shutil.rmtree(a_lake.folder / "inbox")
    report = a_lake.lake.ingest()
    assert report.failures
    failed = operations_of(a_lake.lake.root).filter(outcome="failed")
    assert failed["table"].to_list() == [f"{each.zone}.{each.table}" for each in report.failures]
    assert all(what.isidentifier() for what in failed["what"])


def test_the_dearest_comes_first_and_the_trend_is_told_once_there_are_enough(ingested):
    costs = costs_of(ingested.lake.root)
    assert [each.cpu_s for each in costs] == sorted((each.cpu_s for each in costs), reverse=True)
    assert {each.table for each in costs} == {"formatted.bikes", "trusted.bikes", "exploitation.ids"}
    assert all(each.trend is None for each in costs)
    for number in range(4, 8):
        ingested.drop(f"{number}.csv", f"id\n{number}\n")
        ingested.lake.ingest()
    assert all(each.trend and each.steps == 7 for each in costs_of(ingested.lake.root))


def test_nothing_is_told_of_an_empty_lake(a_lake):
    assert costs_of(a_lake.lake.root) == []
