"""A small lake of its own for each test: hires of bikes as CSV files in an inbox, and a table made of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import pytest

from lake_assets.lake import Lake
from lake_assets.orchestration.history import SqliteHistory
from lake_assets_tests.orchestration.running import TwoRuns, drop, loaded, run_all

SOURCE = """\
type: lake_assets.Source
attributes:
  owner: team:bikes
  connector: {kind: filesystem}
  datasets:
    hires:
      from: inbox/*.csv
      description: Every hire of a bike.
      key: [hire_id]
      columns: {hire_id: int, day: {type: text, unit: days}, price: {type: float, description: what was paid}}
      rules:
        - in_range: {price: [0, 500]}
        - {not_null: [day], severity: block, reason: a hire is on a day}
"""

TABLE = """\
/*
description: What was taken on each day.
key: [day]
columns: {day: the day, taken: sum of the prices}
*/
SELECT day, SUM(price) AS taken FROM trusted.hires GROUP BY day
"""


def _laid_out(folder: Path, patch: pytest.MonkeyPatch) -> Path:
    """A folder with declarations and an empty inbox, in which the lake is opened."""
    for name in ("inbox", "defs/hires", "defs/exploitation"):
        (folder / name).mkdir(parents=True)
    (folder / "defs/hires/defs.yaml").write_text(SOURCE)
    (folder / "defs/exploitation/defs.yaml").write_text("type: lake_assets.Exploitation\nattributes: {}\n")
    (folder / "defs/exploitation/takings.sql").write_text(TABLE)
    for name, place in (("LAKE_ROOT", "lake"), ("LAKE_DEFS", "defs"), ("LAKE_PROJECT", ".")):
        patch.setenv(name, str(folder / place))
    return folder


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with declarations and an empty inbox, in which the lake is opened."""
    return _laid_out(tmp_path, monkeypatch)


@pytest.fixture
def lake(project: Path) -> Lake:
    """The lake of the project."""
    assert project.is_dir()
    return Lake.open()


@pytest.fixture
def definitions(lake: Lake) -> dg.Definitions:
    """What Dagster loads for it."""
    return loaded(lake)


@pytest.fixture(scope="session")
def empty_history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a history without events; to make them takes longer than to copy them."""
    folder = tmp_path_factory.mktemp("history")
    SqliteHistory(str(folder)).dispose()
    return folder


@pytest.fixture
def instance(empty_history: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dg.DagsterInstance]:
    """An instance of Dagster that forgets, with a history as `dagster.yaml` has it."""
    with _forgetful(empty_history, tmp_path_factory) as found:
        yield found


@contextmanager
def _forgetful(empty_history: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dg.DagsterInstance]:
    folder = tmp_path_factory.mktemp("instance")
    shutil.copytree(empty_history, folder, dirs_exist_ok=True)
    kept = {"module": SqliteHistory.__module__, "class": SqliteHistory.__name__}
    storage = {"storage": {"custom": {**kept, "config": {"base_dir": str(folder)}}}}
    with dg.instance_for_test(overrides=storage) as found:
        yield found


@pytest.fixture(scope="module")
def module_project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project for all tests of a file, which look at what was run in it once."""
    with pytest.MonkeyPatch.context() as patch:
        yield _laid_out(tmp_path_factory.mktemp("project"), patch)


@pytest.fixture(scope="module")
def module_instance(
    empty_history: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dg.DagsterInstance]:
    """An instance of Dagster for all tests of a file."""
    with _forgetful(empty_history, tmp_path_factory) as found:
        yield found


@pytest.fixture(scope="session")
def two_runs(empty_history: Path, tmp_path_factory: pytest.TempPathFactory) -> TwoRuns:
    """A run that took a file in, and one that found nothing new, for all tests that only look at them."""
    with pytest.MonkeyPatch.context() as patch, _forgetful(empty_history, tmp_path_factory) as instance:
        project = _laid_out(tmp_path_factory.mktemp("twice"), patch)
        lake = Lake.open()
        definitions = loaded(lake)
        drop(project, "a.csv", "1,monday,2.5", "2,monday,4", "3,tuesday,1", "4,monday,-4")
        first, between = run_all(definitions, instance), lake.tables()
        second = run_all(definitions, instance)
        keys = definitions.resolve_all_asset_keys()
        observed = {key: instance.fetch_observations(key, limit=10).records for key in keys}
    return TwoRuns(project, lake, first, tuple(between), second, observed)
