"""Mappings: which column each column of the lake is made of, as it was when it came to be so.

A table has a set of rows for each definition that it has had: the set with the latest `valid_from` is in force. The
definition of an exploitation table stands in the commit that first was made by it, so its sets can be taken from the
commits again. What is declared of datasets is recorded when it first made something.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import polars as pl

from lake_assets.errors import CorruptTableError
from lake_assets.model import ALL_ROWS, ColumnRef, Dependency, Run, TableLineage, TableRef, Way, Zone
from lake_assets.storage.change import announcement
from lake_assets.storage.commit import Change, commit
from lake_assets.storage.data_files import write_data_files
from lake_assets.storage.follow import follow
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Note, Table

__all__ = [
    "MAPPINGS",
    "MAPPINGS_COLUMNS",
    "MAPPINGS_NOTE",
    "mapping_note",
    "record_declared",
    "record_mappings",
    "recorded_lineage",
]

MAPPINGS = TableRef(Zone.GOVERNANCE, "mappings")

MAPPINGS_NOTE = "mappings"
"""What a commit announces that was the first of a definition, and calls the definition in its note."""

_SCHEMA = pl.Schema(
    {
        "to_table": pl.String(),
        "to_column": pl.String(),
        "from_table": pl.String(),
        "from_column": pl.String(),
        "type": pl.String(),
        "subtype": pl.String(),
        "is_opaque": pl.Boolean(),
        "note": pl.String(),
        "definition": pl.String(),
        "valid_from": pl.Datetime("us", "UTC"),
        "version": pl.Int64(),
        "run_id": pl.String(),
        "code_version": pl.String(),
        "git_sha": pl.String(),
    }
)

_MEANING = {
    "to_column": "the column that depends; * for what decides about the rows of the table, so about all columns",
    "from_table": "the table it depends on; persistent_landing.DATASET for the elements of files",
    "from_column": "the column or element; * for the number of rows of the table",
    "type": "DIRECT where values come from there, INDIRECT where it decides about values or rows",
    "subtype": "how, in the words of OpenLineage",
    "is_opaque": "whether what lies between could not be looked into: it may depend",
    "note": "the cleaning steps between",
    "definition": "hash of the definition that the set of rows belongs to",
    "valid_from": "since when; of the sets of a table the latest is in force",
    "version": "the Delta version that first was made so; null for what is declared of a dataset",
    "run_id": "the run that first made something so",
    "git_sha": "the commit of the project that holds the declarations",
}

MAPPINGS_COLUMNS = (_SCHEMA, _MEANING)
"""The columns of the table, and what they mean."""

_HASH_DIGITS = 15


def mapping_note(lineage: TableLineage, definition: str) -> dict[str, object]:
    """A definition as a commit notes it: JSON values.

    Args:
        lineage: What the columns of the table depend on.
        definition: The hash of what it was found from.
    """
    return {"definition": definition, "edges": _edges(lineage), "opaque": list(lineage.opaque)}


def recorded_lineage(made: Table) -> TableLineage | None:
    """What the columns of an exploitation table depend on, as the commit says that first was made so.

    Args:
        made: The exploitation table.

    Returns:
        None where no commit says it, or the one that did is no longer in the log.
    """
    version = made.consumed(announcement(MAPPINGS_NOTE))
    if version is None:
        return None
    try:
        note = made.note_at(version)
    except CorruptTableError:
        return None
    said = note.content.get(MAPPINGS_NOTE) if note else None
    return _lineage(made, said) if said else None


def _lineage(made: Table, said: Mapping[str, Any]) -> TableLineage:
    depends: dict[str, set[Dependency]] = {name: set() for name in made.schema}
    for edge in said["edges"]:
        origin = ColumnRef(TableRef.parse(edge["from_table"]), edge["from_column"])
        found = depends.setdefault(edge["to_column"], set())
        found.add(Dependency(origin, Way(edge["subtype"]), edge["is_opaque"]))
    rows = frozenset(depends.pop(ALL_ROWS, ()))
    columns = {name: frozenset(each) for name, each in depends.items()}
    return TableLineage(made.ref, columns, rows, tuple(said.get("opaque", ())))


def record_mappings(made: Table) -> None:
    """Bring the mappings up to the newest commit of an exploitation table; nothing is recorded twice.

    Args:
        made: The exploitation table.
    """
    if made.consumed(announcement(MAPPINGS_NOTE)) is None:
        return

    def change_for(notes: Sequence[Note]) -> Change:
        rows = [row for note in notes for row in _rows_of_note(made.ref, note)]
        return _change(made.root, rows)

    follow(made, MAPPINGS, change_for, announced=MAPPINGS_NOTE)


def record_declared(root: LakeRoot, lineages: Iterable[TableLineage], run: Run) -> int:
    """Record what is declared of datasets where it is not what was recorded last, in one commit.

    Args:
        root: The lake.
        lineages: Of the formatted and trusted tables of datasets.
        run: The run that made something so, for the record.

    Returns:
        Number of tables of which something was recorded.
    """
    known, recorded = {each.target: each for each in lineages}, list[TableRef]()

    def decide(table: Table | None) -> Change | None:
        hashes = {ref: _hash(_edges(each)) for ref, each in known.items()}
        new = [ref for ref in known if table is None or table.consumed(_name(ref)) != _number(hashes[ref])]
        recorded[:] = new
        rows = [row for ref in new for row in _rows_of_run(known[ref], hashes[ref], run)]
        consumed = {_name(ref): _number(hashes[ref]) for ref in new}
        return _change(root, rows, consumed) if rows else None

    if known:
        commit(root, MAPPINGS, decide)
    return len(recorded)


def _change(
    root: LakeRoot, rows: Sequence[Mapping[str, object]], consumed: dict[str, int] | None = None
) -> Change:
    files = write_data_files(root, MAPPINGS, pl.LazyFrame(rows, schema=_SCHEMA))
    notes = {name: {"comment": meaning} for name, meaning in _MEANING.items()}
    return Change(_SCHEMA, files, consumed=consumed or {}, column_notes=notes)


def _name(ref: TableRef) -> str:
    return f"mapping:{ref}"


def _number(definition: str) -> int:
    return int(definition[:_HASH_DIGITS], 16)


def _hash(edges: Sequence[Mapping[str, object]]) -> str:
    return hashlib.sha256(json.dumps(edges, sort_keys=True).encode()).hexdigest()


def _edges(lineage: TableLineage) -> list[dict[str, object]]:
    """Column by column, then the rows; each in an order that does not change."""
    of_columns = [
        _edge(name, each, lineage.note.get(name, ""))
        for name, depends in lineage.columns.items()
        for each in sorted(depends)
    ]
    return [*of_columns, *(_edge(ALL_ROWS, each, "") for each in sorted(lineage.rows))]


def _edge(column: str, dependency: Dependency, note: str) -> dict[str, object]:
    origin: ColumnRef = dependency.origin
    return {
        "to_column": column,
        "from_table": str(origin.table),
        "from_column": origin.column,
        "type": dependency.way.kind,
        "subtype": dependency.way.value,
        "is_opaque": dependency.is_opaque,
        "note": note,
    }


def _rows_of_run(lineage: TableLineage, definition: str, run: Run) -> list[dict[str, object]]:
    whole = {
        "to_table": str(lineage.target),
        "definition": definition,
        "valid_from": datetime.now(UTC),
        "version": None,
        "run_id": run.run_id,
        "code_version": run.code_version,
        "git_sha": run.git_sha,
    }
    return [{**whole, **edge} for edge in _edges(lineage)]


def _rows_of_note(ref: TableRef, note: Note) -> list[dict[str, object]]:
    said = note.content.get(MAPPINGS_NOTE, {})
    whole = {
        "to_table": str(ref),
        "definition": said.get("definition"),
        "valid_from": pl.Series([note.content.get("at")]).str.to_datetime(time_zone="UTC").item(),
        "version": note.version,
        **{name: note.content.get(name) for name in ("run_id", "code_version", "git_sha")},
    }
    return [{**whole, **edge} for edge in said.get("edges", [])]
