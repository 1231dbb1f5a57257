"""A program, from its start until nothing of it is left."""

from __future__ import annotations

import os
import signal
import subprocess
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import IO

from lake_assets.connectors._secrets import Secrets
from lake_assets.errors import ConnectorError

__all__ = ["run_program", "surroundings"]

_HANDED_ON = ("PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "USER", "LOGNAME", "SHELL")
_LINES = 20
_LINE_BYTES = 1000
_GRACE_S = 5.0


def surroundings() -> dict[str, str]:
    """What every program finds in its environment, of ours: where programs, its home and the language are."""
    return {name: value for name, value in os.environ.items() if name in _HANDED_ON or name.startswith("LC_")}


def run_program(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    timeout_s: float,
    secrets: Secrets,
    place: str,
) -> None:
    """Run a program to its end; whatever else it started ends with it.

    Args:
        command: The program and its arguments.
        folder: Where it works.
        environment: All of its environment.
        timeout_s: How long it may take.
        secrets: Are hidden in what it says.
        place: For errors.

    Raises:
        ConnectorError: When it cannot be started, takes too long or does not end well.
    """
    process = _started(command, folder, environment, secrets, place)
    said = _LastLines(process.stderr, process.stdout)
    try:
        status = process.wait(timeout_s)
    except subprocess.TimeoutExpired as error:
        _end(process)
        what = f"the program was ended: it took more than {timeout_s:g} s{secrets.hide(said.text())}"
        raise ConnectorError(what, place=place, mend="raise timeout_s, or let it do less") from error
    finally:
        _end(process)
    last_lines = secrets.hide(said.text())
    if status:
        what = f"the program {_ending(status)}{last_lines}"
        raise ConnectorError(what, place=place, mend="mend it, then run again: nothing of this run landed")


def _started(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], secrets: Secrets, place: str
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - the program is what the owner of the lake declared
            list(command),
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,  # one group, which can be ended as a whole
        )
    except (OSError, ValueError) as error:
        secrets.hide_in(error)
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        missing = secrets.hide(command[0] if folder.is_dir() else str(folder))
        what = f"the program cannot be started: {missing}: {reason}"
        mend = "install it, correct command and folder, or make it executable"
        raise ConnectorError(what, place=place, mend=mend) from error


class _LastLines:
    """What a program said last, read while it runs so that it never waits for us."""

    def __init__(self, *streams: IO[bytes] | None) -> None:
        read = [(stream, deque[bytes](maxlen=_LINES)) for stream in streams if stream]
        self._kept = [kept for _, kept in read]
        self._threads = [Thread(target=_keep, args=pair, daemon=True) for pair in read]
        for thread in self._threads:
            thread.start()

    def text(self) -> str:
        """The last lines of the first stream that has any, each on a line of its own; empty where none has."""
        for thread in self._threads:
            thread.join(_GRACE_S)
        lines = next((list(kept) for kept in self._kept if kept), [])
        return "".join(f"\n    {line.decode(errors='replace').rstrip()}" for line in lines)


def _keep(stream: IO[bytes], kept: deque[bytes]) -> None:
    with stream:
        while line := stream.readline(_LINE_BYTES):
            kept.append(line)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the whole group: what it left behind might still write where its files are read."""
    with suppress(ProcessLookupError):
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                process.wait(_GRACE_S)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _ending(status: int) -> str:
    if status > 0:
        return f"ended with status {status}"
    with suppress(ValueError):
        return f"was killed by {signal.Signals(-status).name}"
    return f"was killed by signal {-status}"
