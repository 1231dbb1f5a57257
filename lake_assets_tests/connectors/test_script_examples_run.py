"""The programs that the documentation shows, one in each language."""

import re
import sys
from pathlib import Path

import pytest

from lake_assets.connectors.script import Script
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, contents, land
from lake_assets_tests.connectors.programs import program
from lake_assets_tests.flow.a_lake import ALake

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "script"
COMMANDS = {"python": ["python3", "pull.py"], "bash": ["./pull.sh"], "java": ["java", "Pull.java"]}
FIRST = b"id,value\n1,0.5\n2,1.0\n3,1.5\n"
SECOND = b"id,value\n4,2.0\n5,2.5\n6,3.0\n"


@pytest.mark.parametrize("language", COMMANDS)
def test_a_program_goes_on_where_it_ended(language):
    command = COMMANDS[language]
    found = {"python": sys.executable, "bash": command[0]}.get(language) or program(command[0])
    source = Source("meter", "script", {"command": [found, *command[1:]], "folder": str(EXAMPLES)})
    dataset, memory = Dataset("readings", "meter", origin="readings-*.csv"), Memory()
    first, second = (land(Script(source), dataset, memory) for _ in range(2))
    assert [contents(first), contents(second)] == [[FIRST], [SECOND]]
    assert [one.arrival.name for one in first + second] == ["readings-1.csv", "readings-4.csv"]


def test_the_rows_of_a_program_reach_trusted(tmp_path):
    a_lake = ALake(tmp_path)
    a_lake.write(
        "defs/meter/defs.yaml",
        f"""\
type: lake_assets.Source
attributes:
  connector: {{kind: script, command: [./pull.sh], folder: "{EXAMPLES}"}}
  datasets:
    readings: {{from: "readings-*.csv", key: [id]}}
""",
    )
    a_lake.ingest_whole()
    a_lake.ingest_whole()
    assert a_lake.rows("trusted.readings", "id", "value") == [(n, n * 0.5) for n in range(1, 7)]


def test_the_documentation_names_every_example():
    text = (EXAMPLES.parents[1] / "connectors.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\(examples/script/([^)]+)\)", text))
    assert named == {path.name for path in EXAMPLES.iterdir() if path.suffix != ".class"}
