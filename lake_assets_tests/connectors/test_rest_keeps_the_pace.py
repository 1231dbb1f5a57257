"""Limits of a source: how many requests a second and how many at once, by all runs on this machine together."""

import json
import os
import subprocess
import sys
import time
from threading import Lock, Thread

import pytest

from lake_assets.connectors import _pace, _site
from lake_assets.connectors._pace import Pace, pace_folder
from lake_assets.connectors.rest import Rest
from lake_assets.errors import DeclarationError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, land
from lake_assets_tests.connectors.servers import Answer, scripted

PAGES = {"paginator": {"type": "page_number", "maximum_page": 5}, "data_selector": "@"}


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(_pace.tempfile, "gettempdir", lambda: str(tmp_path))


def pull(url, dataset, **limits):
    connector = Rest(Source("api", "rest", {"base_url": url, "limits": limits}))
    return land(connector, Dataset(dataset, "api", origin=dataset, connector_options=PAGES), Memory())


def counted(asked):
    return Answer(json.dumps([{"page": asked.query["page"], "of": asked.path}]).encode())


def test_requests_are_spread_over_time():
    with scripted(counted) as server:
        before = time.monotonic()
        assert len(pull(server.url, "a", requests_per_s=20)) == 6
        assert time.monotonic() - before >= 5 / 20


def test_a_burst_goes_without_waiting():
    with scripted(counted) as server:
        before = time.monotonic()
        pull(server.url, "a", requests_per_s=0.1, burst=6)
        assert time.monotonic() - before < 5


def test_two_pulls_of_a_source_share_its_pace():
    with scripted(counted) as server:
        before = time.monotonic()
        threads = [
            Thread(target=pull, args=(server.url, name), kwargs={"requests_per_s": 40}) for name in ("a", "b")
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert time.monotonic() - before >= 11 / 40


def test_processes_share_the_bucket(tmp_path):
    code = (
        "import sys, time; from pathlib import Path; from lake_assets.connectors._pace import Pace\n"
        "for _ in range(5): Pace(Path(sys.argv[1]), 20).take()"
    )
    before = time.monotonic()
    running = [subprocess.Popen([sys.executable, "-c", code, tmp_path]) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    assert time.monotonic() - before >= 14 / 20


def test_no_more_than_so_many_are_under_way_at_once():
    under_way, most, lock = [0], [0], Lock()

    def slow(asked):
        with lock:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
        time.sleep(0.02)
        with lock:
            under_way[0] -= 1
        return counted(asked)

    with scripted(slow) as server:
        threads = [
            Thread(target=pull, args=(server.url, name), kwargs={"at_once": 2})
            for name in ("a", "b", "c", "d")
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(server.asked) == 24
    assert most[0] == 2


def test_a_place_is_free_again_when_its_process_was_killed(tmp_path):
    code = (
        "import sys, time; from pathlib import Path; from lake_assets.connectors._pace import Pace\n"
        "with Pace(Path(sys.argv[1]), at_once=1).turn(): print('there', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"there\n"
        holder.kill()
    with Pace(tmp_path, at_once=1).turn():
        pass


def test_asking_again_keeps_the_pace_too(monkeypatch):
    monkeypatch.setattr(_site, "_BACKOFF_S", 0)
    with scripted() as server:
        server.script = lambda asked: counted(asked) if len(server.asked) > 4 else Answer(status=503)
        before = time.monotonic()
        pull(server.url, "a", requests_per_s=20)
        assert time.monotonic() - before >= 9 / 20


@pytest.mark.parametrize("left", ["", "[", "[0.5", "[-5, 1e12]", "{}"], ids=repr)
def test_what_a_machine_left_behind_when_it_was_started_anew_does_no_harm(tmp_path, left):
    (tmp_path / "bucket.json").write_text(left)
    before = time.monotonic()
    Pace(tmp_path, 1, burst=1).take()
    assert time.monotonic() - before < 0.5


def test_a_folder_of_another_user_is_not_used(tmp_path, monkeypatch):
    mine = pace_folder("a")
    assert mine == pace_folder("a") != pace_folder("b")
    assert mine.parent.parent == tmp_path
    assert mine.parent.stat().st_mode & 0o777 == 0o700
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    assert pace_folder("a").parent.name.startswith("lake_assets-")
    assert pace_folder("a").parent.name != "lake_assets-12345"


@pytest.mark.parametrize(
    "limits", [{"requests_per_s": 0}, {"burst": 0}, {"at_once": 0}, {"per_minute": 5}], ids=str
)
def test_limits_that_make_no_sense_are_refused(limits):
    with pytest.raises(DeclarationError, match="limits"):
        Rest(Source("s", "rest", {"base_url": "http://x", "limits": limits}))
