"""`lake up` on the demo lake: a second one changes nothing; the UI answers, sees new files, leaves nothing behind."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.request import ProxyHandler, build_opener
from uuid import uuid4

import pytest

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(1800)]

_WAIT_S = 600


@pytest.fixture(scope="module")
def lake(lake_command, tmp_path_factory):
    """A folder with the demo lake, filled once; gives commands there and marks every process they start."""
    folder = tmp_path_factory.mktemp("up")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LAKE_", "DAGSTER_"))}
    mark = f"mark={uuid4()}"
    environment = {**kept, "LAKE_TEST_MARK": mark}

    class Commands:
        home = folder

        def start(self, *words):
            return subprocess.Popen(
                [*lake_command, *words], cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
            )

        def run(self, *words):
            with self.start(*words) as process:
                said, _ = process.communicate(timeout=_WAIT_S)
            assert process.returncode == 0, said
            return said

        def versions(self):
            return {table["table"]: table["version"] for table in json.loads(self.run("tables", "--json"))}

        def left_behind(self):
            return [process for process in Path("/proc").glob("[0-9]*") if mark in _environment(process)]

    commands = Commands()
    commands.first = commands.run("up", "--no-ui")
    return commands


def _environment(process):
    try:
        return (process / "environ").read_text(errors="replace")
    except OSError:
        return ""


def _soon(condition):
    deadline = time.monotonic() + _WAIT_S
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.5)
    return condition()


def test_the_summary_lists_every_table(lake):
    lines = [line.split() for line in lake.first.splitlines()]
    assert ["trusted.flights", "166,158", "0"] in [line[:3] for line in lines]
    assert ["exploitation.delay_by_carrier_day"] in [line[:1] for line in lines]


def test_a_second_one_changes_nothing_and_says_so(lake):
    before = lake.versions()
    said = lake.run("up", "--no-ui")
    assert said.splitlines()[-1] == "nothing new: the lake is unchanged"
    assert lake.versions() == before


def test_no_server_is_left_behind(lake):
    assert _soon(lambda: not lake.left_behind())


@pytest.fixture(scope="module")
def ui(lake):
    """`lake up` with the UI: its process and address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = lake.start("up", "--port", str(port))
    said = []
    for line in process.stdout:
        said.append(line)
        if "cp " in line:
            break
    address = re.search(r"The lake is up: (\S+)", "".join(said))
    assert address, said
    yield process, address[1], said
    process.terminate()
    process.communicate(timeout=_WAIT_S)


def test_the_page_answers_at_the_address_that_is_told(ui):
    with build_opener(ProxyHandler({})).open(ui[1], timeout=60) as page:
        assert "dagster" in page.read().decode().lower()


def test_a_file_dropped_as_it_says_reaches_the_last_zone(lake, ui):
    command = ui[2][-1].split()
    assert command[1:] == ["demo/later/flights-2013-07.csv", "demo/inbox/flights/"]
    before = lake.versions()["exploitation.delay_by_carrier_day"]
    shutil.copy(lake.home / command[1], lake.home / command[2])
    assert _soon(lambda: lake.versions()["exploitation.delay_by_carrier_day"] > before)


def test_sigterm_leaves_no_process_behind(lake, ui):
    process, *_ = ui
    assert len(lake.left_behind()) > 4
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=_WAIT_S)
    assert (process.returncode, said.splitlines()[-1]) == (0, "stopped")
    assert _soon(lambda: not lake.left_behind())
    assert not list(lake.home.glob(".tmp_dagster_home_*"))
