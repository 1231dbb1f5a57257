"""A table described: its columns, its last commit, its first rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

import polars as pl

from lake_assets.cli.output import bytes_text, cell_text, console, count_text, print_table
from lake_assets.cli.personal import hidden_columns
from lake_assets.lake import Lake
from lake_assets.storage.table import Table

__all__ = ["Description", "describe", "print_description"]

_HIDDEN = "(personal)"
_LAST_COMMIT = (
    "at",
    "run_id",
    "code_version",
    "git_sha",
    "inputs",
    "rows_in",
    "rows_out",
    "rows_quarantined",
    "rows_merged",
    "seconds",
    "verdicts",
)


class _Column(TypedDict):
    name: str
    type: str
    meaning: str
    is_personal: bool


class Description(TypedDict):
    """What `lake show` tells of a table; see its help."""

    table: str
    version: int
    rows: int
    files: int
    size_bytes: int
    columns: list[_Column]
    last_commit: dict[str, object] | None
    first_rows: list[dict[str, object]]


def describe(lake: Lake, name: str, rows: int) -> Description:
    """Describe a table.

    Args:
        lake: The lake.
        name: `zone.table`.
        rows: How many of its rows to read.

    Raises:
        UnknownTableError: When it is not there.
    """
    table = lake.table(name)
    hidden = hidden_columns(lake.declarations, table.ref)
    return Description(
        table=str(table.ref),
        version=table.version,
        rows=table.row_count,
        files=table.files.height,
        size_bytes=table.size_bytes,
        columns=_columns(table, hidden),
        last_commit=_last_commit(table),
        first_rows=_first_rows(table, rows, hidden),
    )


def _columns(table: Table, hidden: set[str]) -> list[_Column]:
    meanings = {
        column.name: str(column.metadata.get("comment", "")) for column in table.delta.schema().fields
    }
    return [
        _Column(name=name, type=str(kind), meaning=meanings[name], is_personal=name in hidden)
        for name, kind in table.schema.items()
    ]


def _last_commit(table: Table) -> dict[str, object] | None:
    note = table.last_note()
    if note is None:
        return None
    return {"version": note.version, **{name: note.content.get(name) for name in _LAST_COMMIT}}


def _first_rows(table: Table, count: int, hidden: set[str]) -> list[dict[str, object]]:
    masks = [pl.lit(_HIDDEN).alias(name) for name in table.schema if name in hidden]
    return table.scan().head(count).with_columns(masks).collect().to_dicts()


def print_description(described: Description) -> None:
    """Print a description for people."""
    target = console()
    counts = f"{count_text(described['rows'])} rows, {count_text(described['files'])} files"
    size = bytes_text(described["size_bytes"])
    target.print(f"{described['table']}, version {described['version']}: {counts}, {size}\n", soft_wrap=True)
    columns = [(each["name"], each["type"], each["meaning"]) for each in described["columns"]]
    print_table(target, ("column", "type", "meaning"), columns)
    if described["last_commit"]:
        target.print(f"\n{_commit_text(described['last_commit'])}", soft_wrap=True)
    if described["first_rows"]:
        target.print()
        rows = [[cell_text(value) for value in row.values()] for row in described["first_rows"]]
        print_table(target, list(described["first_rows"][0]), rows)


def _commit_text(commit: Mapping[str, object]) -> str:
    """The last commit, one fact a line; what it does not say is left out."""
    facts = {
        name: value for name, value in commit.items() if name != "verdicts" and value not in (None, "", {})
    }
    lines = [f"  {name.replace('_', ' ')}: {_fact_text(value)}" for name, value in facts.items()]
    verdicts = commit.get("verdicts")
    rules = [_verdict_text(each) for each in verdicts] if isinstance(verdicts, list) else []
    return "\n".join(["last commit", *lines, *(["  rules:", *rules] if rules else [])])


def _fact_text(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {each}" for name, each in value.items())
    return f"{value:,}" if isinstance(value, int) else str(value)


def _verdict_text(verdict: Mapping[str, object]) -> str:
    first = f" (first: {verdict['example']})" if verdict["example"] else ""
    outcome = (
        f"{verdict['broken']:,} of {verdict['judged']:,} rows break it{first}"
        if verdict["broken"]
        else "kept"
    )
    return f"    {verdict['rule_id']} ({verdict['severity']}): {outcome}"
