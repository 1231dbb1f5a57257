"""Where Dagster keeps its history, and which definitions it serves."""

from __future__ import annotations

import os
import shutil
import tomllib
from pathlib import Path

from lake_assets.errors import SettingsError

__all__ = ["instance_environment", "instance_folder", "refuse_lost_home", "state_folder", "target_arguments"]

_HERE = Path(__file__).parent
_INSTANCE_FILES = ("dagster.yaml", "dagster.yml")


def state_folder(folder: Path) -> Path:
    """Where runs, events and logs of a lake served from a folder are kept."""
    return Path(os.environ.get("DAGSTER_HOME") or folder / ".dagster").absolute()


def instance_environment(folder: Path) -> dict[str, str]:
    """Make sure that Dagster finds an instance that keeps its history.

    Args:
        folder: The working directory of Dagster.

    Returns:
        `DAGSTER_HOME`, with the packaged `dagster.yaml` in it unless it holds one; nothing when it is set
        already or the folder has a `dagster.yaml` of its own.
    """
    if os.environ.get("DAGSTER_HOME") or any((folder / name).exists() for name in _INSTANCE_FILES):
        return {}
    home = state_folder(folder)
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "dagster.yaml").exists():
        shutil.copyfile(_HERE / "dagster.yaml", home / "dagster.yaml")
    return {"DAGSTER_HOME": str(home)}


def refuse_lost_home() -> None:
    """Before anything is made: Dagster finds out in the middle of it.

    Raises:
        SettingsError: When `DAGSTER_HOME` names no folder.
    """
    home = os.environ.get("DAGSTER_HOME")
    if home and not Path(home).is_dir():
        mend = "make the folder, or unset DAGSTER_HOME to keep the history in .dagster"
        raise SettingsError("DAGSTER_HOME names no folder", place=home, mend=mend)


def instance_folder(folder: Path) -> Path:
    """The folder of the `dagster.yaml` that Dagster uses when it is started in a folder; see `instance_environment`."""
    home = os.environ.get("DAGSTER_HOME") or instance_environment(folder).get("DAGSTER_HOME")
    return Path(home or folder)


def target_arguments(folder: Path) -> list[str]:
    """Say which definitions `dagster dev` serves: what the folder names, else those of this package."""
    is_named = (folder / "workspace.yaml").exists() or _names_definitions(folder / "pyproject.toml")
    return [] if is_named else ["-w", str(_HERE / "workspace.yaml")]


def _names_definitions(project: Path) -> bool:
    if not project.exists():
        return False
    with project.open("rb") as stream:
        return "dagster" in tomllib.load(stream).get("tool", {})
