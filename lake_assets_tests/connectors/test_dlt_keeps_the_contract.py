import json
from dataclasses import dataclass

import pytest

from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.contract import ConnectorContract, PlainOutside
from lake_assets_tests.connectors.dlt_plant import Plant

pytestmark = pytest.mark.heavy


@dataclass
class Given(PlainOutside):
    """A file of readings, of which an incremental resource yields those past the latest it has seen."""

    plant: Plant = None
    pulls: int = 1

    def touched(self) -> int:
        log = self.plant.folder / "looks.log"
        return log.read_text().count("look") if log.exists() else 0

    def add(self) -> bytes:
        self.pulls += 1
        rows = [{"at": number, "city": "Leeds"} for number in range(self.pulls)]
        self.plant.put(*rows)
        return b'{"_dlt_load_id":%d,"at":%d,"city":"Leeds"}\n' % (self.pulls, self.pulls - 1)


class TestDlt(ConnectorContract):
    kind = "dlt"

    @pytest.fixture
    def outside(self, tmp_path):
        plant = Plant(tmp_path / "plant")
        plant.put({"at": 0, "city": "Leeds"})
        options = {
            "source": "plant:plant",
            "folder": str(plant.folder),
            "arguments": {"token": "${LAKE_TEST_SECRET}"},
        }
        gone = Source("plant", "dlt", {**options, "source": "plant:fails", "arguments": {}})
        return Given(
            Source("plant", "dlt", options),
            Dataset("readings", "plant", origin="latest", format="json"),
            gone,
            [
                json.dumps({"_dlt_load_id": 1, "at": 0, "city": "Leeds"}, separators=(",", ":")).encode()
                + b"\n"
            ],
            plant,
        )
