"""However `lake up` ends, what it started ends too: the ward sees to it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import lake_assets.cli

_WARD = Path(lake_assets.cli.__file__).with_name("_ward.py")
_COMMAND = """if True:
    import signal, subprocess, sys, time
    if sys.argv[2] == "stubborn":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
    with open(sys.argv[1] + ".part", "w") as sink:
        sink.write(str(child.pid))
    import os
    os.rename(sys.argv[1] + ".part", sys.argv[1])
    if sys.argv[2] == "short":
        raise SystemExit(7)
    time.sleep(300)
"""


def _is_running(process_id):
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def _wait(condition, wait_s=30):
    deadline = time.monotonic() + wait_s
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


@pytest.fixture
def start(tmp_path):
    """Start a command under the ward; gives the ward and the id of the command's child."""
    started = []

    def begin(kind):
        note = tmp_path / "child"
        words = [sys.executable, "-P", str(_WARD), sys.executable, "-c", _COMMAND, str(note), kind]
        ward = subprocess.Popen(words, stdin=subprocess.PIPE, start_new_session=True)
        started.append(ward)
        assert _wait(note.exists)
        return ward, int(note.read_text())

    yield begin
    for ward in started:
        ward.stdin.close()
        ward.wait()


def test_the_command_and_its_child_end_when_the_pipe_closes(start):
    ward, child = start("willing")
    assert _is_running(child)
    ward.stdin.close()
    assert ward.wait(30) == 128 + signal.SIGTERM
    assert _wait(lambda: not _is_running(child))


def test_a_child_that_its_command_left_behind_ends_too(start):
    ward, child = start("short")
    assert ward.wait(30) == 7
    assert _wait(lambda: not _is_running(child))


@pytest.mark.heavy
def test_a_command_that_will_not_end_is_killed(start):
    ward, child = start("stubborn")
    ward.stdin.close()
    assert ward.wait(60) == 128 + signal.SIGKILL
    assert _wait(lambda: not _is_running(child))


def test_a_starter_that_is_killed_counts_as_gone(tmp_path):
    note = tmp_path / "child"
    words = [sys.executable, "-P", str(_WARD), sys.executable, "-c", _COMMAND, str(note), "willing"]
    starter = (
        f"import subprocess, time; p = subprocess.Popen({words!r}, stdin=subprocess.PIPE); time.sleep(300)"
    )
    with subprocess.Popen([sys.executable, "-c", starter]) as process:
        assert _wait(note.exists)
        os.kill(process.pid, signal.SIGKILL)
    child = int(note.read_text())
    assert _wait(lambda: not _is_running(child))
