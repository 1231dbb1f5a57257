"""A real PostgreSQL server on this machine, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from adbc_driver_postgresql import dbapi

from lake_assets_tests.connectors.system_servers import free_port, listens, program, wait_until

SECRET = "s3cr3t-of-the-tests"


@dataclass(frozen=True)
class Postgres:
    """The server.

    Args:
        uri: Its address, with the password of the tests.
        port: Where it listens.
    """

    uri: str
    port: int

    def run(self, *statements: str) -> None:
        """Run statements, each committed at once."""
        with dbapi.connect(self.uri, autocommit=True) as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def new_schema(self) -> str:
        """An empty schema."""
        name = f"s_{uuid4().hex}"
        self.run(f"CREATE SCHEMA {name}")
        return name


@contextmanager
def postgres_server() -> Iterator[Postgres]:
    """Start a server; it ends with the block."""
    folder = Path(tempfile.mkdtemp(prefix="lake-assets-postgres-"))
    homes = [str(home) for home in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    initdb, postgres = program("initdb", *homes), program("postgres", *homes)
    port, says = free_port(), folder / "server.log"
    (folder / "password").write_text(SECRET)
    as_server = _as_server(folder)
    with says.open("wb") as log:
        made = [
            initdb,
            "-D",
            f"{folder}/data",
            "-U",
            "lake",
            "-A",
            "scram-sha-256",
            f"--pwfile={folder}/password",
        ]
        subprocess.run(
            [*as_server, *made, "-N", "-E", "UTF8", "--locale=C.UTF-8"],
            check=True,
            stdout=log,
            stderr=log,
            cwd=folder,
        )
        settings = [
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=off",
            "timezone=Asia/Kolkata",
        ]
        chosen = [part for setting in settings for part in ("-c", setting)]
        process = subprocess.Popen(
            [*as_server, postgres, "-D", f"{folder}/data", "-p", str(port), *chosen],
            stdout=log,
            stderr=log,
            cwd=folder,
        )
    try:
        wait_until(lambda: process.poll() is not None or "ready to accept" in says.read_text(), says)
        assert listens(port), says.read_text()
        yield Postgres(f"postgresql://lake:{SECRET}@127.0.0.1:{port}/postgres", port)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(folder)


def _as_server(folder: Path) -> list[str]:
    """What a command is begun with: the server refuses to run as root."""
    if os.geteuid() != 0:
        return []
    for path in (folder, folder / "password"):
        shutil.chown(path, "postgres", "postgres")
    return [program("setpriv"), "--reuid=postgres", "--regid=postgres", "--clear-groups"]
