"""What the tests of the command line share: a small lake of their own, and ways to give commands."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from lake_assets.cli import main

_COMMAND = [sys.executable, "-m", "lake_assets.cli"]

HIRES = "hire_id,price,rider\n1,2.5,Ada\n2,4.0,Grace\n3,-1.0,Barbara\n"

DEFS = """\
type: lake_assets.Source
attributes:
  connector: {{kind: filesystem, path: "{folder}"}}
  datasets:
    bike_hires:
      from: inbox/*.csv
      description: Hires of bikes.
      key: [hire_id]
      columns:
        hire_id: {{type: int, description: number of the hire}}
        price: {{type: float, unit: euro, description: what was paid}}
        rider: {{type: text, personal: true}}
      rules:
        - {{in_range: {{price: [0, 500]}}, severity: {severity}}}
"""

FAILING = """\
type: lake_assets.Source
attributes:
  connector: {{kind: filesystem, path: "{folder}/nowhere"}}
  datasets:
    unreachable: {{from: "*.csv"}}
"""


@dataclass(frozen=True)
class SmallLake:
    """A folder with declarations, an inbox and a lake.

    Args:
        folder: Holds them all.
    """

    folder: Path

    def declare(self, severity="quarantine"):
        self.write("defs/bikes/defs.yaml", DEFS.format(folder=self.folder, severity=severity))

    def write(self, path, text):
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def declare_failing(self):
        """Declare a second source, which is not there."""
        self.write("defs/broken/defs.yaml", FAILING.format(folder=self.folder))

    @property
    def options(self):
        return ["--root", str(self.folder / "lake"), "--defs", str(self.folder / "defs")]

    def run(self, command, *arguments):
        """Give a command in this process."""
        return CliRunner().invoke(main, [command, *self.options, *arguments], catch_exceptions=False)

    def json(self, command, *arguments):
        return json.loads(self.run(command, "--json", *arguments).stdout)

    def start(self, command, *arguments):
        """Give a command in a process of its own, and wait for its end."""
        words = [*_COMMAND, command, *self.options, *arguments]
        return subprocess.run(words, capture_output=True, text=True, check=False, cwd=self.folder)

    def versions(self):
        """The Delta version of every table."""
        return {table["table"]: table["version"] for table in self.json("tables")}


@pytest.fixture(scope="session")
def lake_command():
    """How a process of its own is given a command."""
    return _COMMAND


@pytest.fixture
def small_lake(tmp_path, monkeypatch):
    """A lake with one source and one file in its inbox, nothing ingested yet."""
    _forget_the_environment(monkeypatch)
    monkeypatch.chdir(tmp_path)
    lake = SmallLake(tmp_path)
    lake.declare()
    lake.write("inbox/hires-1.csv", HIRES)
    return lake


@pytest.fixture
def filled_lake(small_lake):
    """The same, ingested."""
    small_lake.run("ingest")
    return small_lake


@pytest.fixture
def clean_environment(monkeypatch):
    _forget_the_environment(monkeypatch)


def _forget_the_environment(monkeypatch):
    for name in [name for name in os.environ if name.startswith(("LAKE_", "DAGSTER_"))]:
        monkeypatch.delenv(name)
