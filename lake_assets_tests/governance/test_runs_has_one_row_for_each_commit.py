"""The runs table follows the commits: one row for each, though it be lost, cut back, or never written."""

import shutil

import pytest

from lake_assets_tests.flow.a_lake import ALake

ZONES = ("formatted", "trusted", "exploitation")


@pytest.fixture(scope="module")
def ingested_once(tmp_path_factory):
    """A lake with a few commits of every kind."""
    a_lake = ALake(tmp_path_factory.mktemp("ingested"))
    a_lake.declare("bikes: {from: '*.csv', key: [id], rules: [{in_range: {id: [0, 9]}}]}")
    a_lake.declare_table("ids", "/*\ndescription: ids\n*/\nSELECT id FROM trusted.bikes")
    for number, more in enumerate(["", ",colour", ""]):
        a_lake.drop(f"{number}.csv", f"id{more}\n{number}{more and ',red'}\n77{more and ',red'}\n")
        a_lake.ingest_whole()
    return a_lake


@pytest.fixture
def ingested(ingested_once, tmp_path):
    """A copy of it."""
    return ingested_once.copied_to(tmp_path)


def _runs(a_lake):
    return sorted(a_lake.rows("governance.runs"), key=str)


def _commits(a_lake):
    tables = [a_lake.find(str(summary.ref)) for summary in a_lake.lake.tables() if summary.ref.zone in ZONES]
    return sorted(
        (table.ref.zone, table.ref.name, note.version) for table in tables for note in table.notes(None)
    )


def test_each_once(ingested):
    found = ingested.rows("governance.runs", "zone", "table", "version")
    assert sorted(found) == _commits(ingested)
    assert len(found) == 9


def test_a_row_says_what_was_done(ingested):
    runs = ingested.frame("governance.runs").filter(zone="trusted").sort("version").to_dicts()
    assert [(run["rows_in"], run["rows_out"], run["rows_quarantined"]) for run in runs] == [(2, 1, 1)] * 3
    assert len({run["run_id"] for run in runs}) == 3
    assert '"formatted.bikes": 0' in runs[0]["inputs"]
    assert '"rule_id": "id_in_range"' in runs[0]["verdicts"]


def test_the_table_lost_is_written_again(ingested):
    before = _runs(ingested)
    shutil.rmtree(ingested.folder / "lake/governance/runs")
    ingested.ingest_whole()
    assert _runs(ingested) == before


@pytest.mark.parametrize("entries", [1, 2, 4])
def test_after_a_death_before_the_last_rows_were_written(ingested, entries):
    before = _runs(ingested)
    log = sorted((ingested.folder / "lake/governance/runs/_delta_log").glob("*.json"))
    for entry in log[-entries:]:
        entry.unlink()
    assert len(_runs(ingested)) < len(before)
    ingested.ingest_whole()
    assert _runs(ingested) == before


def test_a_further_run_adds_none(ingested):
    before = _runs(ingested)
    ingested.ingest_whole()
    assert _runs(ingested) == before


def test_a_commit_of_maintenance_is_no_run(ingested):
    before = _runs(ingested)
    table = ingested.find("trusted.bikes")
    table.delta.alter.set_table_properties({"lake.note": "looked at"}, raise_if_not_exists=False)
    ingested.ingest_whole()
    assert ingested.find("trusted.bikes").version == table.version
    assert [row for row in _runs(ingested) if row[1] == "trusted"] == [
        row for row in before if row[1] == "trusted"
    ]


def test_the_quarantine_lost_is_filled_again_from_the_commits(ingested):
    before = sorted(ingested.rows("quarantine.bikes"), key=str)
    shutil.rmtree(ingested.folder / "lake/quarantine/bikes/_delta_log")
    ingested.ingest_whole()
    assert sorted(ingested.rows("quarantine.bikes"), key=str) == before
    assert len(before) == 3
