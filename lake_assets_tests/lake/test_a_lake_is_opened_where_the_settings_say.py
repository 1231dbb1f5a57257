"""A lake is opened by its root and its declarations; nothing is read or written before it is asked."""

import subprocess
from pathlib import Path

import pytest

from lake_assets.errors import SettingsError
from lake_assets.lake import Lake


def test_by_arguments(tmp_path):
    lake = Lake.open(str(tmp_path / "lake"), str(tmp_path / "defs"))
    assert lake.root.uri == str(tmp_path / "lake")
    assert lake.settings.defs == (tmp_path / "defs",)
    assert list(tmp_path.iterdir()) == []


def test_by_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("LAKE_ROOT", str(tmp_path / "lake"))
    monkeypatch.setenv("LAKE_DEFS", str(tmp_path / "defs"))
    assert Lake.open().root.uri == str(tmp_path / "lake")


def test_elsewhere_it_is_refused():
    with pytest.raises(SettingsError, match="s3://"):
        _ = Lake.open("ftp://host/lake").root


def test_a_run_knows_the_version_and_the_commit_of_the_declarations(a_lake):
    git = ["git", "-C", str(a_lake.folder), "-c", "user.name=a", "-c", "user.email=a@b"]
    a_lake.declare("bikes: {from: '*.csv'}")
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "declared"], check=True)
    said = subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True)
    run = a_lake.lake.steps("mine").run
    assert (run.run_id, run.git_sha) == ("mine", said.stdout.strip())
    assert run.code_version


def test_outside_of_a_repository_there_is_no_commit(a_lake, monkeypatch):
    a_lake.declare("bikes: {from: '*.csv'}")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(a_lake.folder.parent))
    assert a_lake.lake.steps().run.git_sha == ""


def test_without_git_there_is_none_either(a_lake, monkeypatch):
    a_lake.declare("bikes: {from: '*.csv'}")
    monkeypatch.setenv("PATH", str(Path(a_lake.folder)))
    assert a_lake.lake.steps().run.git_sha == ""


def test_every_run_has_an_id_of_its_own(a_lake):
    a_lake.declare("bikes: {from: '*.csv'}")
    assert a_lake.lake.steps().run.run_id != a_lake.lake.steps().run.run_id
