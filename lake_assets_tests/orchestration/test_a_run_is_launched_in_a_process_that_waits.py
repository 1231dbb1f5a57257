"""The launcher that `dagster.yaml` names, with the daemon that calls it and a code location that serves the lake."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import dagster as dg
import psutil
import pytest

from lake_assets.orchestration.run_launcher import PROCESS_TAG
from lake_assets_tests.orchestration.running import drop

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(300)]

PATIENCE_S = 120
SLOW_TABLE = """\
import time

import polars as pl

from lake_assets.declarations import exploitation_table


@exploitation_table(inputs={"hires": "trusted.hires"}, key=["hire_id"])
def slow(hires: pl.LazyFrame) -> pl.LazyFrame:
    time.sleep(600)
    return hires
"""


@pytest.fixture
def home(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An instance with the settings as shipped."""
    shipped = Path(__file__).parents[2] / "lake_assets/cli/dagster.yaml"
    folder = project / "home"
    folder.mkdir()
    (folder / "dagster.yaml").write_text(shipped.read_text())
    monkeypatch.setenv("DAGSTER_HOME", str(folder))
    drop(project, "first.csv", "1,mon,2.5")
    return folder


@pytest.fixture
def served(home: Path):
    """The daemon over the lake, as `lake up` starts it."""
    with (home / "daemon.log").open("wb") as log:
        command = [sys.executable, "-m", "dagster._daemon", "run", "-m", "lake_assets.definitions"]
        with subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, cwd=home) as daemon:
            try:
                yield daemon
            finally:
                # One that is asked to end waits for the tick of its sensor, up to 25 s; whoever promises that asks.
                started = children(daemon) if daemon.poll() is None else []
                for process in [*started, daemon]:
                    with suppress(psutil.NoSuchProcess):
                        process.kill()


@pytest.fixture
def slow_table(project: Path) -> Path:
    """A table that takes ten minutes."""
    path = project / "defs/exploitation/slow.py"
    path.write_text(SLOW_TABLE)
    return path


def wait_for(found, what: str):
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        if answer := found():
            return answer
        time.sleep(0.2)
    pytest.fail(f"not within {PATIENCE_S} s: {what}")


def runs(*statuses: dg.DagsterRunStatus) -> list[dg.DagsterRun]:
    with dg.DagsterInstance.get() as instance:
        return list(instance.get_runs(dg.RunsFilter(statuses=list(statuses) or None)))


def ended(count: int) -> list[dg.DagsterRun]:
    found = [run for run in runs() if run.is_finished]
    return found if len(found) >= count else []


def children(process: subprocess.Popen[bytes]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def test_one_run_after_the_other_and_nothing_is_left_of_them(served, project, home):
    first = wait_for(lambda: ended(1), "the first run")
    time.sleep(5)  # the next process gets ready
    drop(project, "second.csv", "2,tue,3.5")
    second = wait_for(lambda: ended(2), "the second run")
    assert [run.status for run in second] == [dg.DagsterRunStatus.SUCCESS] * 2, (
        home / "daemon.log"
    ).read_text()
    assert {run.run_id for run in first} < {run.run_id for run in second}
    assert len({run.tags[PROCESS_TAG] for run in second}) == 2, "each has a process of its own"

    started = children(served)
    assert started
    served.send_signal(signal.SIGINT)
    served.wait(60)
    wait_for(lambda: not any(process.is_running() for process in started), "the end of all that it started")


def test_a_run_is_killed_and_another_terminated(slow_table, served, project):
    assert slow_table.exists()
    run = wait_for(lambda: runs(dg.DagsterRunStatus.STARTED), "a run")[0]
    os.kill(int(run.tags[PROCESS_TAG].partition("@")[0]), signal.SIGKILL)
    began = time.monotonic()
    wait_for(lambda: runs(dg.DagsterRunStatus.FAILURE), "its failure")
    assert time.monotonic() - began < 10, "it fails at once, not when somebody asks"

    drop(project, "second.csv", "2,tue,3.5")
    run = wait_for(lambda: runs(dg.DagsterRunStatus.STARTED), "another run")[0]
    with dg.DagsterInstance.get() as instance:
        assert instance.run_launcher.terminate(run.run_id)
    wait_for(lambda: runs(dg.DagsterRunStatus.CANCELED), "its end")


def test_a_run_outlives_the_daemon_which_does_not_wait_for_it(slow_table, served):
    assert slow_table.exists()
    run = wait_for(lambda: runs(dg.DagsterRunStatus.STARTED), "a run")[0]
    process = psutil.Process(int(run.tags[PROCESS_TAG].partition("@")[0]))
    served.send_signal(signal.SIGINT)
    served.wait(60)
    assert process.is_running()
    process.kill()
