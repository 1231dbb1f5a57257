"""Drop files and run everything, as a person would."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import dagster as dg

from lake_assets.lake import Lake, TableSummary
from lake_assets.orchestration.definitions_of import declared_definitions, shared_definitions


@dataclass(frozen=True)
class TwoRuns:
    """A run that took a file of four hires in, the last one below all prices, and one that found nothing new.

    Args:
        project: Where the lake and its declarations are.
        lake: The lake as it is after both.
        first: The run that took the file in.
        between: The tables after it.
        second: The run that found nothing new.
        observed: What Dagster was told beside materialisations, by asset.
    """

    project: Path
    lake: Lake
    first: dg.ExecuteInProcessResult
    between: tuple[TableSummary, ...]
    second: dg.ExecuteInProcessResult
    observed: Mapping[dg.AssetKey, Sequence[dg.EventLogRecord]]


def loaded(lake: Lake) -> dg.Definitions:
    """What Dagster loads for a lake."""
    return dg.Definitions.merge(declared_definitions(lake.declarations), shared_definitions())


def drop(project: Path, name: str, *rows: str) -> Path:
    """Put a file of hires into the inbox."""
    path = project / "inbox" / name
    path.write_text("\n".join(["hire_id,day,price", *rows]) + "\n")
    return path


def run_all(definitions: dg.Definitions, instance: dg.DagsterInstance) -> dg.ExecuteInProcessResult:
    """Materialise every asset in one run."""
    job = definitions.resolve_implicit_global_asset_job_def()
    return job.execute_in_process(instance=instance, raise_on_error=False)


def metadata_of(result: dg.ExecuteInProcessResult, *key: str) -> dict[str, object]:
    """The values that an asset's materialisation carries."""
    event = next(
        each for each in result.get_asset_materialization_events() if each.asset_key == dg.AssetKey(key)
    )
    return {name: each.value for name, each in event.materialization.metadata.items()}
