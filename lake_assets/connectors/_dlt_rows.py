"""What a dlt resource yields, as one file: records as JSON lines, tables as Parquet."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from dlt.common.json import json

__all__ = ["LOAD_ID", "Written", "write_rows"]

LOAD_ID = "_dlt_load_id"
"""Tells what two pulls say alike; the name is dlt's, the value the number of the pull."""

_FIRST, _OTHERS = f'{{"{LOAD_ID}":%d', b","


@dataclass(frozen=True)
class Written:
    """A file of what was yielded.

    Args:
        name: In the folder; empty when nothing was yielded.
        sha256: Of what was yielded, without the number of the pull.
    """

    name: str = ""
    sha256: str = ""


def write_rows(yielded: Iterable[object], folder: Path, pull: int) -> Written:
    """Write all that a resource yields.

    Args:
        yielded: Records, or Arrow tables and whatever offers itself as one.
        folder: Ours.
        pull: The number that each row gets.

    Raises:
        TypeError: When records and tables are mixed, or something is neither.
    """
    items = (item for item in yielded if item is not None)
    first = next(items, None)
    if first is None:
        return Written()
    alike = _alike([first], items, is_table=_is_table(first))
    return _write_tables(alike, folder, pull) if _is_table(first) else _write_records(alike, folder, pull)


def _alike(first: list[object], others: Iterator[object], *, is_table: bool) -> Iterator[object]:
    yield from first
    for item in others:
        if _is_table(item) is not is_table:
            raise TypeError("the resource yields both records and tables")
        yield item


def _is_table(item: object) -> bool:
    return hasattr(item, "__arrow_c_stream__")


def _write_records(records: Iterator[object], folder: Path, pull: int) -> Written:
    digest, name = hashlib.sha256(), "rows.jsonl"
    begin = (_FIRST % pull).encode()
    with (folder / name).open("wb") as file:
        for record in records:
            body = json.dumpb(record)
            is_plain = not body.startswith(b"{")
            body = b'{"value":%b}' % body if is_plain else body
            digest.update(body)
            has_own = isinstance(record, Mapping) and LOAD_ID in record
            file.write((body if has_own else begin + (_OTHERS if body != b"{}" else b"") + body[1:]) + b"\n")
    return Written(name, digest.hexdigest())


def _write_tables(tables: Iterator[object], folder: Path, pull: int) -> Written:
    """Write tables; those that come later may bring other columns, or wider types."""
    spilled = _Spilled(folder)
    for table in tables:
        spilled.take(pa.table(table))
    if not spilled.rows:
        return Written()
    name, bare = "rows.parquet", folder / "bare.parquet"
    schema = spilled.schema()
    numbered = schema if LOAD_ID in schema.names else schema.insert(0, pa.field(LOAD_ID, pa.int64()))
    with (
        pq.ParquetWriter(folder / name, numbered, compression="zstd") as writer,
        pq.ParquetWriter(bare, schema, compression="none") as plain,
    ):
        for table in spilled.tables(schema):
            plain.write_table(table)
            column = pa.repeat(pa.scalar(pull, pa.int64()), table.num_rows)
            writer.write_table(
                table if LOAD_ID in schema.names else table.add_column(0, numbered.field(0), column)
            )
    with bare.open("rb") as file:
        return Written(name, hashlib.file_digest(file, "sha256").hexdigest())


class _Spilled:
    """Tables on disk, in order, those of one schema after the other in one file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._schemas: list[pa.Schema] = []
        self._open = ExitStack()
        self._writer: pa.ipc.RecordBatchStreamWriter | None = None
        self.rows = 0

    def take(self, table: pa.Table) -> None:
        """Write a table."""
        bare = table.replace_schema_metadata(None)
        if self._writer is None or not self._schemas[-1].equals(bare.schema):
            self._open.close()
            self._writer = self._open.enter_context(
                pa.ipc.new_stream(self._path(len(self._schemas)), bare.schema)
            )
            self._schemas.append(bare.schema)
        self._writer.write_table(bare)
        self.rows += bare.num_rows

    def schema(self) -> pa.Schema:
        """The schema of all."""
        return pa.unify_schemas(self._schemas, promote_options="permissive")

    def tables(self, schema: pa.Schema) -> Iterator[pa.Table]:
        """The tables in order, in one schema."""
        self._open.close()
        for number in range(len(self._schemas)):
            with pa.OSFile(self._path(number)) as file, pa.ipc.open_stream(file) as reader:
                for batch in reader:
                    yield _as(pa.Table.from_batches([batch]), schema)

    def _path(self, number: int) -> str:
        return str(self._folder / f"tables-{number:05d}.arrow")


def _as(table: pa.Table, schema: pa.Schema) -> pa.Table:
    columns = [
        table[field.name].cast(field.type)
        if field.name in table.column_names
        else pa.nulls(len(table), field.type)
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)
