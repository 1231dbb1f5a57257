"""A session with an SFTP server whose key is known, and what its failures mean."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import paramiko
from paramiko.ssh_exception import BadHostKeyException, NoValidConnectionsError

from lake_assets.connectors._secrets import Secrets
from lake_assets.connectors._sftp_options import SftpOptions
from lake_assets.errors import ConnectorError
from lake_assets.settings import Settings, expand

__all__ = ["LOST", "Session", "mapped"]

LOST = (EOFError, TimeoutError, ConnectionError, paramiko.SSHException)
"""What a lost connection is raised as."""

_LOST = ("the connection is lost", "run again; what is landed already stays")
_NO_SESSION = (
    "no session can be begun",
    "correct key_file, its passphrase and known_hosts, and check that an SFTP server listens at host and port",
)
_LOG_CHANNEL = f"{__name__}.paramiko"


class _UnknownHostError(paramiko.SSHException):  # type: ignore[misc]  # paramiko has no types
    """The server shows another key than the declared one, or one that is not known."""


class _Declared(paramiko.MissingHostKeyPolicy):  # type: ignore[misc]  # as above
    """Takes the one key that is declared.

    Args:
        fingerprint: Of that key; empty when none is.
    """

    def __init__(self, fingerprint: str) -> None:
        self._fingerprint = fingerprint

    def missing_host_key(self, client: paramiko.SSHClient, hostname: str, key: paramiko.PKey) -> None:
        """Refuse any other."""
        del client
        if key.fingerprint != self._fingerprint:
            raise _UnknownHostError(f"{hostname} shows the {key.get_name()} key {key.fingerprint}")


class Session:
    """A connection that is made when it is needed, and again when it was lost.

    Args:
        options: What is declared of the server.
        place: For errors.
    """

    def __init__(self, options: SftpOptions, place: str) -> None:
        self._options = options
        self._place = place
        self._client: paramiko.SSHClient | None = None
        self._sftp: paramiko.SFTPClient | None = None
        names = [name for name in (options.password_env, options.passphrase_env) if name]
        self._proofs = {name: expand(f"${{{name}}}", place=place) for name in names}
        self.secrets = Secrets(self._proofs.values())

    @property
    def sftp(self) -> paramiko.SFTPClient:
        """The server's files.

        Raises:
            ConnectorError: When it cannot be reached, is another one, or refuses.
        """
        if self._sftp is None:
            with mapped(self._place, self.secrets, _NO_SESSION):
                self._sftp = self._opened()
        return self._sftp

    def close(self) -> None:
        """End the connection; the next question begins another."""
        self._sftp = None
        if self._client is not None:
            self._client.close()
            self._client = None

    def _opened(self) -> paramiko.SFTPClient:
        options = self._options
        client = self._client = paramiko.SSHClient()
        client.set_log_channel(_LOG_CHANNEL)
        client.set_missing_host_key_policy(_Declared(options.host_key))
        if options.known_hosts:
            client.load_host_keys(str(_file(options.known_hosts, self._place)))
        client.connect(
            expand(options.host, place=self._place),
            options.port,
            expand(options.username, place=self._place),
            password=self._proofs.get(options.password_env),
            key_filename=str(_file(options.key_file, self._place)) if options.key_file else None,
            passphrase=self._proofs.get(options.passphrase_env),
            timeout=options.timeout_s,
            banner_timeout=options.timeout_s,
            auth_timeout=options.timeout_s,
            channel_timeout=options.timeout_s,
            allow_agent=False,
            look_for_keys=False,
        )
        sftp = client.open_sftp()
        channel = sftp.get_channel()
        if channel is not None:
            channel.settimeout(options.timeout_s)
        return sftp


def _file(path: str, place: str) -> Path:
    file = Settings.from_environment().project / Path(expand(path, place=place)).expanduser()
    if not file.is_file():
        mend = "correct known_hosts and key_file; relative paths are from the project folder"
        raise ConnectorError(f"the file {file} is not there", place=place, mend=mend)
    return file


@contextmanager
def mapped(place: str, secrets: Secrets, otherwise: tuple[str, str] = _LOST) -> Iterator[None]:
    """Turn what paramiko raises into one kind of error.

    Args:
        place: Where it is.
        secrets: What no error may show.
        otherwise: What and mend of a failure that has no name of its own.

    Raises:
        ConnectorError: For each failure of paramiko.
    """
    try:
        yield
    except (OSError, EOFError, ValueError, paramiko.SSHException) as error:
        secrets.hide_in(error)
        what, mend = _said(error) or otherwise
        reason = secrets.hide(" ".join(str(error).split())) or type(error).__name__
        raise ConnectorError(f"{what} ({reason})", place=place, mend=mend) from error


def _said(error: Exception) -> tuple[str, str] | None:
    if type(error) is OSError and error.errno is None:
        return "the server answers with an error", "see what it says, and ask its owner"
    return next((said for kinds, said in _SAID if isinstance(error, kinds)), None)


_UNREACHABLE = ("the server cannot be reached", "check host and port, and that the server runs")
# The first kind that fits counts.
_SAID: tuple[tuple[type[Exception] | tuple[type[Exception], ...], tuple[str, str]], ...] = (
    (
        (BadHostKeyException, _UnknownHostError),
        (
            "the server is not the one that is declared",
            "ask its owner for the fingerprint of its key; if it is right, correct known_hosts or host_key",
        ),
    ),
    (paramiko.PasswordRequiredException, ("the key needs a passphrase", "declare passphrase_env")),
    (
        paramiko.AuthenticationException,
        ("the server refuses the credentials", "correct username, and password_env or key_file"),
    ),
    (PermissionError, ("the server forbids it", "ask its owner for the right to read this")),
    (FileNotFoundError, ("it is not there", "correct path and from")),
    (NoValidConnectionsError, _UNREACHABLE),
    (ConnectionError, _LOST),
    (OSError, _UNREACHABLE),
)
