"""What a connector's tests use in place of landing: a memory of what was landed, and the landing itself."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import BinaryIO

from lake_assets.connectors import Connector
from lake_assets.errors import ConnectorError
from lake_assets.model import Arrival, Dataset


@dataclass(frozen=True)
class Taken:
    """An arrival that was fetched."""

    arrival: Arrival
    content: bytes
    state: str


@dataclass
class Memory:
    """A `Known` that remembers as processed files do."""

    seen: set[tuple[str, str]] = field(default_factory=set)
    latest: dict[str, str] = field(default_factory=dict)
    state: str = ""

    def has(self, origin: str, fingerprint: str) -> bool:
        return (origin, fingerprint) in self.seen

    def latest_fingerprint(self, origin: str) -> str | None:
        return self.latest.get(origin)

    def note(self, taken: Taken) -> None:
        arrival = taken.arrival
        assert not self.has(arrival.origin, arrival.fingerprint), "a known fingerprint is never handed over"
        self.seen.add((arrival.origin, arrival.fingerprint))
        self.latest[arrival.origin] = arrival.fingerprint
        self.state = taken.state


def fetched(arrival: Arrival) -> Taken:
    into = io.BytesIO()
    state = arrival.fetch(into)
    return Taken(arrival, into.getvalue(), state)


def land(connector: Connector, dataset: Dataset, memory: Memory, at_most: int | None = None) -> list[Taken]:
    """Land what is new; `at_most` stands for a kill after so many."""
    landed: list[Taken] = []
    arrivals = connector.discover(dataset, memory)
    while at_most is None or len(landed) < at_most:
        arrival = next(arrivals, None)
        if arrival is None:
            break
        landed.append(fetched(arrival))
        memory.note(landed[-1])
    arrivals.close()
    return landed


def land_until_refused(
    connector: Connector, dataset: Dataset, memory: Memory
) -> tuple[list[Taken], ConnectorError]:
    """What lands before an error, and the error."""
    landed: list[Taken] = []
    try:
        for arrival in connector.discover(dataset, memory):
            landed.append(fetched(arrival))
            memory.note(landed[-1])
    except ConnectorError as error:
        return landed, error
    raise AssertionError("nothing was refused")


def contents(taken: list[Taken]) -> list[bytes]:
    return [one.content for one in taken]


class FullDisk(io.RawIOBase, BinaryIO):
    """Where writing fails, as on a full disk of ours."""

    def writable(self) -> bool:
        return True

    def write(self, _chunk: object) -> int:
        raise OSError(28, "No space left on device")
