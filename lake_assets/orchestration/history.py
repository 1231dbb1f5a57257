"""Dagster's history in SQLite, in the files that Dagster's own `sqlite` storage keeps, at a fraction of its cost.

`dagster.yaml` names it. Dagster opens and closes a connection for every event, which compiles each statement anew and
has SQLite write its journal back, with several syncs of the disk, each time. Here a process keeps its connections, and
a commit is not synced: a crash of the machine may take the last events with it, never the consistency of the file. What
happened to the data is told by the lake itself, whose commits are synced.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from dagster import StringSource
from dagster._config.config_schema import UserConfigSchema
from dagster._core.instance import DagsterInstance
from dagster._core.storage.base_storage import DagsterStorage
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.runs.sqlite.sqlite_run_storage import SqliteRunStorage
from dagster._core.storage.schedules.sqlite.sqlite_schedule_storage import SqliteScheduleStorage
from dagster._core.storage.sqlite import create_db_conn_string
from dagster._serdes import ConfigurableClass, ConfigurableClassData
from sqlalchemy.engine import Connection

from lake_assets.orchestration.kept_connections import KeptConnections

__all__ = ["SqliteHistory"]


class SqliteHistory(DagsterStorage[DagsterInstance], ConfigurableClass):
    """Runs, events, ticks and schedules in SQLite files.

    Args:
        base_dir: Their folder, as of Dagster's `sqlite` storage.
        inst_data: How `dagster.yaml` names it.
    """

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        """Open what is there, or make it."""
        base = Path(base_dir).absolute()
        self._runs = _Runs.from_local(str(base / "history"))
        self._events = _Events(str(base / "history" / "runs"))
        self._schedules = _Schedules.from_local(str(base / "schedules"))
        self._inst_data = inst_data
        super().__init__()  # type: ignore[no-untyped-call]  # so Dagster has it

    @property
    def inst_data(self) -> ConfigurableClassData | None:
        """How `dagster.yaml` names it."""
        return self._inst_data

    @classmethod
    def config_type(cls) -> UserConfigSchema:
        """What may stand in `dagster.yaml`."""
        return {"base_dir": StringSource}

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]
    ) -> Self:
        """Make it as `dagster.yaml` says."""
        return cls(config_value["base_dir"], inst_data)

    def register_instance(self, instance: DagsterInstance) -> None:
        """Tell every part of it which instance it is of."""
        super().register_instance(instance)
        for part in (self._runs, self._events, self._schedules):
            if not part.has_instance:
                part.register_instance(instance)

    @property
    def run_storage(self) -> SqliteRunStorage:
        """The runs."""
        return self._runs

    @property
    def event_log_storage(self) -> SqliteEventLogStorage:
        """The events."""
        return self._events

    @property
    def schedule_storage(self) -> SqliteScheduleStorage:
        """Ticks and the state of sensors and schedules."""
        return self._schedules

    def dispose(self) -> None:
        """Close every connection."""
        for part in (self._runs, self._events, self._schedules):
            part.dispose()


class _Runs(SqliteRunStorage):
    def __init__(self, conn_string: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._kept = KeptConnections()
        super().__init__(conn_string, inst_data)

    @classmethod
    def from_local(cls, base_dir: str, inst_data: ConfigurableClassData | None = None) -> Self:
        if _is_made(Path(base_dir, "runs.db")):
            return cls(create_db_conn_string(base_dir, "runs"), inst_data)
        return super().from_local(base_dir, inst_data)

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        with self._kept.engine(self._conn_string).begin() as connection:
            yield connection

    def dispose(self) -> None:
        self._kept.close()


class _Schedules(SqliteScheduleStorage):
    def __init__(self, conn_string: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._kept = KeptConnections()
        super().__init__(conn_string, inst_data)

    @classmethod
    def from_local(
        cls, base_dir: str, inst_data: ConfigurableClassData | None = None
    ) -> SqliteScheduleStorage:
        if _is_made(Path(base_dir, "schedules.db")):
            return cls(create_db_conn_string(base_dir, "schedules"), inst_data)
        return super().from_local(base_dir, inst_data)

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        with self._kept.engine(self._conn_string).begin() as connection:
            yield connection

    def dispose(self) -> None:
        self._kept.close()


class _Events(SqliteEventLogStorage):
    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._kept = KeptConnections()
        self._empty = b""
        super().__init__(base_dir, inst_data)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            if shard not in self._initialized_dbs:
                self._make(shard)
                self._initialized_dbs.add(shard)
            with self._kept.engine(self.conn_string_for_shard(shard)).begin() as connection:
                yield connection

    def _make(self, shard: str) -> None:
        """Make the file of a run: as a copy of the first that was made, whose tables cost dozens of syncs."""
        path = Path(self.path_for_shard(shard))
        if self._empty and not path.exists():
            _write_whole(path, self._empty)
        if _is_made(path):
            return
        engine = self._kept.engine(self.conn_string_for_shard(shard))
        self._initdb(engine)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self._empty = path.read_bytes()

    def wipe(self) -> None:
        self._kept.close()
        super().wipe()

    def dispose(self) -> None:
        super().dispose()
        self._kept.close()


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file that no other process sees half written; one that is there by then stays."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.write_bytes(content)
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _is_made(database: Path) -> bool:
    """Whether a database has its tables; asked without the machinery of migrations, whose start costs far more."""
    if not database.is_file():
        return False
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT version_num FROM alembic_version").fetchone() is not None
    return False
