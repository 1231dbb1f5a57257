"""Parquet files."""

from __future__ import annotations

from lake_assets.formats._binary import BinaryFormat

__all__ = ["Parquet"]


class Parquet(BinaryFormat):
    """Parquet. Values keep their types, nested ones too; page checksums are verified where there are any."""

    reader = "lake_assets.formats.apart.parquet_file"
    wanted = "Parquet"
    own = ("a Parquet file",)
