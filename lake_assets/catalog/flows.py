"""The logs of what passed from zone to zone, taken from the commits of the zones in the order of `governance.runs`.

`governance.runs` has one row for each commit, and each of its own commits names those that it tells of. So a log reads
on from where it ended, whatever died in between; nothing is read of zones in which nothing happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from lake_assets.catalog.artefact import Artefact
from lake_assets.catalog.flow_rows import Row, rows_of
from lake_assets.catalog.log_artefacts import FLOWS
from lake_assets.governance.runs import COMMITS
from lake_assets.model import TableRef, Zone
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.table import Note, Table

__all__ = ["record_flows"]


def record_flows(runs: Table) -> None:
    """Bring the logs up to what `governance.runs` knows.

    Args:
        runs: `governance.runs` as it is.
    """
    for zone, artefact in FLOWS.items():
        _record(runs, Zone(zone), artefact)


def _record(runs: Table, zone: Zone, artefact: Artefact) -> None:
    def decide(table: Table | None) -> Change | None:
        taken = table.consumed(runs.input_name) if table else None
        if taken is not None and taken >= runs.version:
            return None
        named = _all(runs, zone) if taken is None else _named(runs.notes(taken), zone)
        known = _known(table) if taken is None else set()
        rows = [row for row in _rows(runs, named) if (row["table"], row["version"], row["at"]) not in known]
        if table is not None and not rows and taken is not None:
            return None
        return Change(
            artefact.schema,
            write_data_files(runs.root, artefact.ref, pl.LazyFrame(rows, schema=artefact.schema)),
            consumed={runs.input_name: runs.version},
            column_notes=artefact.column_notes,
        )

    commit(runs.root, artefact.ref, decide)


def _named(notes: Iterable[Note], zone: Zone) -> dict[str, list[int]]:
    """The versions of each table of a zone that commits of the runs tell of."""
    found: dict[str, list[int]] = {}
    for told in (each for note in notes for each in note.content.get(COMMITS, [])):
        if told["zone"] == zone.value:
            found.setdefault(told["table"], []).extend(told["versions"])
    return found


def _all(runs: Table, zone: Zone) -> dict[str, list[int]]:
    """As `_named`, of all that the runs hold: an older version of the product did not name them in its commits."""
    rows = runs.scan().filter(pl.col("zone") == zone.value).select("table", "version").unique()
    grouped = rows.group_by("table", maintain_order=True).agg(pl.col("version").sort()).sort("table")
    return {f"{zone}.{name}": versions for name, versions in grouped.collect().iter_rows()}


def _rows(runs: Table, named: dict[str, list[int]]) -> Iterator[Row]:
    for name, versions in named.items():
        yield from _of_table(runs, name, versions)


def _of_table(runs: Table, name: str, versions: Sequence[int]) -> Iterator[Row]:
    return rows_of(runs.root, TableRef.parse(name), sorted(versions))


def _known(table: Table | None) -> set[tuple[object, object, object]]:
    """What a log holds already: asked only where the runs are told anew, as after they were lost."""
    if table is None:
        return set()
    rows = table.scan().select("table", "version", "at").unique().collect(engine="streaming")
    return set(rows.iter_rows())
