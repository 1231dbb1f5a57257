from pathlib import Path

import dagster as dg

from lake_assets.lake import Lake
from lake_assets_tests.orchestration.running import drop, metadata_of, run_all


def test_a_dropped_file_is_in_the_exploitation_table_after_one_run(
    project: Path, lake: Lake, definitions: dg.Definitions, instance: dg.DagsterInstance
) -> None:
    drop(project, "a.csv", "1,monday,2.5", "2,monday,4", "3,tuesday,1")
    assert run_all(definitions, instance).success
    taken = lake.scan("exploitation.takings").sort("day").select("day", "taken").collect()
    assert taken.rows() == [("monday", 6.5), ("tuesday", 1.0)]


def test_the_page_of_a_table_says_what_it_holds(
    project: Path, definitions: dg.Definitions, instance: dg.DagsterInstance
) -> None:
    drop(project, "a.csv", "1,monday,2.5", "2,monday,-4")
    found = metadata_of(run_all(definitions, instance), "trusted", "hires")
    assert found["dagster/row_count"] == 1
    assert found["rows_quarantined"] == 1
    assert found["delta_version"] == 0
    schema = found["dagster/column_schema"]
    assert isinstance(schema, dg.TableSchema)
    columns = {column.name: column for column in schema.columns}
    assert columns["price"].description == "what was paid"
    assert columns["price"].constraints.other == ["price_in_range"]
    assert not columns["day"].constraints.nullable


def test_the_landing_zones_say_how_many_files_and_bytes_came(
    project: Path, definitions: dg.Definitions, instance: dg.DagsterInstance
) -> None:
    path = drop(project, "a.csv", "1,monday,2.5")
    found = metadata_of(run_all(definitions, instance), "persistent_landing", "hires")
    assert found["files"] == 1
    assert found["bytes_read"] == path.stat().st_size


def test_a_second_run_writes_nothing_and_says_so(
    project: Path, lake: Lake, definitions: dg.Definitions, instance: dg.DagsterInstance
) -> None:
    drop(project, "a.csv", "1,monday,2.5")
    run_all(definitions, instance)
    before = [(table.ref, table.version) for table in lake.tables()]
    again = run_all(definitions, instance)
    assert again.success
    assert metadata_of(again, "exploitation", "takings")["changed"] is False
    assert [(table.ref, table.version) for table in lake.tables()] == before


def test_commits_carry_the_id_of_dagsters_run(
    project: Path, lake: Lake, definitions: dg.Definitions, instance: dg.DagsterInstance
) -> None:
    drop(project, "a.csv", "1,monday,2.5")
    result = run_all(definitions, instance)
    assert set(lake.scan("governance.runs").collect()["run_id"]) == {result.run_id}


def test_a_run_without_news_leaves_nothing_stale(
    project: Path, definitions: dg.Definitions, instance: dg.DagsterInstance
) -> None:
    drop(project, "a.csv", "1,monday,2.5")
    first, second = run_all(definitions, instance), run_all(definitions, instance)
    versions = [
        {
            each.asset_key: (each.materialization.tags or {})["dagster/data_version"]
            for each in result.get_asset_materialization_events()
            if each.asset_key and each.asset_key.path[0] != "temporary_landing"
        }
        for result in (first, second)
    ]
    assert {key: versions[0][key] for key in versions[1]} == versions[1]
    assert any(key.path[0] == "trusted" for key in versions[1])
