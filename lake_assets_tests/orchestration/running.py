"""Drop files and run everything, as a person would."""

from __future__ import annotations

from pathlib import Path

import dagster as dg


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
