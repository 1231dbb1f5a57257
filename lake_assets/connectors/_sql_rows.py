"""The rows of a dataset as a query whose result keeps every value exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import pyarrow as pa

from lake_assets.connectors._sql_cursor import kind_of_type
from lake_assets.connectors._sql_database import Database
from lake_assets.errors import ConnectorError

__all__ = ["Rows", "quoted", "quoted_table", "rows_of"]

_QUERY = re.compile(r"\s*(select|with)\s", re.IGNORECASE)
_PART = re.compile(r'"((?:[^"]|"")*)"|([^."]+)')
_FIRST = "lake_first"
# In SQLite each cell has a type of its own, and the driver gives a column that of the first cell.
_LEADS = {"integer": "0", "real": "0.0", "text": "''", "blob": "x''"}
_MIXED = (
    "CASE typeof({0}) WHEN 'real' THEN printf('%!.17g', {0}) WHEN 'blob' THEN hex({0}) "
    "WHEN 'null' THEN NULL ELSE CAST({0} AS TEXT) END"
)
_SQLITE_KINDS = {"integer": "integer", "real": "float", "text": "text"}


@dataclass(frozen=True)
class Rows:
    """What is selected.

    Args:
        dialect: Of the database.
        source: The table or query, as it stands after FROM.
        expressions: What is selected of it, by name of the column.
        kinds: What cursor each column makes, by its name; empty where it makes none.
        leads: For SQLite, a first row that gives the columns their types and is left out again.
    """

    dialect: str
    source: str
    expressions: dict[str, str]
    kinds: dict[str, str]
    leads: tuple[str, ...] = ()

    def query(self, condition: str = "", order: str = "") -> str:
        """The query for the rows that keep a condition, in an order."""
        columns = ", ".join(f"{given} AS {quoted(name)}" for name, given in self.expressions.items())
        where = f" WHERE {condition}" if condition else ""
        by = f" ORDER BY {order}" if order else ""
        if not self.leads:
            return f"SELECT {columns} FROM {self.source}{where}{by}"  # noqa: S608 - names are quoted
        names = ", ".join(map(quoted, self.expressions))
        return (
            f"SELECT * FROM (SELECT 0 AS {_FIRST}, {self._led()} UNION ALL "  # noqa: S608 - names are quoted
            f"SELECT 1, {names} FROM (SELECT {columns} FROM {self.source}{where})) "
            f"ORDER BY {_FIRST}{f', {order}' if order else ''}"
        )

    def without_lead(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The batches of the query, without the row and the column that led it."""
        is_led = bool(self.leads)
        for batch in batches:
            plain = _plain(batch)
            if self.leads:
                skipped = 1 if is_led and plain.num_rows else 0
                is_led = is_led and not skipped
                plain = plain.slice(skipped).select(plain.schema.names[1:])
            yield plain

    def _led(self) -> str:
        pairs = zip(self.leads, self.expressions, strict=True)
        return ", ".join(f"{lead} AS {quoted(name)}" for lead, name in pairs)


def rows_of(database: Database, origin: str) -> Rows:
    """What a dataset selects.

    Args:
        database: Where it is.
        origin: A table, its name written as the database writes it, or a query.

    Raises:
        ConnectorError: When there is no such table, or the query cannot be run.
    """
    source = (
        f"({origin.strip().rstrip(';')}) AS lake_rows"
        if _QUERY.match(origin)
        else quoted_table(origin, database.place)
    )
    schema = database.schema(f"SELECT * FROM {source}")  # noqa: S608 - the table is quoted, the query is the user's
    if database.dialect == "sqlite":
        return _of_sqlite(database, source, schema.names)
    expressions = {one.name: _expression(one) for one in schema}
    kinds = {one.name: kind_of_type(one.type, _vendor_type(one)) for one in schema}
    return Rows(database.dialect, source, expressions, kinds)


def quoted(name: str) -> str:
    """A name as an identifier.

    >>> quoted('a"b')
    '"a""b"'
    """
    return '"' + name.replace('"', '""') + '"'


def quoted_table(origin: str, place: str) -> str:
    """A table as identifiers.

    Args:
        origin: Its name, written as the database writes it.
        place: For errors.

    Raises:
        ConnectorError: When it is no name.
    """
    parts = [whole.replace('""', '"') or plain for whole, plain in _PART.findall(origin)]
    if not parts or '"' in _PART.sub("", origin):
        raise ConnectorError(f"{origin!r} is no table", place=place, mend='write schema.table, or "odd.name"')
    return ".".join(map(quoted, parts))


def _of_sqlite(database: Database, source: str, names: Sequence[str]) -> Rows:
    asked = ", ".join(f"group_concat(DISTINCT typeof({quoted(name)}))" for name in names)
    (told,) = database.row(f"SELECT {asked} FROM {source}").to_pylist()  # noqa: S608 - as above
    types = {
        name: set((said or "").split(",")) - {"", "null"}
        for name, said in zip(names, told.values(), strict=True)
    }
    leads = tuple(_LEADS[min(found)] if len(found) == 1 else "''" for found in types.values())
    expressions = {
        name: _MIXED.format(quoted(name)) if len(found) > 1 else quoted(name) for name, found in types.items()
    }
    kinds = {name: _sqlite_kind(found) for name, found in types.items()}
    return Rows("sqlite", source, expressions, kinds, leads)


def _sqlite_kind(found: AbstractSet[str]) -> str:
    # A column without a value has no type yet, nor a largest value that would be one.
    return _SQLITE_KINDS.get(min(found), "") if len(found) == 1 else "" if found else "text"


def _expression(column: pa.Field) -> str:
    """The column itself, or as text where Arrow or Parquet has no such type."""
    name, found = quoted(column.name), column.type
    if pa.types.is_nested(found):
        return f"to_json({name})::text" if _has_foreign_part(found) else name
    return f"{name}::text" if _is_foreign(found) and _vendor_type(column) != "numeric" else name


def _has_foreign_part(found: pa.DataType) -> bool:
    parts = [found.field(number).type for number in range(found.num_fields)]
    return any(_is_foreign(part) or (pa.types.is_nested(part) and _has_foreign_part(part)) for part in parts)


def _is_foreign(found: pa.DataType) -> bool:
    return (
        isinstance(found, pa.BaseExtensionType) or pa.types.is_interval(found) or pa.types.is_duration(found)
    )


def _vendor_type(column: pa.Field) -> str:
    return str(getattr(column.type, "type_name", "")) if isinstance(column.type, pa.BaseExtensionType) else ""


def _plain(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch with the storage in place of types that Arrow does not know, as of numbers in text."""
    arrays = [
        array.storage if isinstance(array.type, pa.BaseExtensionType) else array for array in batch.columns
    ]
    return pa.RecordBatch.from_arrays(arrays, names=batch.schema.names)
