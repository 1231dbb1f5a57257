"""What a commit of a zone says of itself, as rows of the log of that zone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

from lake_assets.model import TableRef, Zone
from lake_assets.storage.log import read_actions
from lake_assets.storage.past import schema_at
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Note, Table, find_table
from lake_assets.zones.pinned_mapping import element_of

__all__ = ["Row", "rows_of"]

Row = dict[str, object]


def rows_of(root: LakeRoot, ref: TableRef, versions: Sequence[int]) -> Iterator[Row]:
    """The rows of some commits, in their order; a table that is gone has none.

    Args:
        root: The lake.
        ref: The table.
        versions: The Delta versions that the commits made, ascending.
    """
    table = find_table(root, ref)
    if table is None:
        return
    wanted = set(versions)
    for note in table.notes(min(wanted) - 1 if min(wanted) else None):
        if note.version in wanted:
            yield from _OF_ZONE[ref.zone](table, note)


def _commit(table: Table, note: Note) -> Row:
    return {
        "table": str(table.ref),
        "version": note.version,
        "at": datetime.fromisoformat(note.content["at"]).astimezone(UTC),
        "run_id": note.content.get("run_id"),
    }


def _code(note: Note) -> Row:
    return {name: note.content.get(name) for name in ("code_version", "git_sha")}


def _broken(note: Note) -> list[str]:
    return [each["rule_id"] for each in note.content.get("verdicts", []) if each["broken"]]


def _elements(table: Table, note: Note) -> Iterator[Row]:
    """A row for each column, with how many of the rows that the commit added it is null in."""
    rows, nulls = _added(table, note.version)
    for place, (name, kind, notes) in enumerate(schema_at(table, note.version), start=1):
        element = element_of(notes)
        if element is not None:
            yield {
                **_commit(table, note),
                "element": element,
                "column": name,
                "type": kind,
                "ordinal_position": place,
                "rows": rows,
                "nulls": nulls.get(name, rows),
            }


def _added(table: Table, version: int) -> tuple[int, Mapping[str, int]]:
    """How many rows a commit added, and the nulls of each column among them."""
    rows, nulls = 0, dict[str, int]()
    for action in read_actions(table.root, table.ref, version):
        said = json.loads(action["add"]["stats"]) if "add" in action else {}
        rows += said.get("numRecords", 0)
        for name, count in said.get("nullCount", {}).items():
            if isinstance(count, int):
                nulls[name] = nulls.get(name, 0) + count
    return rows, nulls


def _instances(table: Table, note: Note) -> Iterator[Row]:
    said = note.content
    inputs = said.get("inputs", {})
    yield {
        **_commit(table, note),
        "input_version": next(iter(inputs.values()), None),
        "rows_in": said.get("rows_in"),
        "rows_accepted": said.get("rows_out"),
        "rows_quarantined": said.get("rows_quarantined"),
        "rows_merged": said.get("rows_merged"),
        "rows_deleted": said.get("rows_deleted", 0),
        "rules_broken": _broken(note),
        "why": said.get("why"),
        **_code(note),
    }


def _exposed(table: Table, note: Note) -> Iterator[Row]:
    said = note.content
    yield {
        **_commit(table, note),
        "inputs": json.dumps(said.get("inputs", {})),
        "write_mode": said.get("write_mode"),
        "rows_written": said.get("rows_out"),
        "rows_merged": said.get("rows_merged"),
        "rules_broken": _broken(note),
        **_code(note),
    }


_OF_ZONE = {Zone.FORMATTED: _elements, Zone.TRUSTED: _instances, Zone.EXPLOITATION: _exposed}
