"""Debian's sshd on this machine, and a line to it that can be cut."""

from __future__ import annotations

import getpass
import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

from lake_assets_tests.connectors.system_servers import free_port, listens, program, wait_until

SECRET = "s3cr3t-of-the-tests"
_SETTINGS = """\
Port {port}
ListenAddress 127.0.0.1
HostKey {folder}/host_key
AuthorizedKeysFile {folder}/user_key.pub {folder}/bare_key.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PerSourcePenalties no
MaxStartups 100
Subsystem sftp internal-sftp
"""


@dataclass(frozen=True)
class Sshd:
    """The server, and what it takes to be let in.

    Args:
        port: Where it listens.
        folder: Holds its keys: `host_key`, and of the user `user_key` with the passphrase of the tests and `bare_key`.
        fingerprint: Of its key.
    """

    port: int
    folder: Path
    fingerprint: str

    def options(self, path: Path | str = "", **changes: object) -> dict[str, object]:
        """What a source declares."""
        return {
            "host": "127.0.0.1",
            "port": self.port,
            "username": getpass.getuser(),
            "key_file": str(self.folder / "user_key"),
            "passphrase_env": "LAKE_TEST_SECRET",
            "host_key": self.fingerprint,
            "path": str(path),
            "settle_s": 0,
            **changes,
        }


def new_key(path: Path, passphrase: str = "", kind: str = "ed25519") -> str:
    """Make a key; its fingerprint."""
    keygen = program("ssh-keygen")
    subprocess.run([keygen, "-q", "-t", kind, "-N", passphrase, "-f", str(path)], check=True)
    told = subprocess.run([keygen, "-l", "-f", str(path)], check=True, capture_output=True, text=True)
    return told.stdout.split()[1]


@contextmanager
def sftp_server(folder: Path) -> Iterator[Sshd]:
    """Start a server; it ends with the block."""
    sshd, port, says = program("sshd", "/usr/sbin"), free_port(), folder / "sshd.log"
    fingerprint = new_key(folder / "host_key")
    new_key(folder / "user_key", SECRET)
    new_key(folder / "bare_key")
    config = folder / "sshd_config"
    known = subprocess.run(
        [sshd, "-T", "-f", os.devnull, "-h", f"{folder}/host_key"],
        check=False,
        capture_output=True,
        text=True,
    )
    lines = [
        line
        for line in _SETTINGS.format(port=port, folder=folder).splitlines()
        if not line.startswith("PerSource") or "persourcepenalties" in known.stdout
    ]
    config.write_text("\n".join(lines) + "\n")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    with says.open("wb") as log:
        process = subprocess.Popen([sshd, "-D", "-e", "-f", str(config)], stdout=log, stderr=log)
    try:
        wait_until(lambda: process.poll() is not None or listens(port), says)
        assert process.poll() is None, says.read_text()
        yield Sshd(port, folder, fingerprint)
    finally:
        process.terminate()
        process.wait()


@dataclass
class Line:
    """A line to a server that is cut after some bytes of its answers.

    Args:
        port: Where it listens.
        cut_after: Bytes after which each connection in turn is cut; further ones are left alone.
    """

    port: int
    cut_after: list[int]
    connections: int = 0
    open_sockets: list[socket.socket] = field(default_factory=list)


@contextmanager
def line_to(port: int, *cut_after: int) -> Iterator[Line]:
    """Open a line."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        line = Line(listening.getsockname()[1], list(cut_after))
        thread = Thread(target=_serve, args=(listening, port, line), daemon=True)
        thread.start()
        try:
            yield line
        finally:
            with suppress(OSError):
                listening.shutdown(socket.SHUT_RDWR)
            thread.join()
            for each in line.open_sockets:
                each.close()


def _serve(listening: socket.socket, port: int, line: Line) -> None:
    pumps: list[Thread] = []
    with suppress(OSError):
        while True:
            near, _ = listening.accept()
            far = socket.create_connection(("127.0.0.1", port))
            line.open_sockets += [near, far]
            limit = line.cut_after.pop(0) if line.cut_after else None
            line.connections += 1
            pumps += [
                Thread(target=_pump, args=(near, far, None), daemon=True),
                Thread(target=_pump, args=(far, near, limit), daemon=True),
            ]
            for pump in pumps[-2:]:
                pump.start()


def _pump(source: socket.socket, target: socket.socket, limit: int | None) -> None:
    passed = 0
    with suppress(OSError):
        while chunk := source.recv(1 << 16):
            passed += len(chunk)
            if limit is not None and passed > limit:
                break
            target.sendall(chunk)
    for each in (source, target):
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
