"""The lake as one set of Dagster definitions."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import dagster as dg

from lake_assets.declarations import Declarations
from lake_assets.lake import Lake
from lake_assets.orchestration.alert_sensors import alert_sensors
from lake_assets.orchestration.artefact_assets import artefact_specs, artefacts
from lake_assets.orchestration.exploitation_assets import exploitation_assets
from lake_assets.orchestration.health_asset import health
from lake_assets.orchestration.profile_asset import profiles
from lake_assets.orchestration.replay_job import replay
from lake_assets.orchestration.resources import lake_resources
from lake_assets.orchestration.sensor import new_data_sensor
from lake_assets.orchestration.source_assets import source_assets
from lake_assets.orchestration.uncollected import uncollected

__all__ = ["declared_definitions", "lake_definitions", "shared_definitions"]


def declared_definitions(declarations: Declarations) -> dg.Definitions:
    """The assets of everything that is declared, without Dagster's component machinery: quick for many sources."""
    assets = [asset for source in declarations.sources for asset in source_assets(source)]
    return dg.Definitions(assets=[*assets, *exploitation_assets(declarations.transformations)])


def shared_definitions(open_lake: Callable[[], Lake] = Lake.open) -> dg.Definitions:
    """What all sources share: governance and health, the resources, the sensors, the job that replays, the executor.

    Args:
        open_lake: Opens the lake that the sensor watches.
    """
    return dg.Definitions(
        assets=[profiles, artefacts, *artefact_specs(), health],
        resources=lake_resources(),
        sensors=[new_data_sensor(open_lake), *alert_sensors(open_lake)],
        jobs=[replay],
        executor=dg.in_process_executor,
    )


def lake_definitions(project: Path) -> dg.Definitions:
    """The definitions of a project.

    Where `LAKE_DEFS` names folders of declarations, those; else the `defs` folder of the dg project.

    Args:
        project: A folder in the project.
    """
    is_project = any((folder / "pyproject.toml").is_file() for folder in (project, *project.parents))
    with uncollected():
        if os.environ.get("LAKE_DEFS") or not is_project:
            declared = declared_definitions(Lake.open().declarations)
        else:
            declared = dg.load_from_defs_folder(path_within_project=project)
        return dg.Definitions.merge(declared, shared_definitions())
