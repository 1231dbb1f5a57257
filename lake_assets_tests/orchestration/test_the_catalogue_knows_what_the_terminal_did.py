from pathlib import Path

import dagster as dg

from lake_assets.lake import Lake
from lake_assets.orchestration.catalog import tell_catalog
from lake_assets_tests.orchestration.running import drop

INSTANCE = """\
storage: {sqlite: {base_dir: history}}
telemetry: {enabled: false}
"""


def row_counts(folder: Path, name: str) -> list[object]:
    with dg.DagsterInstance.from_config(str(folder)) as instance:
        records = instance.fetch_materializations(dg.AssetKey(["trusted", name]), limit=10).records
        found = [record.asset_materialization for record in records]
        return [each.metadata["dagster/row_count"].value for each in found if each]


def test_an_ingest_without_dagster_shows_in_its_catalogue_once(project: Path, lake: Lake) -> None:
    (project / "dagster.yaml").write_text(INSTANCE.replace("history", str(project / "history")))
    drop(project, "a.csv", "1,monday,2.5", "2,tuesday,3")
    assert tell_catalog(project, lake, lake.ingest()) == 5
    assert tell_catalog(project, lake, lake.ingest()) == 0
    assert row_counts(project, "hires") == [2]


def test_a_table_that_dagster_never_heard_of_is_told_though_nothing_is_new(project: Path, lake: Lake) -> None:
    (project / "dagster.yaml").write_text(INSTANCE.replace("history", str(project / "history")))
    drop(project, "a.csv", "1,monday,2.5")
    lake.ingest()
    assert tell_catalog(project, lake, lake.ingest()) == 5
