"""A database through ADBC: one snapshot of it, read as Arrow batches, every failure as one kind of error."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pyarrow as pa
from adbc_driver_manager.dbapi import Connection, Error

from lake_assets.connectors._extras import require_extra
from lake_assets.connectors._secrets import Secrets
from lake_assets.errors import ConnectorError
from lake_assets.settings import Settings

__all__ = ["Database", "mapped", "open_database"]

_BATCH_ROWS = 1 << 16
_POSTGRES = ("postgresql://", "postgres://")
_SQLITE = "sqlite:///"

# One snapshot for all questions of a look. The same rows come in the same order, so that the same bytes land.
_BEGIN = {
    "postgresql": (
        "SET synchronize_seqscans = off",
        "SET max_parallel_workers_per_gather = 0",
        "SET standard_conforming_strings = on",
        "SET IntervalStyle = iso_8601",
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    ),
    "sqlite": ("BEGIN",),
}
_SAID = (
    ("28", "the database refuses the credentials", "correct the credentials in the variable that uri names"),
    ("3D", "there is no such database", "correct the variable that uri names"),
    ("42501", "the database forbids it", "ask its owner for the right to read the table"),
    (
        "42P01",
        "there is no such table",
        "correct from: it is read as the database writes it, with its schema",
    ),
    ("42703", "there is no such column", "correct cursor_path, or the query under from"),
    ("42", "the query cannot be run", "correct the query under from"),
    ("40", "the database broke off the query", "run again; what is landed already stays"),
    ("57", "the database broke off the query", "run again; what is landed already stays"),
    ("08", "the connection is lost", "run again; what is landed already stays"),
)
_NO_CONNECTION = (
    "the database cannot be reached",
    "check the variable that uri names, and that the server runs",
)
_OTHERWISE = ("the database answers with an error", "correct from, and see what the database says")


@dataclass(frozen=True)
class Database:
    """A database, as it was when it was opened.

    Args:
        dialect: `postgresql` or `sqlite`.
        connection: To it.
        place: For errors.
        secrets: What no error may show.
    """

    dialect: str
    connection: Connection = field(repr=False)
    place: str
    secrets: Secrets

    def schema(self, query: str) -> pa.Schema:
        """The columns of a query, without its rows."""
        if self.dialect == "sqlite":
            return self.row(f"SELECT * FROM ({query}) LIMIT 0").schema  # noqa: S608 - as it is given
        with mapped(self.place, self.secrets), self.connection.cursor() as cursor:
            return cursor.adbc_execute_schema(query)

    def value(self, query: str) -> object:
        """The first value of a small result; None where there is none."""
        found = self.row(query)
        if not found.num_rows:
            return None
        first = found.column(0)[0]
        return (
            getattr(first, "value", first).as_py() if isinstance(first, pa.ExtensionScalar) else first.as_py()
        )

    def row(self, query: str) -> pa.Table:
        """A result that is small."""
        with mapped(self.place, self.secrets), self.connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetch_arrow_table()

    def batches(self, query: str) -> Iterator[pa.RecordBatch]:
        """A result of any size, a batch at a time; at least one batch, which may be empty."""
        options = {"adbc.sqlite.query.batch_rows": str(_BATCH_ROWS)} if self.dialect == "sqlite" else {}
        with mapped(self.place, self.secrets), self.connection.cursor(adbc_stmt_kwargs=options) as cursor:
            cursor.execute(query)
            reader = cursor.fetch_record_batch()
            yield pa.RecordBatch.from_pylist([], schema=reader.schema)
            yield from reader


@contextmanager
def open_database(uri: str, timeout_s: int, place: str) -> Iterator[Database]:
    """Open a database for one look.

    Args:
        uri: Its address.
        timeout_s: How long to wait for a connection.
        place: For errors.

    Raises:
        ConnectorError: When it cannot be reached, or refuses.
    """
    secrets = Secrets(_secrets_of(uri))
    with mapped(place, secrets, _NO_CONNECTION):
        dialect, connection = _connect(uri, timeout_s, place)
    with connection:
        with mapped(place, secrets), connection.cursor() as cursor:
            for statement in _BEGIN[dialect]:
                cursor.execute(statement)
        yield Database(dialect, connection, place, secrets)


def _connect(uri: str, timeout_s: int, place: str) -> tuple[str, Connection]:
    if uri.startswith(_POSTGRES):
        require_extra("adbc_driver_postgresql", "sql", place)
        from adbc_driver_postgresql.dbapi import connect  # noqa: PLC0415  a driver is loaded where it is used

        patient = (
            uri
            if "connect_timeout" in uri
            else f"{uri}{'&' if '?' in uri else '?'}connect_timeout={timeout_s}"
        )
        return "postgresql", connect(patient, autocommit=True)
    if uri.startswith(_SQLITE):
        require_extra("adbc_driver_sqlite", "sql", place)
        from adbc_driver_sqlite.dbapi import connect as connect_sqlite  # noqa: PLC0415  as above

        file = Settings.from_environment().project / Path(uri.removeprefix(_SQLITE))
        if not file.is_file():
            mend = "correct the path after sqlite:///; a relative one begins in the folder of the project"
            raise ConnectorError(f"there is no database file {file.name}", place=place, mend=mend)
        return "sqlite", connect_sqlite(f"file:{quote(str(file))}?mode=ro", autocommit=True)
    what = "the variable that uri names holds the address of no database that is known here"
    raise ConnectorError(
        what, place=place, mend="write postgresql://user:password@host/database or sqlite:///file"
    )


@contextmanager
def mapped(place: str, secrets: Secrets, otherwise: tuple[str, str] = _OTHERWISE) -> Iterator[None]:
    """Turn what ADBC raises into one kind of error.

    Args:
        place: Where it is.
        secrets: What no error may show.
        otherwise: What and mend of a failure that the database gives no code for.

    Raises:
        ConnectorError: For each failure of ADBC, and of a batch that Arrow cannot hold.
    """
    try:
        yield
    except (Error, OSError, pa.ArrowException) as error:
        secrets.hide_in(error)
        code = str(getattr(error, "sqlstate", None) or "")
        what, mend = next((said for start, *said in _SAID if code and code.startswith(start)), otherwise)
        reason = secrets.hide(" ".join(str(error).split()))
        raise ConnectorError(f"{what}: {reason}", place=place, mend=mend) from error


def _secrets_of(uri: str) -> list[str]:
    try:
        password = urlsplit(uri).password
    except ValueError:
        password = None
    return [uri, *([password, unquote(password)] if password else [])]
