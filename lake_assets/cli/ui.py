"""Dagster's UI with its daemon, on 127.0.0.1 only, for as long as a block runs."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

from lake_assets.cli.dagster_home import instance_environment, state_folder, target_arguments
from lake_assets.cli.demo_lake import is_demo_lake
from lake_assets.errors import LakeError, SettingsError

if TYPE_CHECKING:
    from lake_assets.settings import Settings

__all__ = ["HOST", "Ui", "UiError", "refuse_taken_port", "running_ui"]

HOST = "127.0.0.1"
"""The UI asks nobody for a password, so no other machine may reach it."""

_WARD = Path(__file__).with_name("_ward.py")
_LOG = "lake-up.log"
_WAIT_S = 300.0
_PAUSE_S = 0.2
_ANSWER_S = 5.0
_OK = 200
_LAST_PORT = 65_535
_LAST_LINES = 15


class UiError(LakeError):
    """Dagster's UI ended, or did not come up."""


@dataclass(frozen=True)
class Ui:
    """The UI, while it runs.

    Args:
        port: Of 127.0.0.1.
        process: Ends when Dagster does.
        log: What Dagster prints.
    """

    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self.port}"

    def wait_until_it_answers(self) -> None:
        """Return once the page is there.

        Raises:
            UiError: When Dagster ended, or said nothing for five minutes.
        """
        deadline = time.monotonic() + _WAIT_S
        while self.process.poll() is None and time.monotonic() < deadline:
            if _answers(self.port):
                return
            time.sleep(_PAUSE_S)
        raise self.failure()

    def failure(self) -> UiError:
        """The error that tells how Dagster ended and what it printed last."""
        status = self.process.poll()
        how = "does not answer" if status is None else f"ended with status {status}"
        last = self.log.read_text(errors="replace").splitlines()[-_LAST_LINES:]
        said = "\n    ".join(last)
        return UiError(
            f"Dagster's UI {how}; it printed last:\n    {said}", place=str(self.log), mend="read the log"
        )


def refuse_taken_port(port: int) -> None:
    """Make sure that the UI can have a port.

    Raises:
        SettingsError: When it cannot.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            what = f"the UI cannot have port {port}: {(error.strerror or str(error)).lower()}"
            mend = f"stop what listens there, or choose another: lake up --port {port % _LAST_PORT + 1}"
            raise SettingsError(what, place=f"{HOST}:{port}", mend=mend) from error


@contextmanager
def running_ui(port: int, settings: Settings, docs: str = "") -> Iterator[Ui]:
    """Run `dagster dev` over a lake; everything it started has ended after the block, or with this process.

    Args:
        port: Where it is to listen.
        settings: Of the lake that it shows.
        docs: The address of the lake's site, which the pages of assets link to.
    """
    folder = Path.cwd()
    log = state_folder(folder) / _LOG
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable,
        "-P",
        "-m",
        "dagster",
        "dev",
        "-h",
        HOST,
        "-p",
        str(port),
        *target_arguments(folder),
    ]
    variables = {**os.environ, **instance_environment(folder), **_lake_environment(settings, docs)}
    with log.open("wb") as sink, _guarded(command, variables, sink.fileno()) as process:
        yield Ui(port, process, log)


@contextmanager
def _guarded(
    command: list[str], variables: Mapping[str, str], sink: int
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(  # noqa: S603 - the command is the one above
        [sys.executable, "-P", str(_WARD), *command],
        env=variables,
        stdin=subprocess.PIPE,  # its closing ends the command
        stdout=sink,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # Ctrl-C ends us, and we end Dagster before the demo's servers
    )
    with process:
        yield process


def _lake_environment(settings: Settings, docs: str = "") -> dict[str, str]:
    """What makes other processes open the same lake, wherever they run.

    The demo lake's declarations are not named: unnamed, Dagster loads them as the components they are.
    """
    defs = "" if is_demo_lake(settings) else os.pathsep.join(map(str, settings.defs))
    site = {"LAKE_DOCS_URL": docs} if docs else {}
    return {"LAKE_ROOT": settings.root, "LAKE_PROJECT": str(settings.project), "LAKE_DEFS": defs, **site}


def _answers(port: int) -> bool:
    connection = HTTPConnection(HOST, port, timeout=_ANSWER_S)
    try:
        connection.request("GET", "/server_info")
        return connection.getresponse().status == _OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
