"""`lake up` tells where the UI is and what to try next, or why there is no UI."""

import socket
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from lake_assets.cli.ui import Ui, UiError
from lake_assets.cli.up import _welcome
from lake_assets.demo import DemoFiles


@pytest.fixture
def ended_ui(tmp_path):
    """A UI whose program ended at once."""
    log = tmp_path / "lake-up.log"
    with log.open("wb") as sink:
        process = subprocess.Popen([sys.executable, "-c", "print('no such module'); exit(3)"], stdout=sink)
        process.wait()
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        yield Ui(unused.getsockname()[1], process, log)


@pytest.fixture
def demo_files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    files = DemoFiles(tmp_path / "demo")
    files.inbox.mkdir(parents=True)
    files.later.mkdir()
    for month in ("07", "08"):
        (files.later / f"flights-2013-{month}.csv").touch()
    return files


def test_a_program_that_ended_is_told_with_what_it_printed(ended_ui):
    with pytest.raises(UiError) as told:
        ended_ui.wait_until_it_answers()
    assert told.value.what == "Dagster's UI ended with status 3; it printed last:\n    no such module"
    assert told.value.place == str(ended_ui.log)


def test_a_page_that_answers_is_enough(ended_ui):
    with ThreadingHTTPServer(("127.0.0.1", 0), _Page) as server:
        Thread(target=server.serve_forever).start()
        with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as running:
            Ui(server.server_port, running, ended_ui.log).wait_until_it_answers()
        server.shutdown()


class _Page(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        return


def test_the_address_and_the_next_month_are_told(ended_ui, demo_files):
    welcome = _welcome(ended_ui, demo_files)
    assert f"The lake is up: http://127.0.0.1:{ended_ui.port}\n" in welcome
    assert welcome.endswith("\n  cp demo/later/flights-2013-07.csv demo/inbox/flights/")


def test_a_month_that_is_there_already_is_not_told_again(ended_ui, demo_files):
    (demo_files.inbox / "flights-2013-07.csv").touch()
    assert "flights-2013-08.csv" in _welcome(ended_ui, demo_files)
    (demo_files.inbox / "flights-2013-08.csv").touch()
    assert "cp " not in _welcome(ended_ui, demo_files)


def test_another_lake_has_no_next_month(ended_ui):
    assert "cp " not in _welcome(ended_ui, None)
