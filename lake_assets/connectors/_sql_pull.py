"""One look at a table or query: all its rows, or those past the largest cursor seen."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial

from lake_assets.connectors._newness import new_fingerprint
from lake_assets.connectors._sql_cursor import SqlCursor
from lake_assets.connectors._sql_database import Database
from lake_assets.connectors._sql_options import SqlDatasetOptions, SqlIncremental
from lake_assets.connectors._sql_parts import Part, parts
from lake_assets.connectors._sql_rows import Rows, quoted, rows_of
from lake_assets.connectors.protocol import Known
from lake_assets.errors import ConnectorError, near_names
from lake_assets.model import Arrival, Dataset

__all__ = ["SqlPull"]


class SqlPull:
    """One look at a dataset.

    Args:
        database: Where it is.
        dataset: Which one.
        options: What is declared of it.
        known: What has been landed of it.
        place: For errors.
    """

    def __init__(
        self, database: Database, dataset: Dataset, options: SqlDatasetOptions, known: Known, place: str
    ) -> None:
        self._database = database
        self._dataset = dataset
        self._options = options
        self._known = known
        self._place = place
        self._follows: str | None = None

    def arrivals(self, origin: str) -> Iterator[Arrival]:
        """The files that are new.

        Raises:
            ConnectorError: When the database refuses; at last, when rows have no cursor.
        """
        rows = rows_of(self._database, origin)
        if self._options.incremental and self._dataset.write_mode.goes_file_by_file:
            what = f"incremental asks for new rows alone, which write: {self._dataset.write_mode.value} takes for all"
            raise ConnectorError(
                what, place=self._place, mend="leave out incremental, or declare write: upsert"
            )
        if self._options.incremental:
            yield from self._increment(rows, self._options.incremental)
        else:
            for number, part in enumerate(self._parts(rows, rows.query(), "")):
                yield from self._arrival(part, number, "")

    def _increment(self, rows: Rows, incremental: SqlIncremental) -> Iterator[Arrival]:
        column = incremental.cursor_path
        newest = self._newest(rows, column)
        if newest is None:
            self._require_cursors(rows, column)
            return
        since = reached = self._remembered(column, newest.kind)
        if since is None or incremental.lag or newest.is_past(since):
            self._follows = self._known.state
            query = rows.query(self._condition(since, newest.kind, incremental), quoted(column))
            for number, part in enumerate(self._parts(rows, query, column)):
                if part.last is not None:
                    last = self._cursor(column, newest.kind, part.last)
                    reached = last if last.is_past(reached) else reached
                    yield from self._arrival(part, number, reached.text() if reached else "")
        self._require_cursors(rows, column)

    def _newest(self, rows: Rows, column: str) -> SqlCursor | None:
        if column not in rows.expressions:
            mend = f"correct cursor_path: {near_names(column, rows.expressions)}"
            raise ConnectorError(f"there is no column {column!r}", place=self._place, mend=mend)
        if not rows.kinds[column]:
            what = f"the column {column} is of a type that cannot be compared, or of several"
            mend = "choose another cursor_path, or select it as a number, time or text in a query under from"
            raise ConnectorError(what, place=self._place, mend=mend)
        try:
            found = self._database.value(f"SELECT MAX({quoted(column)}) AS newest FROM {rows.source}")  # noqa: S608
        except OverflowError as error:
            what = f"the largest {column} is past all that can be told"
            raise ConnectorError(what, place=self._place, mend="correct the row that holds it") from error
        return None if found is None else self._cursor(column, rows.kinds[column], found)

    def _remembered(self, column: str, kind: str) -> SqlCursor | None:
        remembered = SqlCursor.read(self._known.state)
        if remembered and (remembered.column, remembered.kind) != (column, kind):
            what = f"the cursor is {column}, of type {kind}, but was {remembered.column}, of type {remembered.kind}"
            mend = "change it back, or declare a new dataset, which begins anew"
            raise ConnectorError(what, place=self._place, mend=mend)
        return remembered

    def _condition(self, since: SqlCursor | None, kind: str, incremental: SqlIncremental) -> str:
        column, dialect = quoted(incremental.cursor_path), self._database.dialect
        if since is None and incremental.initial_value is None:
            return f"{column} IS NOT NULL"
        if since is None:
            first = self._cursor(incremental.cursor_path, kind, incremental.initial_value)
            return f"{column} >= {first.literal(dialect)}"
        if not incremental.lag:
            return f"{column} > {since.literal(dialect)}"
        self._require_key()
        try:
            return f"{column} >= {since.before(incremental.lag).literal(dialect)}"
        except (ValueError, OverflowError) as error:
            what = f"nothing lies {incremental.lag:g} behind {since.value}: {error}"
            raise ConnectorError(what, place=self._place, mend="correct lag, or leave it out") from error

    def _cursor(self, column: str, kind: str, value: object) -> SqlCursor:
        try:
            return SqlCursor.of(column, kind, value)
        except (ValueError, OverflowError) as error:
            what = f"{value} is no cursor of type {kind}: {error}"
            mend = "correct initial_value, or the row that holds it"
            raise ConnectorError(what, place=f"{self._place}, column {column}", mend=mend) from error

    def _parts(self, rows: Rows, query: str, cursor: str) -> Iterator[Part]:
        batches = rows.without_lead(self._database.batches(query))
        # Where a file is the whole truth at its time, all rows are in one.
        is_one = self._dataset.write_mode.goes_file_by_file
        return parts(batches, cursor, sys.maxsize if is_one else self._options.max_rows, self._place)

    def _arrival(self, part: Part, number: int, state: str) -> Iterator[Arrival]:
        origin = self._dataset.origin
        fingerprint = new_fingerprint(self._known, origin, part.sha256)
        if fingerprint:
            name = f"{self._dataset.name}-{number:05d}.parquet"
            yield Arrival(origin, fingerprint, name, partial(part.copy, state), self._follows)
            self._follows = None if self._follows is None else state

    def _require_key(self) -> None:
        if not self._dataset.key:
            mend = "declare the key of the dataset, or leave out lag"
            raise ConnectorError("with a lag rows come more than once", place=self._place, mend=mend)

    def _require_cursors(self, rows: Rows, column: str) -> None:
        missing = f"SELECT 1 AS missing FROM {rows.source} WHERE {quoted(column)} IS NULL LIMIT 1"  # noqa: S608
        if self._database.value(missing) is not None:
            what = f"rows have no {column}, and are not landed"
            mend = "fill it in, or write a query under from that selects only rows that have one"
            raise ConnectorError(what, place=self._place, mend=mend)
