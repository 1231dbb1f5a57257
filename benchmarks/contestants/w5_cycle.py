"""W5: starts a lake with its daemon, drops one file after the other, and waits until its rows can be read.

Usage: w5_cycle plain|lake DROPS, in an empty folder. The first two files only tell when the lake is up: the first may
be taken by what starts it, and only the second shows that the sensor is awake.
"""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
from deltalake import DeltaTable
from deltalake.exceptions import TableNotFoundError

from benchmarks.contestants import lake_project

_ROWS = 100
_POLL_S = 0.02
_START_S = 180
_PATIENCE_S = 120
_STOP_S = 20
_SEED = 5
_TARGET = "exploitation/readings"


def main(kind: str, drops: int) -> dict[str, float]:
    """Drop files into a running lake.

    Returns:
        `ready_s` from the start until the rows of the first two files; then, over the others, `p50_s`, `p95_s` and
        `worst_s` from the drop of a file until its rows can be read.
    """
    inbox = Path("inbox")
    inbox.mkdir()
    draw = random.Random(_SEED)
    with _running(kind):
        ready_s = _drop(inbox, 0, _START_S) + _drop(inbox, 1, _START_S)
        waits_s = []
        for number in range(2, drops + 2):
            time.sleep(draw.uniform(1, 4))  # not in step with anything that ticks
            waits_s.append(_drop(inbox, number, _PATIENCE_S))
    cuts = statistics.quantiles(waits_s, n=20, method="inclusive")
    return {"ready_s": ready_s, "p50_s": cuts[9], "p95_s": cuts[18], "worst_s": max(waits_s)}


def _drop(inbox: Path, number: int, patience_s: float) -> float:
    """Put one file into the inbox, whole at once, and wait for its rows; the seconds that took."""
    lines = [f"{number * _ROWS + row},{row / 4}" for row in range(_ROWS)]
    draft = Path(f"draft-{number}")
    draft.write_text("\n".join(["reading_id,amount", *lines]) + "\n")
    started = time.perf_counter()
    draft.rename(inbox / f"readings-{number:04d}.csv")
    while _visible_rows() < (number + 1) * _ROWS:
        if time.perf_counter() - started > patience_s:
            sys.exit(f"the rows of file {number} were not there after {patience_s} s")
        time.sleep(_POLL_S)
    return time.perf_counter() - started


def _visible_rows() -> int:
    try:
        files = pl.DataFrame(DeltaTable(_TARGET).get_add_actions(flatten=True))
    except TableNotFoundError:
        return 0
    return int(files["num_records"].sum()) if files.height else 0


@contextmanager
def _running(kind: str) -> Iterator[None]:
    """The lake with its web server and daemon, stopped at the end with all it started."""
    command, env = _plain() if kind == "plain" else _lake()
    with Path("log.txt").open("w") as log:
        process = subprocess.Popen(
            command, env={**os.environ, **env}, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(_STOP_S)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _plain() -> tuple[list[str], dict[str, str]]:
    home = Path.cwd() / "dagster_home"
    home.mkdir()
    (home / "dagster.yaml").write_text("telemetry: {enabled: false}\n")
    project = Path(__file__).with_name("w5_plain_dagster.py")
    command = [str(Path(sys.executable).with_name("dagster")), "dev", "-f", str(project), "-p", _port()]
    return command, {"DAGSTER_HOME": str(home), "CYCLE_ROOT": str(Path.cwd())}


def _lake() -> tuple[list[str], dict[str, str]]:
    lake_project.write_cycle_project(Path.cwd())
    return lake_project.up(_port()), lake_project.environment(Path.cwd())


def _port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return str(server.getsockname()[1])


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
