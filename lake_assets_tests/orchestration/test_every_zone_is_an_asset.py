"""The demo lake's assets: a snapshot, so that none is renamed or lost by accident."""

from functools import cache

import dagster as dg

from lake_assets.catalog import ARTEFACTS, TOLD_LAST
from lake_assets.lake import Lake
from lake_assets.orchestration.definitions_of import declared_definitions, shared_definitions
from lake_assets.orchestration.keys import ARTEFACTS_KEY, HEALTH_KEY, PROFILES_KEY, asset_key

DATASETS = ("airlines", "airports", "flights", "planes", "weather")
ZONES = ("temporary_landing", "persistent_landing", "formatted", "trusted", "quarantine")
GOVERNANCE = {
    PROFILES_KEY,
    ARTEFACTS_KEY,
    HEALTH_KEY,
    *(asset_key(each.ref) for each in ARTEFACTS if each.ref not in TOLD_LAST),
}
EXPLOITATION = ("airlines", "airports", "delay_by_carrier_day", "delay_by_wind", "flight_facts", "planes")


@cache
def demo_specs() -> dict[dg.AssetKey, dg.AssetSpec]:
    definitions = dg.Definitions.merge(declared_definitions(Lake.open().declarations), shared_definitions())
    return {spec.key: spec for spec in definitions.resolve_all_asset_specs()}


def test_every_dataset_is_an_asset_in_every_zone() -> None:
    in_zones = {dg.AssetKey([zone, name]) for zone in ZONES for name in DATASETS}
    made = {dg.AssetKey(["exploitation", name]) for name in EXPLOITATION}
    assert set(demo_specs()) == in_zones | made | GOVERNANCE


def test_the_group_of_an_asset_is_its_zone() -> None:
    assert all(spec.group_name == key.path[0] for key, spec in demo_specs().items())


def test_every_asset_has_an_owner_a_description_kinds_and_a_link_to_its_code() -> None:
    declared = {key: spec for key, spec in demo_specs().items() if key not in GOVERNANCE}
    for spec in declared.values():
        assert spec.owners
        assert spec.description
        assert spec.kinds
        assert "dagster/code_references" in spec.metadata


def test_tables_are_named_as_sql_names_them() -> None:
    assert (
        demo_specs()[dg.AssetKey(["trusted", "flights"])].metadata["dagster/table_name"] == "trusted.flights"
    )


def test_lineage_runs_from_zone_to_zone_and_along_references() -> None:
    deps = {dep.asset_key.to_user_string() for dep in demo_specs()[dg.AssetKey(["trusted", "flights"])].deps}
    others = {f"trusted/{name}" for name in ("airlines", "airports", "planes", "weather")}
    assert deps == {"formatted/flights"} | others
