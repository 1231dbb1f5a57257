"""A lake with one topic for a source, and processes that ingest it: to be killed, or to race."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from lake_assets_tests.flow.a_lake import ALake

HERE = Path(__file__).parents[2]
_SOURCE = """\
type: lake_assets.Source
attributes:
  connector: {{kind: kafka, bootstrap_servers: "{servers}"}}
  datasets:
    flights:
      from: {topic}
      options: {{max_messages: 7}}
"""
_DIES = """
import os, signal, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from lake_assets.governance import taking_note
from lake_assets.zones import persistent_landing, temporary_landing
from lake_assets_tests.flow.a_lake import ALake

def die(*_arguments, **_more):
    os.kill(os.getpid(), signal.SIGKILL)

def commit_and_die(*arguments, commit=taking_note.commit):
    commit(*arguments)
    die()

where = sys.argv[3]
if where == "polled":
    temporary_landing.seal = die
if where == "sealed":
    persistent_landing.take_note = die
if where == "placed":
    taking_note.write_data_files = die
if where == "committed":
    taking_note.commit = commit_and_die
ALake(Path(sys.argv[2])).ingest()
"""
_RACES = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
import lake_assets.connectors._kafka_client, lake_assets.formats.kafka
from lake_assets_tests.flow.a_lake import ALake
lake = ALake(Path(sys.argv[2])).lake
lake.declarations
print("ready", flush=True)
sys.stdin.readline()
for _ in range(4):
    report = lake.ingest()
    assert [str(failure.error) for failure in report.failures] == []
"""


def declare(folder: Path, servers: str, topic: str) -> ALake:
    """A lake that reads a topic."""
    a_lake = ALake(folder)
    a_lake.write("defs/broker/defs.yaml", _SOURCE.format(servers=servers, topic=topic))
    return a_lake


def die_when(a_lake: ALake, where: str) -> int:
    """Ingest in a process that is killed at some point; how it ended."""
    command = [sys.executable, "-c", _DIES, str(HERE), str(a_lake.folder), where]
    return subprocess.run(command, check=False, timeout=120).returncode


def kill_after(a_lake: ALake, seconds: float) -> bool:
    """Kill `lake ingest` after a time; whether it had not come to its end before."""
    environment = {**os.environ, "LAKE_ROOT": f"{a_lake.folder}/lake", "LAKE_DEFS": f"{a_lake.folder}/defs"}
    with subprocess.Popen(
        [sys.executable, "-m", "lake_assets.cli", "ingest"], env=environment, stdout=subprocess.DEVNULL
    ) as process:
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return True
    return False


def racing(a_lake: ALake, count: int) -> list[subprocess.Popen[str]]:
    """Processes that wait for a line, then ingest a few times at once."""
    command = [sys.executable, "-c", _RACES, str(HERE), str(a_lake.folder)]
    started = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(count)
    ]
    for process in started:
        assert process.stdout.readline() == "ready\n"
    for process in started:
        process.stdin.write("\n")
        process.stdin.flush()
    return started


def messages(a_lake: ALake, table: str = "trusted.flights") -> list[tuple[object, ...]]:
    """Partition, offset and id of every row, in order."""
    return sorted(a_lake.rows(table, "kafka_partition", "kafka_offset", "id"))
