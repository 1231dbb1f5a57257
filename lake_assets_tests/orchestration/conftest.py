"""A small lake of its own for each test: hires of bikes as CSV files in an inbox, and a table made of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from lake_assets.lake import Lake
from lake_assets.orchestration.definitions_of import declared_definitions, shared_definitions
from lake_assets.orchestration.history import SqliteHistory

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


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with declarations and an empty inbox, in which the lake is opened."""
    for folder in ("inbox", "defs/hires", "defs/exploitation"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "defs/hires/defs.yaml").write_text(SOURCE)
    (tmp_path / "defs/exploitation/defs.yaml").write_text("type: lake_assets.Exploitation\nattributes: {}\n")
    (tmp_path / "defs/exploitation/takings.sql").write_text(TABLE)
    for name, folder in (("LAKE_ROOT", "lake"), ("LAKE_DEFS", "defs"), ("LAKE_PROJECT", ".")):
        monkeypatch.setenv(name, str(tmp_path / folder))
    return tmp_path


@pytest.fixture
def lake(project: Path) -> Lake:
    """The lake of the project."""
    assert project.is_dir()
    return Lake.open()


@pytest.fixture
def definitions(lake: Lake) -> dg.Definitions:
    """What Dagster loads for it."""
    return dg.Definitions.merge(declared_definitions(lake.declarations), shared_definitions())


@pytest.fixture(scope="session")
def empty_history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of a history without events; to make them takes longer than to copy them."""
    folder = tmp_path_factory.mktemp("history")
    SqliteHistory(str(folder)).dispose()
    return folder


@pytest.fixture
def instance(empty_history: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dg.DagsterInstance]:
    """An instance of Dagster that forgets, with a history as `dagster.yaml` has it."""
    folder = tmp_path_factory.mktemp("instance")
    shutil.copytree(empty_history, folder, dirs_exist_ok=True)
    kept = {"module": SqliteHistory.__module__, "class": SqliteHistory.__name__}
    storage = {"storage": {"custom": {**kept, "config": {"base_dir": str(folder)}}}}
    with dg.instance_for_test(overrides=storage) as found:
        yield found
