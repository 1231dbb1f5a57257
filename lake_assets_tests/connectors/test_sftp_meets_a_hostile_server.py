"""A server that takes a password, and one that names files as no file can be named."""

import io
import socket
import stat
import threading
from contextlib import contextmanager

import paramiko
import pytest

from lake_assets.connectors.sftp import Sftp
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, contents, land_until_refused
from lake_assets_tests.connectors.sftp_server import SECRET

pytestmark = pytest.mark.heavy

NAMES = ["good.csv", "../escape.csv", "/etc/x.csv", "a/b.csv", "..", ".", ""]


class Door(paramiko.ServerInterface):
    def check_auth_password(self, username, password):
        return paramiko.AUTH_SUCCESSFUL if (username, password) == ("lake", SECRET) else paramiko.AUTH_FAILED

    def get_allowed_auths(self, username):
        return "password"

    def check_channel_request(self, kind, chanid):
        return paramiko.OPEN_SUCCEEDED


def told(name, size):
    found = paramiko.SFTPAttributes()
    found.filename, found.st_mode, found.st_size, found.st_mtime = (
        name,
        stat.S_IFREG | 0o644,
        size,
        1_700_000_000,
    )
    return found


class Shelf(paramiko.SFTPServerInterface):
    def list_folder(self, path):
        return [told(name, 4) for name in NAMES]

    def stat(self, path):
        return told(path.rpartition("/")[2], 4)

    def open(self, path, flags, attr):
        handle = paramiko.SFTPHandle()
        handle.readfile = io.BytesIO(b"good")
        handle.stat = lambda: told(path, 4)
        return handle


@contextmanager
def hostile():
    """The server; its port and the fingerprint of its key."""
    key = paramiko.ECDSAKey.generate()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        transports = []

        def serve():
            accepted, _ = listening.accept()
            transport = paramiko.Transport(accepted)
            transports.append(transport)
            transport.add_server_key(key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, Shelf)
            transport.start_server(server=Door())

        serving = threading.Thread(target=serve)
        serving.start()
        try:
            yield listening.getsockname()[1], key.fingerprint
        finally:
            serving.join()
            for transport in transports:
                transport.close()


def test_names_that_would_leave_the_folder_are_refused(monkeypatch):
    monkeypatch.setenv("LAKE_TEST_SECRET", SECRET)
    with hostile() as (port, fingerprint):
        options = {"host": "127.0.0.1", "port": port, "username": "lake", "password_env": "LAKE_TEST_SECRET"}
        source = Source("store", "sftp", {**options, "host_key": fingerprint})
        taken, error = land_until_refused(Sftp(source), Dataset("d", "store", origin="**/*.csv"), Memory())
    assert [one.arrival.origin for one in taken] == ["good.csv"]
    assert contents(taken) == [b"good"]
    assert error.what.startswith("4 of the names that fit cannot be taken")
    assert "'../escape.csv': is no name of a file" in error.what
