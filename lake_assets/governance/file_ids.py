"""What a landed file is called: its id, which grows with time, and the path under which its bytes are kept."""

from __future__ import annotations

import polars as pl

from lake_assets.model import Dataset, FetchedFile, Zone

__all__ = ["HASH_BITS", "landed_at", "landing_path", "next_id", "safe_name"]

HASH_BITS = 11
"""How many bits of its hash end the id of a file, after the microseconds at which it was ingested."""


def landed_at(file: pl.Expr) -> pl.Expr:
    """When a file was ingested, UTC, from its id.

    Args:
        file: Ids of landed files.

    >>> pl.select(landed_at(pl.lit(1_700_000_000_000_000 << 11 | 5))).item().isoformat()
    '2023-11-14T22:13:20+00:00'
    """
    return (file // (1 << HASH_BITS)).cast(pl.Datetime("us", "UTC"))


def next_id(file: FetchedFile, last_id: int) -> int:
    """Microseconds since the epoch, then 11 bits of the hash: unique in the lake, and past the dataset's last."""
    microseconds = int(file.fetched_at.timestamp() * 1_000_000)
    after_last = max(microseconds, (last_id >> HASH_BITS) + 1)
    return (after_last << HASH_BITS) | (int(file.sha256[:3], 16) >> 1)


def landing_path(dataset: Dataset, file: FetchedFile, file_id: int) -> str:
    """Where the bytes of a file are kept: `<time>-<file id>_<hash>_<name>` in the folder of its dataset."""
    stamp = f"{file.fetched_at:%Y%m%dT%H%M%S}-{file_id:019d}"
    folder = f"{Zone.PERSISTENT_LANDING}/{dataset.source}/{dataset.name}"
    return f"{folder}/{stamp}_{file.sha256[:12]}_{safe_name(file.name)}"


def safe_name(name: str) -> str:
    """A file name as it stands in the path of a landed file.

    >>> safe_name("ada@example.org.csv")
    'ada-example.org.csv'
    """
    return "".join(letter if letter.isalnum() or letter in "._-" else "-" for letter in name)[-120:]
