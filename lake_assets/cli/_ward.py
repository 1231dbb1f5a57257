"""Run a command and end it, with everything it started, once nobody holds standard input open any more.

Started as a script: `python -P _ward.py COMMAND [ARGUMENT ...]`. Whoever starts it keeps the other end of
standard input; however that process ends, kill -9 included, the kernel closes it. The command is asked to end
first, and what is left of its process group after a while is killed. Imports nothing of lake_assets.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from threading import Thread

_GRACE_S = 15.0
_GONE_S = 2.0
_SIGNALLED = 128  # how a shell counts the status of a command that a signal ended


def _end_with_parent(command: subprocess.Popen[bytes]) -> None:
    while os.read(0, 1024):
        pass
    command.terminate()
    try:
        command.wait(_GRACE_S)
    except subprocess.TimeoutExpired:
        os.killpg(command.pid, signal.SIGKILL)


def _kill_group(group: int) -> None:
    """Kill what is left of a process group, and wait a little until it is gone."""
    deadline = time.monotonic() + _GONE_S
    try:
        while time.monotonic() < deadline:
            os.killpg(group, signal.SIGKILL)
            time.sleep(0.02)
    except ProcessLookupError:
        return


def main() -> int:
    """Run the command named by the arguments; return its exit status."""
    # A shell starts background commands with SIGINT ignored, and Dagster then ignores SIGTERM as well.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    command = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 - see ui.py
    Thread(target=_end_with_parent, args=(command,), daemon=True).start()
    status = command.wait()
    _kill_group(command.pid)
    return status if status >= 0 else _SIGNALLED - status


if __name__ == "__main__":
    sys.exit(main())
