"""`SqliteHistory`: what it writes Dagster's own storage reads, and the other way round, also from another process."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest
import yaml

from lake_assets.orchestration.history import SqliteHistory
from lake_assets.orchestration.instance import opened_instance

OURS = {
    "custom": {
        "module": "lake_assets.orchestration.history",
        "class": "SqliteHistory",
        "config": {"base_dir": {"env": "DAGSTER_HOME"}},
    }
}


@dg.asset
def counted() -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"rows": 3})


def home(tmp_path: Path, storage: dict[str, object]) -> Path:
    settings = {"storage": storage, "telemetry": {"enabled": False}}
    (tmp_path / "dagster.yaml").write_text(yaml.safe_dump(settings))
    return tmp_path


def materialize(folder: Path) -> str:
    with opened_instance(folder) as instance:
        return dg.materialize([counted], instance=instance).run_id


def seen(folder: Path) -> list[str]:
    with opened_instance(folder) as instance:
        found = instance.fetch_materializations(dg.AssetKey("counted"), limit=10).records
        for record in found:
            events = instance.all_logs(record.run_id)
            assert [each for each in events if each.is_dagster_event]
        return [record.run_id for record in reversed(found)]


@pytest.fixture(autouse=True)
def no_home(monkeypatch):
    monkeypatch.delenv("DAGSTER_HOME", raising=False)


def test_either_storage_goes_on_where_the_other_left_off(tmp_path):
    theirs = {"sqlite": {"base_dir": str(tmp_path)}}
    made = [materialize(home(tmp_path, storage)) for storage in (theirs, OURS, theirs, OURS)]
    assert seen(home(tmp_path, OURS)) == made
    assert seen(home(tmp_path, theirs)) == made


def test_another_process_sees_a_run_while_it_is_written(tmp_path):
    asks = (
        "import sys; from pathlib import Path; import dagster as dg;"
        "from lake_assets.orchestration.instance import opened_instance\n"
        "with opened_instance(Path(sys.argv[1])) as i: print(i.get_runs_count())"
    )
    with opened_instance(home(tmp_path, OURS)) as instance:
        dg.materialize([counted], instance=instance)
        told = subprocess.run(
            [sys.executable, "-c", asks, str(tmp_path)], check=True, capture_output=True, text=True
        )
    assert told.stdout.strip() == "1"


def test_runs_after_the_first_have_the_same_tables(tmp_path):
    runs = [materialize(home(tmp_path, OURS)) for _ in range(2)]
    shapes = []
    for run in runs:
        with sqlite3.connect(tmp_path / f"history/runs/{run}.db") as connection:
            shapes.append(connection.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall())
        connection.close()
    assert shapes[0] == shapes[1]
    assert shapes[0]


def test_a_history_that_was_wiped_begins_anew(tmp_path):
    with opened_instance(home(tmp_path, OURS)) as instance:
        first = dg.materialize([counted], instance=instance).run_id
        instance.wipe()
        second = dg.materialize([counted], instance=instance).run_id
        assert [run.run_id for run in instance.get_runs()] == [second]
        assert not instance.all_logs(first)
        assert instance.all_logs(second)


def test_a_file_that_was_made_anew_under_our_feet_is_the_one_that_is_written(tmp_path):
    history = SqliteHistory(str(tmp_path))
    history.run_storage.set_cursor_values({"sensor": "one"})
    for file in (tmp_path / "history").glob("runs.db*"):
        file.unlink()
    SqliteHistory(str(tmp_path)).run_storage.set_cursor_values({"sensor": "two"})
    assert history.run_storage.get_cursor_values({"sensor"}) == {"sensor": "two"}
    history.dispose()
