"""Profiles as an asset: nearly the last step of a run, after every table is there for its readers.

It looks at the tables of its run alone, and tells each profile as an observation of the table's asset. It has no
dependencies, which would draw an edge from every table of the lake: its priority lets a run come to it last, and what
changes later is profiled by the next run.

Annotations are real here, not postponed: Dagster reads the one of `context`.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import dagster as dg
from dagster._core.definitions.data_version import DATA_VERSION_TAG

from lake_assets.errors import LakeError
from lake_assets.lake import Lake, profile_tables, profiled_tables
from lake_assets.model import TableRef, Zone
from lake_assets.orchestration.instance import opened_instance
from lake_assets.orchestration.keys import HEALTH_KEY, PROFILES_KEY, asset_key
from lake_assets.orchestration.pictures import picture
from lake_assets.storage.table import find_table

if TYPE_CHECKING:
    from lake_assets.profiles import TableProfile

__all__ = ["observations_of", "profile_metadata", "profiles", "tell_profiles"]

_MOST_PICTURES = 20


@dg.asset(
    key=PROFILES_KEY,
    group_name="governance",
    description="What each version of the trusted and exploitation tables holds, column by column, and what drifted.",
    kinds={"polars", "deltalake"},
    metadata={"dagster/table_name": "governance.profiles"},
    required_resource_keys={"lake"},
    op_tags={"dagster/priority": "-100"},
)
def profiles(context: dg.AssetExecutionContext) -> dg.MaterializeResult:  # type: ignore[type-arg]  # Dagster wants it bare
    """Profile the tables of this run that changed."""
    lake: Lake = context.resources.lake.open()
    try:
        made = profile_tables(lake, _of_run(context, profiled_tables(lake)), context.run.run_id)
    except LakeError as error:
        raise dg.Failure(description=str(error), allow_retries=False) from error
    for event in observations_of(made):
        context.log_event(event)
    return dg.MaterializeResult(metadata=_told(made), data_version=dg.DataVersion(_version(lake)))


def _version(lake: Lake) -> str:
    stored = find_table(lake.root, TableRef(Zone.GOVERNANCE, "profiles"))
    return str(stored.version if stored else None)


def _told(made: Sequence["TableProfile"]) -> dict[str, Any]:
    """How much was profiled, and the pictures."""
    pictures = {str(each.table): _picture(each) for each in made[:_MOST_PICTURES]}
    return {"tables": len(made), "seconds": sum(each.seconds for each in made), **pictures}


def _of_run(context: dg.AssetExecutionContext, refs: Sequence[TableRef]) -> Sequence[TableRef]:
    """The tables that the run is about; where it is about profiles alone, all."""
    selected = (context.run.asset_selection or frozenset()) - {PROFILES_KEY, HEALTH_KEY}
    return [ref for ref in refs if asset_key(ref) in selected] if selected else refs


def observations_of(made: Sequence["TableProfile"]) -> Iterator[dg.AssetObservation]:
    """What the assets of the profiled tables are told."""
    for each in made:
        yield dg.AssetObservation(asset_key(each.table), metadata=profile_metadata(each))


def tell_profiles(instance_folder: Path, lake: Lake) -> int:
    """Profile what changed without Dagster, and tell its catalogue.

    Args:
        instance_folder: Holds the `dagster.yaml` of the instance.
        lake: The lake.

    Returns:
        Number of tables that were profiled.
    """
    made = profile_tables(lake, profiled_tables(lake), uuid4().hex)
    if not made:
        return 0
    tags = {DATA_VERSION_TAG: _version(lake)}
    whole = dg.AssetMaterialization(PROFILES_KEY, metadata=_told(made), tags=tags)
    events: list[dg.AssetObservation | dg.AssetMaterialization] = [*observations_of(made), whole]
    with opened_instance(instance_folder) as instance:
        for event in events:
            instance.report_runless_asset_event(event)
    return len(made)


def profile_metadata(profile: "TableProfile") -> dict[str, Any]:
    """A profile as a picture and as figures that Dagster plots."""
    from lake_assets.profiles import table_of

    head, rows = table_of(profile)
    names = [name.removeprefix("#").replace(" ", "_") for name in head]
    drifts = [each.drift.psi for each in profile.columns if each.drift]
    return {
        "profile": _picture(profile),
        "profile_table": dg.MetadataValue.table(
            [dg.TableRecord(dict(zip(names, row, strict=True))) for row in rows]
        ),
        "profiled_version": profile.version,
        "share_of_nulls": _share_of_nulls(profile),
        **({"greatest_psi": max(drifts)} if drifts else {}),
        **({"candidate_keys": "; ".join(", ".join(key) for key in profile.keys)} if profile.keys else {}),
    }


def _picture(profile: "TableProfile") -> dg.MarkdownMetadataValue:
    from lake_assets.profiles import picture_of

    return picture(f"profile of {profile.table}", picture_of(profile))


def _share_of_nulls(profile: "TableProfile") -> float:
    cells = profile.rows * len(profile.columns)
    return round(sum(each.nulls for each in profile.columns) / cells, 6) if cells else 0.0
