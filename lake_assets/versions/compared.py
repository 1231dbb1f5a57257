"""Rows of two versions matched by what identifies them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from lake_assets.model import PROVENANCE
from lake_assets.quality.records import record_text
from lake_assets.zones.contents import differs

__all__ = ["Compared", "compare"]

_LATER = "\0later"
_TEXT, _NUMBER = "\0text", "\0number"


@dataclass(frozen=True)
class Compared:
    """Rows of two versions, matched.

    Args:
        before: Rows that may have gone or changed, in the columns of both versions.
        after: Rows that may have come or changed, likewise.
        on: The columns by which they are matched.
        shown_key: Those of them that are columns of the table.
        names: The columns of both versions.
    """

    before: pl.LazyFrame
    after: pl.LazyFrame
    on: tuple[str, ...]
    shown_key: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def order(self) -> list[str]:
        """The columns by which rows are told in order."""
        return list(self.on)

    @property
    def added(self) -> pl.LazyFrame:
        """Rows that only the new version has."""
        return self.after.join(self.before, on=self.on, how="anti", nulls_equal=True)

    @property
    def removed(self) -> pl.LazyFrame:
        """Rows that only the old version has."""
        return self.before.join(self.after, on=self.on, how="anti", nulls_equal=True)

    @property
    def both(self) -> pl.LazyFrame:
        """Rows that both have, as they were, with the cells as they are since under `later`."""
        return self.before.join(self.after, on=self.on, how="inner", nulls_equal=True, suffix=_LATER)

    @property
    def changed(self) -> pl.LazyFrame:
        """Those of both of which a cell is another."""
        return self.both.filter(self._is_other)

    def later(self, name: str) -> str:
        """Where the cell of a column stands as it is since."""
        return f"{name}{_LATER}"

    def counts(self) -> dict[str, int]:
        """How many rows came, went, changed, or came again."""
        moved = [name for name in PROVENANCE if name in self.names and name not in self.on]
        is_moved = pl.any_horizontal(
            pl.lit(value=False), *(pl.col(name).ne_missing(pl.col(self.later(name))) for name in moved)
        )
        added, removed, both = pl.collect_all(
            [
                self.added.select(pl.len()),
                self.removed.select(pl.len()),
                self.both.select(changed=self._is_other.sum(), came_again=(is_moved & ~self._is_other).sum()),
            ],
            engine="streaming",
        )
        return {"added": added.item(), "removed": removed.item(), **_whole(both)}

    @property
    def _is_other(self) -> pl.Expr:
        return differs(self.names, set(self.on), _LATER)


def _whole(counted: pl.DataFrame) -> dict[str, int]:
    return {name: int(count or 0) for name, count in counted.row(0, named=True).items()}


def compare(before: pl.LazyFrame, after: pl.LazyFrame, keys: Sequence[Sequence[str]]) -> Compared:
    """Match the rows of two versions.

    Args:
        before: Rows of the one version.
        after: Rows of the other.
        keys: Columns that may identify a row, the best first; where none do, whole rows are matched.
    """
    here, there = before.collect_schema(), after.collect_schema()
    known = {**here, **there}
    old, new = _as(before, here, known), _as(after, there, known)
    for key in keys:
        if key and set(key) <= here.keys() & there.keys() and _identifies(key, old) and _identifies(key, new):
            return Compared(old, new, tuple(key), tuple(key), tuple(known))
    schema = pl.Schema(known)
    return Compared(_numbered(old, schema), _numbered(new, schema), (_TEXT, _NUMBER), (), tuple(known))


def _as(rows: pl.LazyFrame, schema: pl.Schema, known: dict[str, pl.DataType]) -> pl.LazyFrame:
    """Rows in the columns and types of both versions: 5 and 5.0 are alike."""
    return rows.select(
        pl.lit(None, kind).alias(name)
        if name not in schema or schema[name].is_nested() != kind.is_nested()
        else pl.col(name)
        if schema[name] == kind
        else pl.col(name).cast(kind, strict=False)
        for name, kind in known.items()
    )


def _identifies(key: Sequence[str], rows: pl.LazyFrame) -> bool:
    repeated = rows.group_by(list(key)).len().filter(pl.col("len") > 1)
    return repeated.head(1).collect(engine="streaming").is_empty()


def _numbered(rows: pl.LazyFrame, schema: pl.Schema) -> pl.LazyFrame:
    """Rows with all they say as one text, and a number among those that say the same."""
    told = rows.with_columns(record_text(schema).alias(_TEXT))
    return told.with_columns(pl.int_range(pl.len()).over(_TEXT).alias(_NUMBER))
