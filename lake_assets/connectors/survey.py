"""What a database holds, for whoever has to declare it: its tables, their keys, and samples of their rows."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, cast

from lake_assets.connectors._extras import require_extra
from lake_assets.connectors._sql_options import SqlDatasetOptions
from lake_assets.connectors.protocol import Known
from lake_assets.model import Arrival, Dataset

if TYPE_CHECKING:
    from lake_assets.connectors._sql_database import Database

__all__ = ["Survey", "SurveyedTable", "open_survey"]

_TIMEOUT_S = 20
_POSTGRESQL = """
    SELECT n.nspname AS schema_name, c.relname AS table_name, a.attname AS key_name
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indisprimary
    LEFT JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(number, place) ON true
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast') AND n.nspname NOT LIKE 'pg\\_temp\\_%'
      AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
    ORDER BY n.nspname, c.relname, k.place
"""
_SQLITE = """
    SELECT '' AS schema_name, t.name AS table_name, c.name AS key_name
    FROM sqlite_schema t LEFT JOIN pragma_table_info(t.name) c ON c.pk > 0
    WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    ORDER BY t.name, c.pk
"""


@dataclass(frozen=True)
class SurveyedTable:
    """A table of a database.

    Args:
        name: Its name, without that of its schema.
        origin: As a dataset names it under `from`.
        key: The columns of its primary key; empty without one.
    """

    name: str
    origin: str
    key: tuple[str, ...] = ()


@dataclass(frozen=True)
class Survey:
    """A database that is looked at; nothing is written there.

    Args:
        database: The database.
        place: For errors.
    """

    database: Database = field(repr=False)
    place: str

    def tables(self) -> list[SurveyedTable]:
        """The tables that may be read, by schema and name; views, partitions and the system's own are not among them.

        Raises:
            ConnectorError: When the database refuses.
        """
        query = _POSTGRESQL if self.database.dialect == "postgresql" else _SQLITE
        keys: dict[tuple[str, str], list[str]] = {}
        for row in self.database.row(query).to_pylist():
            key = keys.setdefault((row["schema_name"], row["table_name"]), [])
            key += [row["key_name"]] if row["key_name"] else []
        return [
            SurveyedTable(table, ".".join(map(_written, filter(None, (schema, table)))), tuple(key))
            for (schema, table), key in keys.items()
        ]

    def sample(
        self, table: SurveyedTable, rows: int, known: Known, into: BinaryIO
    ) -> tuple[Arrival, dict[str, str]]:
        """Take the first rows of a table as they would land.

        Args:
            table: Which one.
            rows: How many at most.
            known: Of a lake that has landed nothing.
            into: Where the file goes.

        Returns:
            What arrived, and by column the kind of cursor that it makes, empty where it makes none.

        Raises:
            ConnectorError: When the rows cannot be had.
        """
        from lake_assets.connectors._sql_pull import SqlPull  # noqa: PLC0415 - see open_survey
        from lake_assets.connectors._sql_rows import quoted_table, rows_of  # noqa: PLC0415 - likewise

        query = f"SELECT * FROM {quoted_table(table.origin, self.place)} LIMIT {rows}"  # noqa: S608 - quoted
        dataset = Dataset(table.name, "survey", origin=query)
        pull = SqlPull(
            self.database, dataset, SqlDatasetOptions(), known, f"{self.place}, table {table.origin}"
        )
        with closing(cast("Generator[Arrival]", pull.arrivals(query))) as arrivals:
            arrival = next(arrivals)
            arrival.fetch(into)
        return arrival, rows_of(self.database, query).kinds


@contextmanager
def open_survey(uri: str, place: str) -> Iterator[Survey]:
    """Open a database to be looked at.

    Args:
        uri: Its address, as the option `uri` of the connector sql names it.
        place: For errors.

    Raises:
        ConnectorError: When it cannot be reached, or a library is missing.
    """
    require_extra("adbc_driver_manager", "sql", place)
    # Only lakes with SQL sources have the library.
    from lake_assets.connectors._sql_database import open_database  # noqa: PLC0415

    with open_database(uri, _TIMEOUT_S, place) as database:
        yield Survey(database, place)


def _written(name: str) -> str:
    """A name as it stands under `from`."""
    is_plain = name.replace("_", "").isalnum() and name.isascii()
    return name if is_plain else '"' + name.replace('"', '""') + '"'
