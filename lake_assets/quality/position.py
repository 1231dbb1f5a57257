"""Where a row came from, as one number: rows sort by file, then by record in it."""

from __future__ import annotations

import polars as pl

from lake_assets.model import PROVENANCE
from lake_assets.quality.memberships import is_among

__all__ = ["has_provenance", "is_at", "position", "spell_position"]

_FILE_STEP = 1 << 64


def has_provenance(schema: pl.Schema) -> bool:
    """Whether rows of a schema say which file and record they came from."""
    return set(PROVENANCE) <= set(schema)


def position() -> pl.Expr:
    """The position of a row, Int128: a different one for every `_file` and `_row`, and in their order."""
    file, row = (pl.col(name).cast(pl.Int128) for name in PROVENANCE)
    return file * pl.lit(_FILE_STEP, dtype=pl.Int128) + row


def is_at(positions: pl.Series) -> pl.Expr:
    """Whether a row is at one of the positions; never null."""
    return is_among(position(), positions) if positions.len() else pl.lit(value=False)


def spell_position(found: int | None) -> str:
    """Write a position for people.

    >>> spell_position(17 * 2**64 + 3)
    'file 17, row 3'
    >>> spell_position(None)
    ''
    """
    if found is None:
        return ""
    file, row = divmod(found, _FILE_STEP)
    return f"file {file}, row {row}"
