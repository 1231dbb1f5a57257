"""What `dg` does in a project that somebody made beside an installed lake_assets."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lake_assets.catalog import ARTEFACTS, TOLD_LAST

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(300)]

GOVERNANCE = {"governance/artefacts", "governance/health"} | {
    f"governance/{each.name}" for each in ARTEFACTS if each.ref not in TOLD_LAST
}
PROJECT = """\
[project]
name = "plant"
version = "0"

[tool.dg]
directory_type = "project"

[tool.dg.cli]
suppress_warnings = ["project_and_activated_venv_mismatch"]

[tool.dg.project]
root_module = "plant"
"""
DEFINITIONS = """\
from pathlib import Path

import dagster as dg

from lake_assets.orchestration.definitions_of import lake_definitions


@dg.definitions
def defs() -> dg.Definitions:
    return lake_definitions(Path(__file__).parent)
"""
WRONG = """\
type: lake_assets.Source
attributes:
  connector: {kind: filesystem}
  datasets:
    parts:
      from: inbox/*.csv
      kye: [part_id]
"""


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    """A project without a source."""
    (tmp_path / "plant/defs").mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(PROJECT)
    (tmp_path / "plant/__init__.py").touch()
    (tmp_path / "plant/defs/__init__.py").touch()
    (tmp_path / "plant/definitions.py").write_text(DEFINITIONS)
    return tmp_path


def dg(plant: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("LAKE_", "DAGSTER"))
    }
    environment |= {"PYTHONPATH": str(plant), "LAKE_PROJECT": str(plant), "LAKE_ROOT": str(plant / "lake")}
    command = [str(Path(sys.executable).with_name("dg")), *arguments]
    return subprocess.run(
        command, cwd=plant, env=environment, capture_output=True, text=True, check=False, timeout=200
    )


def test_a_source_is_scaffolded_checked_and_listed(plant):
    scaffolded = dg(plant, "scaffold", "defs", "lake_assets.Source", "parts")
    assert scaffolded.returncode == 0, scaffolded.stdout + scaffolded.stderr
    assert "lake_assets.Source" in (plant / "plant/defs/parts/defs.yaml").read_text()

    checked = dg(plant, "check", "yaml")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    checked = dg(plant, "check", "defs")
    assert checked.returncode == 0, checked.stdout + checked.stderr

    listed = dg(plant, "list", "defs", "--json")
    assert listed.returncode == 0, listed.stdout + listed.stderr
    keys = {asset["asset_key"] for asset in json.loads(listed.stdout)["assets"]}
    zones = ("temporary_landing", "persistent_landing", "formatted", "trusted", "quarantine")
    assert keys == {f"{zone}/parts" for zone in zones} | GOVERNANCE


def test_a_fault_is_told_with_its_line(plant):
    (plant / "plant/defs/parts").mkdir()
    (plant / "plant/defs/parts/defs.yaml").write_text(WRONG)
    checked = dg(plant, "check", "yaml")
    said = checked.stdout + checked.stderr
    assert checked.returncode == 1, said
    assert "defs.yaml:7" in said
    assert "kye" in said
