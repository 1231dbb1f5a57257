"""What a step cost stands in its commit, and once in `governance.operations`, though that be lost."""

import json
import shutil

import pytest

from lake_assets.connectors import open_connector
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
    assert len(_steps(ingested)) == 15
    steps = ingested.frame("governance.operations")
    assert set(steps["outcome"]) == {"changed"}
    assert (steps["cpu_s"] >= 0).all()
    assert (steps["cpu_s"] > 0).any()
    assert (steps["peak_bytes"] > 10_000_000).all()
    assert (steps["bytes_written"] >= 8).all()
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
    assert len(_steps(ingested)) == 20


def test_what_was_not_recorded_by_a_death_is_with_the_next_change(ingested):
    for entry in sorted((ingested.folder / "lake/governance/operations/_delta_log").glob("*.json"))[1:]:
        entry.unlink()
    assert len(_steps(ingested)) == 5
    ingested.drop("3.csv", "id\n3\n")
    ingested.lake.ingest()
    assert len(_steps(ingested)) == 20


def test_landing_tells_files_bytes_and_seconds_of_its_run(ingested):
    for zone in ("temporary_landing", "persistent_landing"):
        told = operations_of(ingested.lake.root, f"{zone}.bikes")
        assert (told["files"].to_list(), told["size_bytes"].to_list()) == ([1, 1, 1], [8, 8, 8])
        assert (told["seconds"] > 0).all()
        runs = operations_of(ingested.lake.root, "formatted.bikes")["run_id"]
        assert told["run_id"].to_list() == runs.to_list()


def test_landing_that_brings_the_same_bytes_tells_duplicates(ingested):
    ingested.drop("again.csv", "id\n0\n77\n")
    report = ingested.lake.ingest()
    assert not any(each.is_changed for each in report.reports if each.zone.holds_tables)
    told = operations_of(ingested.lake.root, "persistent_landing.bikes").row(0, named=True)
    assert (told["files"], told["size_bytes"], told["duplicates"]) == (0, 0, 1)


def test_a_batch_that_a_run_fetched_and_another_landed_is_told_of_both(a_lake):
    a_lake.declare("bikes: {from: '*.csv'}")
    a_lake.drop("0.csv", "id\n1\n")
    lake, (source,) = a_lake.lake, a_lake.lake.declarations.sources
    lake.steps("one that died").fetch(source.datasets[0], open_connector(source))
    landing = lake.ingest()
    assert not landing.failures
    told = {row["table"]: row["run_id"] for row in operations_of(lake.root).to_dicts()}
    assert told["temporary_landing.bikes"] == "one that died"
    assert told["persistent_landing.bikes"] == told["formatted.bikes"] != "one that died"


def test_a_batch_of_which_no_cost_is_known_lands(a_lake):
    a_lake.declare("bikes: {from: '*.csv'}")
    a_lake.drop("0.csv", "id\n1\n")
    source = a_lake.lake.declarations.sources[0]
    a_lake.lake.steps().fetch(source.datasets[0], open_connector(source))
    (manifest,) = (a_lake.folder / "lake/temporary_landing").rglob("manifest.json")
    manifest.write_text(json.dumps(json.loads(manifest.read_text())["files"]))
    assert not a_lake.lake.ingest().failures
    tables = set(operations_of(a_lake.lake.root)["table"])
    assert tables == {"persistent_landing.bikes", "formatted.bikes", "trusted.bikes"}


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
    landing = {"temporary_landing.bikes", "persistent_landing.bikes"}
    assert {each.table for each in costs} == {
        "formatted.bikes",
        "trusted.bikes",
        "exploitation.ids",
    } | landing
    assert all(each.trend is None for each in costs)
    for number in range(4, 8):
        ingested.drop(f"{number}.csv", f"id\n{number}\n")
        ingested.lake.ingest()
    assert all(each.trend and each.steps == 7 for each in costs_of(ingested.lake.root))


def test_nothing_is_told_of_an_empty_lake(a_lake):
    assert costs_of(a_lake.lake.root) == []
