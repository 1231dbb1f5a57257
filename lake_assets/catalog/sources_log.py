"""The registry of data sources: what is declared of each dataset, and each run that noted files of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import polars as pl

from lake_assets.catalog.definitions import said_of
from lake_assets.catalog.log_artefacts import DATA_SOURCES
from lake_assets.governance.taking_note import LANDING_SEEN
from lake_assets.model import LandingOutcome
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.table import Note, Table

__all__ = ["record_sources"]

_ADDED = ("files", "duplicates", "size_bytes")


def record_sources(definitions: Table, files: Table | None) -> None:
    """Bring the registry up to what was declared and noted.

    Args:
        definitions: `governance.definitions` as it is.
        files: `governance.processed_files` as it is; None when nothing was ever noted.
    """
    leaders = [definitions, *([files] if files else [])]

    def decide(table: Table | None) -> Change | None:
        if table is not None and all(_is_taken(table, each) for each in leaders):
            return None
        rows = [*_declared(table, definitions), *(_seen(table, files) if files else [])]
        if table is not None and not rows:
            return None
        frame = pl.LazyFrame(rows, schema=DATA_SOURCES.schema)
        return Change(
            DATA_SOURCES.schema,
            write_data_files(definitions.root, DATA_SOURCES.ref, frame),
            consumed={each.input_name: each.version for each in leaders},
            column_notes=DATA_SOURCES.column_notes,
        )

    commit(definitions.root, DATA_SOURCES.ref, decide)


def _is_taken(table: Table, leader: Table) -> bool:
    taken = table.consumed(leader.input_name)
    return taken is not None and taken >= leader.version


def _declared(table: Table | None, definitions: Table) -> Iterator[dict[str, object]]:
    """What was declared, or is no longer, and stands not in the registry yet."""
    if table is not None and _is_taken(table, definitions):
        return
    known = _known(table, pl.col("event") != "seen", "dataset", "at")
    for row in said_of(definitions.root, DATA_SOURCES.name).iter_rows(named=True):
        if (row["name"], row["at"]) not in known:
            content = json.loads(row["content"]) if row["content"] else {"dataset": row["name"]}
            yield {**content, **{name: row[name] for name in ("event", "at", "run_id")}}


def _seen(table: Table | None, files: Table) -> Iterator[dict[str, object]]:
    if table is not None and _is_taken(table, files):
        return
    taken = table.consumed(files.input_name) if table else None
    if taken is not None:
        yield from _together(files.notes(taken))
        return
    known = _known(table, pl.col("event") == "seen", "dataset", "run_id")
    for row in _from_rows(files).iter_rows(named=True):
        if (row["dataset"], row["run_id"]) not in known:
            yield {**row, "event": "seen"}


def _together(notes: Sequence[Note]) -> Iterator[dict[str, object]]:
    """What commits say that they noted, one row for each run and dataset."""
    total: dict[tuple[str, str], dict[str, Any]] = {}
    for note in notes:
        seen = note.content.get(LANDING_SEEN)
        if seen is not None:
            run_id = note.content["run_id"]
            known = total.get((run_id, seen["dataset"]), dict.fromkeys(_ADDED, 0))
            sums = {name: seen[name] + known[name] for name in _ADDED}
            at = datetime.fromisoformat(seen["at"]).astimezone(UTC)
            last = {"at": max(at, known.get("at", at)), "run_id": run_id, "event": "seen"}
            total[run_id, seen["dataset"]] = {**seen, **sums, **last}
    yield from total.values()


def _from_rows(files: Table) -> pl.DataFrame:
    """The same from the rows themselves, for a registry that begins or was lost."""
    is_landed = pl.col("outcome") == LandingOutcome.LANDED.value
    return (
        files.scan()
        .group_by("source", "dataset", "run_id")
        .agg(
            at=pl.col("ingested_at").max(),
            files=is_landed.sum().cast(pl.Int64),
            duplicates=(~is_landed).sum().cast(pl.Int64),
            size_bytes=pl.col("size_bytes").filter(is_landed).sum(),
            newest_file=pl.col("file_id").max(),
        )
        .sort("at", "dataset")
        .collect(engine="streaming")
    )


def _known(table: Table | None, which: pl.Expr, *columns: str) -> set[tuple[object, ...]]:
    if table is None:
        return set()
    return set(table.scan().filter(which).select(columns).collect(engine="streaming").iter_rows())
