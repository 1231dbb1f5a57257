"""The artefacts of governance as assets: tables that one step brings up to date at the end of a run.

The step has no dependencies, as that of the profiles; the tables are told as assets that nothing of Dagster's makes, so
that twenty of them cost a run one step. Which versions were told is remembered in the step's own metadata.

Annotations are real here, not postponed: Dagster reads the one of `context`.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import dagster as dg
from dagster._core.definitions.data_version import DATA_VERSION_TAG

from lake_assets.catalog import ARTEFACTS, TOLD_LAST, Artefact, Standing, column_meanings, standings
from lake_assets.errors import LakeError
from lake_assets.lake import Lake
from lake_assets.orchestration.instance import opened_instance
from lake_assets.orchestration.keys import ARTEFACTS_KEY, PROFILES_KEY, asset_key
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import find_table

__all__ = ["artefact_specs", "artefacts", "tell_artefacts"]

_VERSIONS = "versions"


def artefact_specs() -> list[dg.AssetSpec]:
    """The tables of the artefacts, but for those that steps of their own write after this one."""
    return [_spec(each) for each in ARTEFACTS if _is_told(each)]


def _standings(root: LakeRoot) -> list[Standing]:
    return [each for each in standings(root) if each.artefact.ref not in TOLD_LAST]


def _is_told(artefact: Artefact) -> bool:
    return asset_key(artefact.ref) != PROFILES_KEY and artefact.ref not in TOLD_LAST


def _spec(artefact: Artefact) -> dg.AssetSpec:
    numbered = {"artefact": f"{artefact.number} of 16"} if artefact.number else {}
    columns = column_meanings(artefact, None)
    return dg.AssetSpec(
        asset_key(artefact.ref),
        description=f"{artefact.title}. {artefact.description}",
        group_name="governance",
        kinds={"deltalake"},
        tags={"lake/artefact": artefact.kind.value},
        metadata={
            "dagster/table_name": str(artefact.ref),
            **numbered,
            **({"dagster/column_schema": _schema(columns)} if columns else {}),
            "made_again_from": artefact.made_from or "nothing else; keep it",
        },
    )


def _schema(columns: Sequence[tuple[str, str, str]]) -> dg.TableSchema:
    return dg.TableSchema(
        [dg.TableColumn(name, kind, description=meaning or None) for name, kind, meaning in columns]
    )


@dg.asset(
    key=ARTEFACTS_KEY,
    group_name="governance",
    description="Brings the artefacts of governance up to what is declared and what was committed.",
    kinds={"deltalake"},
    required_resource_keys={"lake"},
    op_tags={"dagster/priority": "-110"},
)
def artefacts(context: dg.AssetExecutionContext) -> dg.MaterializeResult:  # type: ignore[type-arg]  # Dagster wants it bare
    """Record what the run did, and tell the tables that changed."""
    lake: Lake = context.resources.lake.open()
    try:
        lake.record(context.run.run_id)
    except LakeError as error:
        raise dg.Failure(description=str(error), allow_retries=False) from error
    standing = _standings(lake.root)
    for event in _news(context.instance, lake.root, standing):
        context.log_event(event)
    return dg.MaterializeResult(metadata=_told(standing), data_version=dg.DataVersion(_version_of(standing)))


def tell_artefacts(instance_folder: Path, lake: Lake) -> int:
    """Tell Dagster's catalogue of the artefacts as an ingest without Dagster left them.

    Args:
        instance_folder: Holds the `dagster.yaml` of the instance.
        lake: The lake.

    Returns:
        Number of tables that were told.
    """
    standing = _standings(lake.root)
    with opened_instance(instance_folder) as instance:
        news = list(_news(instance, lake.root, standing))
        tags = {DATA_VERSION_TAG: _version_of(standing)}
        told = [dg.AssetMaterialization(ARTEFACTS_KEY, metadata=_told(standing), tags=tags)] if news else []
        for event in (*news, *told):
            instance.report_runless_asset_event(event)
    return len(news)


def _version_of(standing: Sequence[Standing]) -> str:
    """Changes whenever a table does."""
    return "-".join(str(each.version) for each in standing)


def _told(standing: Sequence[Standing]) -> Mapping[str, Any]:
    """How all artefacts stand, and which versions were told."""
    rows = [
        dg.TableRecord(
            {
                "artefact": each.artefact.name,
                "title": each.artefact.title,
                "kind": each.artefact.kind.value,
                "rows": each.rows,
            }
        )
        for each in standing
    ]
    versions = {each.artefact.name: each.version for each in standing if each.version is not None}
    return {"artefacts": dg.MetadataValue.table(rows), _VERSIONS: dg.MetadataValue.json(versions)}


def _news(
    instance: dg.DagsterInstance, root: LakeRoot, standing: Sequence[Standing]
) -> Iterator[dg.AssetMaterialization]:
    """What the tables are told that are there and not as they were told last."""
    known = _known(instance)
    for each in standing:
        is_told = known.get(each.artefact.name) == each.version
        if not is_told and _is_told(each.artefact):
            yield _event(root, each)


def _known(instance: dg.DagsterInstance) -> Mapping[str, int]:
    last = instance.get_latest_materialization_event(ARTEFACTS_KEY)
    made = last.asset_materialization if last else None
    told = made.metadata.get(_VERSIONS) if made else None
    return told.value if isinstance(told, dg.JsonMetadataValue) and isinstance(told.value, dict) else {}


def _event(root: LakeRoot, standing: Standing) -> dg.AssetMaterialization:
    artefact = standing.artefact
    table = find_table(root, artefact.ref)
    return dg.AssetMaterialization(
        asset_key(artefact.ref),
        metadata={
            "dagster/row_count": standing.rows,
            "dagster/uri": root.table_uri(artefact.ref),
            "dagster/column_schema": _schema(column_meanings(artefact, table)),
            "delta_version": standing.version,
            "look": f"lake governance show {artefact.name}",
        },
        tags={DATA_VERSION_TAG: str(standing.version)},
    )
