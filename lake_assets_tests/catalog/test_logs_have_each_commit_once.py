"""What passed from zone to zone is logged once for each commit, whatever died or was lost."""

import shutil

LOGS = ("processed_elements", "processed_instances", "exposed_instances", "data_sources")


def _rows(a_lake):
    return {name: sorted(map(str, a_lake.rows(f"governance.{name}"))) for name in LOGS}


def test_what_came_in_is_accounted_for(recorded):
    passed = recorded.frame("governance.processed_instances").sort("version")
    said = passed.select("rows_in", "rows_accepted", "rows_quarantined", "rows_merged").rows()
    assert said == [(2, 1, 1, 0), (2, 1, 1, 0)]
    assert recorded.frame("governance.exposed_instances").sort("version")["rows_written"].to_list() == [1, 2]


def test_elements_tell_by_version_what_came(recorded):
    found = recorded.frame("governance.processed_elements").sort("version", "ordinal_position")
    said = [
        (row["version"], row["element"], row["type"], row["rows"], row["nulls"]) for row in found.to_dicts()
    ]
    assert said == [
        (0, "id", "Int64", 2, 0),
        (0, "rider", "String", 2, 0),
        (0, "price", "Float64", 2, 0),
        (2, "id", "Int64", 2, 0),
        (2, "rider", "String", 2, 0),
        (2, "price", "Float64", 2, 0),
        (2, "colour", "String", 2, 0),
    ]


def test_sources_say_when_they_were_seen(recorded):
    seen = recorded.frame("governance.data_sources").sort("at")
    counts = seen.filter(event="seen").select("files", "duplicates", "size_bytes")
    assert [row[:2] for row in counts.rows()] == [(1, 0), (1, 1)]
    (declared,) = seen.filter(event="declared").to_dicts()
    assert declared["personal_columns"] == ["rider"]


def test_a_further_look_adds_nothing(recorded):
    before, versions = _rows(recorded), recorded.versions()
    recorded.lake.record()
    assert _rows(recorded) == before
    assert recorded.versions() == versions


def test_when_the_runs_were_lost_no_commit_is_logged_twice(recorded):
    before = _rows(recorded)
    shutil.rmtree(recorded.folder / "lake/governance/runs")
    recorded.lake.ingest()
    recorded.lake.record()
    assert _rows(recorded) == before


def test_after_deaths_before_the_last_rows_were_logged(recorded):
    before = _rows(recorded)
    for name in LOGS:
        log = sorted((recorded.folder / "lake/governance" / name / "_delta_log").glob("*.json"))
        log[-1].unlink()
    recorded.lake.record()
    assert _rows(recorded) == before
