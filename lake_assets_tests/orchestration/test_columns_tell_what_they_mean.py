"""Columns in Dagster's catalogue have the terms they are bound to in their description, and tags to filter by."""

from __future__ import annotations

from pathlib import Path

import dagster as dg

from lake_assets.lake import Lake
from lake_assets.orchestration.definitions_of import declared_definitions, shared_definitions
from lake_assets_tests.orchestration.conftest import SOURCE
from lake_assets_tests.orchestration.running import drop, metadata_of, run_all

VOCABULARY = """\
type: lake_assets.Vocabulary
attributes:
  terms:
    takings: {definition: What riders paid on a day., binds: exploitation.takings.taken}
"""


def test_terms_units_and_personal_columns(project: Path, instance: dg.DagsterInstance) -> None:
    (project / "defs/words").mkdir()
    (project / "defs/words/defs.yaml").write_text(VOCABULARY)
    text = SOURCE.replace("hire_id: int", "hire_id: {type: int, personal: true}")
    (project / "defs/hires/defs.yaml").write_text(text)
    definitions = dg.Definitions.merge(declared_definitions(Lake.open().declarations), shared_definitions())
    drop(project, "a.csv", "1,Monday,2.5")
    result = run_all(definitions, instance)

    def columns(*key: str) -> dict[str, dg.TableColumn]:
        schema = metadata_of(result, *key)["dagster/column_schema"]
        assert isinstance(schema, dg.TableSchema)
        return {each.name: each for each in schema.columns}

    taken = columns("exploitation", "takings")["taken"]
    assert taken.description == "sum of the prices · takings: What riders paid on a day."
    assert taken.tags == {"term": "takings"}
    hires = columns("trusted", "hires")
    assert (hires["day"].tags, hires["hire_id"].tags) == ({"unit": "days"}, {"personal": "true"})
    specs = {spec.key: spec for spec in definitions.resolve_all_asset_specs()}
    assert specs[dg.AssetKey(["trusted", "hires"])].tags["lake/personal"] == "true"
