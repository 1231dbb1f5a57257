"""Files that are not what they should be, and how much of each can be read."""

from __future__ import annotations

import gzip
from dataclasses import dataclass

BIKES = """\
bikes:
  from: bikes/*
  format: csv
  key: [bike_id]
  columns:
    bike_id: int
    price: {type: float, unit: euro}
    seen: datetime
"""
GOOD = b"bike_id,price,seen\n1,2.5,2024-01-01T08:00:00Z\n2,4.0,2024-01-01T09:00:00Z\n"
_HEADER = b"bike_id,price,seen\n"


@dataclass(frozen=True)
class BadFile:
    """A bad file.

    Args:
        name: As which it comes.
        content: Its bytes.
        rows: Number of records that can be read all the same.
        refused: Number of records set aside; 1 for a file that is refused whole.
        reason: Words of why.
    """

    name: str
    content: bytes
    rows: int
    refused: int
    reason: str = ""


WHOLE = [
    BadFile("empty.csv", b"", 0, 1, "the file is empty"),
    BadFile("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 0, 1, "looks like a PNG image"),
    BadFile("cut.csv.gz", gzip.compress(GOOD * 50, mtime=0)[:-20], 0, 1, "gzip data are cut or damaged"),
    BadFile("no-key.csv", b"price,seen\n2.5,2024-01-01\n", 0, 1, "lacks the key column bike_id"),
]
PARTS = [
    BadFile("header-only.csv", _HEADER, 0, 0),
    BadFile("ragged.csv", _HEADER + b"1,2.5,\n2\n3,1,,9\n4,1.5,\n", 2, 2, "fields: expected 3, found"),
    BadFile("lacks-a-column.csv", b"bike_id,seen\n5,2024-01-01T08:00:00Z\n", 1, 0),
    BadFile("cells.csv", _HEADER + b"6,cheap,yesterday\n7,1.5,2024-01-01T08:00:00Z\n", 2, 0),
    BadFile("unclosed.csv", _HEADER + b'8,1.0,\n9,2.0,"2024\n10,3.0,\n', 2, 1, "unclosed quote"),
]
