"""Runs a pull twice: kills the first when half of the pages were asked for, and lets the second go on.

Usage: w3_kill PAGES COMMAND..., in the folder of the pull.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

from benchmarks.contestants.w3_server import ask


def main(pages: int, command: list[str]) -> int:
    """Kill a first pull and run a second one; its exit code is the answer."""
    with subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL) as first:
        while first.poll() is None and ask("/facts")["asked"] < pages / 2:
            time.sleep(0.01)
        if first.poll() is None:
            os.killpg(first.pid, signal.SIGKILL)
    return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2:]))
