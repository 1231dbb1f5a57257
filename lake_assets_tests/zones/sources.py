"""A source in memory, whose every file may be made to fail: a connector like any other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import BinaryIO

from lake_assets.connectors import Known
from lake_assets.errors import ConnectorError
from lake_assets.governance.processed_files import all_files
from lake_assets.lake import Steps
from lake_assets.model import Arrival, Dataset, Run, WriteMode
from lake_assets_tests.flow.a_lake import ALake

BIKES = Dataset("bikes", "city", "*.csv", key=("id",), write_mode=WriteMode.UPSERT)
PLACE = "source city, dataset bikes"


@dataclass
class Memory:
    """Hands over files; those without content cannot be fetched.

    Args:
        files: Content by name.
        ends_with: What goes wrong after the last of them.
        asked: Names of what was fetched, in order.
    """

    files: dict[str, bytes | None]
    ends_with: str = ""
    asked: list[str] = field(default_factory=list)

    def discover(self, dataset: Dataset, known: Known) -> Iterator[Arrival]:
        for name in self.files:
            if not known.has(name, "1"):
                yield Arrival(name, "1", name, lambda into, name=name: self._fetch(name, into))
        if self.ends_with:
            raise ConnectorError(self.ends_with, place=PLACE, mend="start it again")

    def _fetch(self, name: str, into: BinaryIO) -> str:
        self.asked.append(name)
        content = self.files[name]
        into.write((content or b"some of")[:7])
        if content is None:
            raise ConnectorError(f"{name} was cut short", place=PLACE, mend="fetch it again")
        into.write(content[7:])
        return f"after {name}"


def steps(a_lake: ALake) -> Steps:
    """The flow in a new run."""
    return Steps(a_lake.lake.root, Run("run", datetime.now(UTC), "0"))


def noted(a_lake: ALake) -> list[tuple[str, str]]:
    """Name and outcome of every processed file of the dataset, in the order of their ids."""
    return [(row.name, row.outcome.value) for row in all_files(a_lake.lake.root, BIKES)]
