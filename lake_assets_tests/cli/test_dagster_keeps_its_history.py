"""Wherever `lake up` is given, Dagster finds an instance that keeps its history and definitions to serve."""

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import lake_assets.cli
from lake_assets.cli.dagster_home import instance_environment, state_folder, target_arguments
from lake_assets.cli.ui import _lake_environment
from lake_assets.settings import Settings

pytestmark = pytest.mark.usefixtures("clean_environment")

_REPOSITORY = Path(__file__).parents[2]
_PACKAGED = Path(lake_assets.cli.__file__).parent


def test_a_folder_without_an_instance_gets_one(tmp_path):
    assert instance_environment(tmp_path) == {"DAGSTER_HOME": str(tmp_path / ".dagster")}
    assert (tmp_path / ".dagster/dagster.yaml").read_text() == (_PACKAGED / "dagster.yaml").read_text()


def test_what_somebody_changed_there_stays(tmp_path):
    instance_environment(tmp_path)
    (tmp_path / ".dagster/dagster.yaml").write_text("telemetry: {enabled: false}\n")
    instance_environment(tmp_path)
    assert (tmp_path / ".dagster/dagster.yaml").read_text() == "telemetry: {enabled: false}\n"


@pytest.mark.parametrize("name", ["dagster.yaml", "dagster.yml"])
def test_an_instance_of_the_folder_is_left_to_dagster(tmp_path, name):
    (tmp_path / name).touch()
    assert instance_environment(tmp_path) == {}
    assert state_folder(tmp_path) == tmp_path / ".dagster"


def test_a_home_that_is_set_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    assert instance_environment(tmp_path) == {}
    assert state_folder(tmp_path) == tmp_path / "home"


def test_a_home_that_is_set_and_not_there_is_told_before_anything_is_made(tmp_path, monkeypatch):
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    ended = CliRunner().invoke(lake_assets.cli.main, ["up", "--port", "39731"])
    assert ended.exit_code == 1
    assert "DAGSTER_HOME names no folder" in ended.output
    assert list(tmp_path.iterdir()) == []


def test_the_packaged_instance_is_the_repositorys_but_for_where_history_is_kept():
    ours, theirs = (
        yaml.safe_load((folder / "dagster.yaml").read_text()) for folder in (_PACKAGED, _REPOSITORY)
    )
    kept = {"storage", "local_artifact_storage", "compute_logs"}
    told = [{name: value for name, value in each.items() if name not in kept} for each in (ours, theirs)]
    assert told[0] == told[1]
    assert {each["storage"]["custom"]["class"] for each in (ours, theirs)} == {"SqliteHistory"}


def test_the_packaged_workspace_is_the_repositorys():
    ours, theirs = (
        yaml.safe_load((folder / "workspace.yaml").read_text()) for folder in (_PACKAGED, _REPOSITORY)
    )
    assert ours == theirs


def test_definitions_come_from_the_folder_or_else_from_the_package(tmp_path):
    packaged = ["-w", str(_PACKAGED / "workspace.yaml")]
    assert target_arguments(tmp_path) == packaged
    (tmp_path / "pyproject.toml").write_text("[tool.ruff]\n")
    assert target_arguments(tmp_path) == packaged
    (tmp_path / "pyproject.toml").write_text("[tool.dagster]\nmodule_name = 'x'\n")
    assert target_arguments(tmp_path) == []


def test_a_workspace_of_the_folder_is_served(tmp_path):
    (tmp_path / "workspace.yaml").touch()
    assert target_arguments(tmp_path) == []


def test_the_ui_opens_the_same_lake(tmp_path, monkeypatch):
    monkeypatch.setenv("LAKE_DEFS", str(tmp_path / "others"))
    settings = Settings.from_environment("lake", str(tmp_path))
    assert _lake_environment(settings) == {
        "LAKE_ROOT": str(Path.cwd() / "lake"),
        "LAKE_PROJECT": str(Path.cwd()),
        "LAKE_DEFS": str(tmp_path),
    }
    demo = Settings.from_environment("lake", str(_PACKAGED.parent / "defs"))
    assert _lake_environment(demo)["LAKE_DEFS"] == ""
