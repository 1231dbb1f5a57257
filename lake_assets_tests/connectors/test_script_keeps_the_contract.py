import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.contract import ConnectorContract, PlainOutside
from lake_assets_tests.connectors.script_source import HEAD

PROGRAM = """
given = Path(sys.argv[1])
with (given / "runs.log").open("a") as log:
    log.write("run\\n")
assert os.environ["PASSWORD"] == "s3cr3t-of-the-tests"
new = sorted(path for path in given.glob("*.csv") if path.name > state)
for path in new:
    (folder / path.name).write_bytes(path.read_bytes())
if new:
    tell(payload={"state": new[-1].name})
"""


@dataclass
class Given(PlainOutside):
    """A folder from which a program copies what is past the last name that it remembers."""

    folder: Path = Path()

    def touched(self) -> int:
        log = self.folder / "runs.log"
        return log.read_text().count("run") if log.exists() else 0

    def add(self) -> bytes:
        number = len(self.expected)
        content = b"id\n%d\n" % number * (1 if number else 500_000)
        (self.folder / f"day-{number}.csv").write_bytes(content)
        self.expected.append(content)
        return content


class TestScript(ConnectorContract):
    kind = "script"

    @pytest.fixture
    def outside(self, tmp_path):
        program, given = tmp_path / "program.py", tmp_path / "given"
        program.write_text(HEAD + PROGRAM)
        given.mkdir()
        options = {
            "command": [sys.executable, str(program), str(given)],
            "environment": {"PASSWORD": "${LAKE_TEST_SECRET}"},
        }
        source = Source("meter", "script", options)
        gone = Source("meter", "script", {**options, "command": [str(tmp_path / "no-such-program")]})
        outside = Given(source, Dataset("readings", "meter", origin="*.csv"), gone, folder=given)
        for _ in range(3):
            outside.add()
        return outside
