"""The demo's servers run for the demo lake alone, and only where nobody named others."""

import os

import pytest

from lake_assets.cli.demo_lake import demo_world, environment, is_demo_lake
from lake_assets.settings import Settings

pytestmark = pytest.mark.usefixtures("clean_environment")


def test_the_demo_lake_is_known_by_its_declarations(tmp_path):
    assert is_demo_lake(Settings.from_environment())
    assert not is_demo_lake(Settings.from_environment(defs=str(tmp_path)))


def test_another_lake_gets_none(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with demo_world(Settings.from_environment(defs=str(tmp_path))) as files:
        assert files is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["LAKE_DEMO_FILES_URL", "LAKE_DEMO_WEATHER_URL", "LAKE_DEMO_S3_ENDPOINT"])
def test_servers_that_are_named_are_used(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(name, "http://127.0.0.1:9")
    with demo_world(Settings.from_environment()) as files:
        assert files is None
    assert list(tmp_path.iterdir()) == []


def test_the_environment_is_as_before_afterwards(monkeypatch):
    monkeypatch.setenv("LAKE_TEST_SET", "before")
    with environment({"LAKE_TEST_SET": "within", "LAKE_TEST_NEW": "within"}):
        assert (os.environ["LAKE_TEST_SET"], os.environ["LAKE_TEST_NEW"]) == ("within", "within")
    assert os.environ["LAKE_TEST_SET"] == "before"
    assert "LAKE_TEST_NEW" not in os.environ


@pytest.mark.heavy
def test_ingest_runs_them_for_its_own_duration(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with demo_world(Settings.from_environment()) as files:
        assert files.home == tmp_path / "demo"
        assert os.environ["LAKE_DEMO_FILES_URL"].startswith("http://127.0.0.1:")
    assert "LAKE_DEMO_FILES_URL" not in os.environ
