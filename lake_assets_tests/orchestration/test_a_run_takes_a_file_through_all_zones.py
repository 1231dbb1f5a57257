import dagster as dg

from lake_assets_tests.orchestration.running import TwoRuns, metadata_of


def test_a_dropped_file_is_in_the_exploitation_table_after_one_run(two_runs: TwoRuns) -> None:
    assert two_runs.first.success
    taken = two_runs.lake.scan("exploitation.takings").sort("day").select("day", "taken").collect()
    assert taken.rows() == [("monday", 6.5), ("tuesday", 1.0)]


def test_the_page_of_a_table_says_what_it_holds(two_runs: TwoRuns) -> None:
    found = metadata_of(two_runs.first, "trusted", "hires")
    assert found["dagster/row_count"] == 3
    assert found["rows_quarantined"] == 1
    assert found["delta_version"] == 0
    schema = found["dagster/column_schema"]
    assert isinstance(schema, dg.TableSchema)
    columns = {column.name: column for column in schema.columns}
    assert columns["price"].description == "what was paid"
    assert columns["price"].constraints.other == ["price_in_range"]
    assert not columns["day"].constraints.nullable


def test_the_landing_zones_say_how_many_files_and_bytes_came(two_runs: TwoRuns) -> None:
    found = metadata_of(two_runs.first, "persistent_landing", "hires")
    assert found["files"] == 1
    assert found["bytes_read"] == (two_runs.project / "inbox/a.csv").stat().st_size


def test_a_second_run_writes_nothing_and_says_so(two_runs: TwoRuns) -> None:
    assert two_runs.second.success
    assert metadata_of(two_runs.second, "exploitation", "takings")["changed"] is False
    before, after = (
        [(table.ref, table.version) for table in tables]
        for tables in (two_runs.between, two_runs.lake.tables())
    )
    assert after == before


def test_commits_carry_the_id_of_dagsters_run(two_runs: TwoRuns) -> None:
    assert set(two_runs.lake.scan("governance.runs").collect()["run_id"]) == {two_runs.first.run_id}


def test_a_run_without_news_leaves_nothing_stale(two_runs: TwoRuns) -> None:
    versions = [
        {
            each.asset_key: (each.materialization.tags or {}).get("dagster/data_version")
            for each in result.get_asset_materialization_events()
            if each.asset_key and each.asset_key.path[0] != "temporary_landing"
        }
        for result in (two_runs.first, two_runs.second)
    ]
    assert all(versions[1].values())
    assert {key: versions[0][key] for key in versions[1]} == versions[1]
    assert any(key.path[0] == "trusted" for key in versions[1])
