"""Against a program that others wrote and that pages in its own ways."""

import json
import sqlite3
import subprocess
import sys
import time
import urllib.request
from urllib.error import URLError

import pytest

from lake_assets.connectors.rest import Rest
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, land
from lake_assets_tests.connectors.servers import unused_url

pytestmark = pytest.mark.heavy  # datasette takes seconds to start


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    file = tmp_path_factory.mktemp("datasette") / "air.db"
    add(file, range(1, 26))
    return file


def add(file, numbers):
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS hours (id INTEGER PRIMARY KEY, at TEXT)")
        connection.executemany(
            "INSERT INTO hours VALUES (?, ?)",
            [(number, f"2013-01-{number:02d}T00:00:00") for number in numbers],
        )
    connection.close()


@pytest.fixture(scope="module")
def url(database):
    address = unused_url()
    port = address.rpartition(":")[2]
    command = [
        sys.executable,
        "-m",
        "datasette",
        "serve",
        str(database),
        "--host",
        "127.0.0.1",
        "--port",
        port,
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait(f"{address}/-/versions.json")
            yield address
        finally:
            process.terminate()


def wait(address):
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310  a server that this test started
        except (URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    pytest.fail("datasette did not start")


def numbers(taken):
    pages = [json.loads(one.content) for one in taken]
    return [row["id"] for page in pages for row in (page if isinstance(page, list) else page["rows"])]


def hours(**options):
    return Dataset("hours", "air", origin="hours.json", connector_options=options)


@pytest.mark.parametrize(
    ("shape", "paginator"),
    [
        ("objects", {"type": "json_link", "next_url_path": "next_url"}),
        ("objects", {"type": "cursor", "cursor_path": "next", "cursor_param": "_next"}),
        ("array", {"type": "header_link"}),
    ],
)
def test_every_row_lands_once_and_a_kill_changes_nothing(url, shape, paginator):
    connector = Rest(Source("air", "rest", {"base_url": f"{url}/air"}))
    selector = {"data_selector": "rows"} if shape == "objects" else {"data_selector": "@"}
    dataset = hours(params={"_shape": shape, "_size": 10}, paginator=paginator, **selector)
    memory = Memory()
    first = land(connector, dataset, memory, at_most=1)
    taken = first + land(connector, dataset, memory)
    assert numbers(taken) == list(range(1, 26))
    assert len(taken) == 3
    assert land(connector, dataset, memory) == []


def test_the_next_pull_reads_only_new_rows(url, database):
    connector = Rest(Source("air", "rest", {"base_url": f"{url}/air"}))
    dataset = hours(
        params={"_shape": "objects", "_size": 10, "_sort": "at"},
        data_selector="rows",
        paginator={"type": "json_link", "next_url_path": "next_url"},
        incremental={"cursor_path": "at", "param": "at__gt"},
    )
    memory = Memory()
    assert len(land(connector, dataset, memory)) == 3
    assert land(connector, dataset, memory) == []
    add(database, [26, 27])
    assert numbers(land(connector, dataset, memory)) == [26, 27]
    assert land(connector, dataset, memory) == []
