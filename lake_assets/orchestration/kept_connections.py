"""Connections to SQLite files that stay open between uses."""

from __future__ import annotations

import os
import sqlite3
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine

if TYPE_CHECKING:
    from sqlalchemy.pool import ConnectionPoolEntry

__all__ = ["KeptConnections"]

_MOST = 8
_PATIENCE_S = 30


@dataclass
class KeptConnections:
    """The engines of the files that were used last; one of a process that was forked since is not used.

    A file that was taken away and made anew under the same name is opened anew.
    """

    _engines: OrderedDict[tuple[str, int, int], Engine] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def engine(self, url: str) -> Engine:
        """The engine of a file, which is made where it is not there.

        Args:
            url: SQLAlchemy's name of it.
        """
        with self._lock:
            key = _identity(url)
            found = self._engines.pop(key, None) or _open(url)
            self._engines[key] = found
            while len(self._engines) > _MOST:
                self._engines.popitem(last=False)[1].dispose()
        return found

    def close(self) -> None:
        """Close all; the next use opens them again."""
        with self._lock:
            while self._engines:
                self._engines.popitem()[1].dispose()


def _identity(url: str) -> tuple[str, int, int]:
    path = Path(url.removeprefix("sqlite:///"))
    if not path.exists():
        path.touch(0o644)  # an empty file is an empty database
    return str(path), path.stat().st_ino, os.getpid()


def _open(url: str) -> Engine:
    engine = create_engine(url, max_overflow=-1, connect_args={"timeout": _PATIENCE_S})
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
