"""Twelve months of made-up departures as CSV files, and what a lake must make of them."""

from __future__ import annotations

import csv
import io
import random
from dataclasses import dataclass, field
from pathlib import Path

from lake_assets_tests.flow.a_lake import ALake

DATASET = """\
flights:
  from: flights/*.csv
  key: [time_hour, carrier, flight]
  null_tokens: ["NA"]
  columns:
    month: int
    time_hour: datetime
    carrier: text
    flight: int
    dep_delay: {type: int, unit: minutes}
    distance: {type: int, unit: miles}
  rules:
    - in_range: {distance: [50, 6000]}
    - {not_null: dep_delay, severity: warn}
"""
FACTS = """\
/*
description: departures with their delay
key: [time_hour, carrier, flight]
incremental_on: trusted.flights
*/
SELECT time_hour, carrier, flight, dep_delay, dep_delay IS NULL AS is_cancelled, _file, _row
FROM trusted.flights
"""
HEADER = ["month", "time_hour", "carrier", "flight", "dep_delay", "distance"]
Record = tuple[str, ...]
Key = tuple[str, ...]


@dataclass
class Inbox:
    """What was dropped, and what of it must stand in the trusted table.

    Args:
        a_lake: Whose inbox it is.
    """

    a_lake: ALake
    accepted: dict[Key, tuple[bytes, int]] = field(default_factory=dict)
    set_aside: set[tuple[bytes, int]] = field(default_factory=set)
    received: set[bytes] = field(default_factory=set)

    def drop(self, name: str, content: bytes) -> None:
        """Put a file into the inbox; the same bytes again must change nothing."""
        self.a_lake.drop(f"flights/{name}", content)
        if content not in self.received:
            self.received.add(content)
            for row, record in enumerate(records_of(content), start=1):
                self._expect(content, row, record)

    def _expect(self, content: bytes, row: int, record: Record) -> None:
        if 50 <= int(record[5]) <= 6000:
            self.accepted[record[1:4]] = (content, row)
        else:
            self.set_aside.add((content, row))


def begun_lake(folder: Path) -> ALake:
    """A lake that has some months, with others in its inbox: new, corrected, re-sent, broken."""
    a_lake, files = ALake(folder), months(1, rows=10)
    declare(a_lake)
    for number, content in enumerate(files[:3]):
        a_lake.drop(f"flights/{number}.csv", content)
    a_lake.ingest_whole()
    a_lake.drop("flights/1.csv", corrected(files[1], 5))
    a_lake.drop("flights/again.csv", files[2])
    a_lake.drop("flights/ragged.csv", files[3] + b"too,short\n")
    a_lake.drop("flights/picture.csv", b"\x89PNG\r\n\x1a\n")
    return a_lake


def declare(a_lake: ALake) -> None:
    a_lake.declare(DATASET)
    a_lake.declare_table("flight_facts", FACTS)


def months(seed: int, rows: int = 20) -> list[bytes]:
    """A file for each month; some departures stand in two months, some break a rule, some have no delay."""
    chance = random.Random(seed)
    return [to_csv([_record(chance, month) for _ in range(rows)]) for month in range(1, 13)]


def _record(chance: random.Random, month: int) -> Record:
    shown = chance.choice([month, month, month, month % 12 + 1])
    hour = f"2013-{shown:02}-{chance.randint(1, 28):02}T{chance.randint(5, 7):02}:00:00Z"
    delay = chance.choice(["NA", str(chance.randint(-20, 300))])
    distance = chance.choice([*range(50, 3000, 130), 7])
    return (
        str(month),
        hour,
        chance.choice(["UA", "B6"]),
        str(chance.randint(1, 5)),
        delay,
        str(distance),
    )


def to_csv(records: list[Record]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([HEADER, *records])
    return text.getvalue().encode()


def records_of(content: bytes) -> list[Record]:
    return [tuple(record) for record in csv.reader(io.StringIO(content.decode()))][1:]


def corrected(content: bytes, seed: int) -> bytes:
    """The same file with three delays corrected."""
    records = records_of(content)
    for row in random.Random(seed).sample(range(len(records)), 3):
        records[row] = (*records[row][:4], str(1000 + row), *records[row][5:])
    return to_csv(records)
