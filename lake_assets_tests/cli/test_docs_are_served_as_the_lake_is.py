"""Beside the UI the site is served to this machine alone, and says what the lake says when somebody looks."""

import socket
import time
from http.client import HTTPConnection

import pytest

from lake_assets.cli.docs_server import running_docs
from lake_assets.lake import Lake

PATIENCE_S = 30


@pytest.fixture
def served(filled_lake):
    """The site of a lake, while it is served: asks for a path, and answers with status and text."""
    with running_docs(_open(filled_lake), _free_port()) as url:
        port = int(url.rpartition(":")[2])

        def ask(path, host=f"127.0.0.1:{port}", method="GET"):
            connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
            connection.request(method, path, headers={"Host": host})
            answer = connection.getresponse()
            ask.headers = answer.headers
            text = answer.read().decode()
            connection.close()
            return answer.status, text

        _soon(lambda: ask("/")[0] == 200)
        yield ask


def _open(small_lake):
    return Lake.open(str(small_lake.folder / "lake"), str(small_lake.folder / "defs"))


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _soon(condition):
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_pages_are_there_without_anybody_having_written_them(served):
    status, text = served("/tables/trusted.bike_hires.html?x=1")
    assert (status, "Hires of bikes." in text) == (200, True)
    assert served.headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_new_file_is_on_the_page_when_somebody_looks(served, filled_lake):
    filled_lake.write("inbox/hires-2.csv", "hire_id,price,rider\n7,1.0,Emmy\n")
    assert "<dd>2</dd>" in served("/tables/trusted.bike_hires.html")[1]
    filled_lake.run("ingest")
    _soon(lambda: "<dd>3</dd>" in served("/tables/trusted.bike_hires.html")[1])


def test_a_changed_declaration_is_on_the_page_when_somebody_looks(served, filled_lake):
    declared = filled_lake.folder / "defs/bikes/defs.yaml"
    declared.write_text(declared.read_text().replace("Hires of bikes.", "Every hire."))
    _soon(lambda: "Every hire." in served("/tables/trusted.bike_hires.html")[1])


def test_nothing_outside_of_the_site_is_served(served):
    for path in (
        "/../trusted/bike_hires/_delta_log/00000000000000000000.json",
        "/%2e%2e/governance",
        "/tables",
    ):
        assert served(path)[0] == 404


def test_no_script_from_elsewhere_may_run_on_a_page(served):
    served("/")
    assert "default-src 'none'" in served.headers["Content-Security-Policy"]


def test_who_asks_by_another_name_is_refused(served):
    assert served("/", host="somewhere.example:80")[0] == 403


def test_head_says_how_long_a_page_is(served):
    status, text = served("/index.html", method="HEAD")
    assert (status, text) == (200, "")
    assert int(served.headers["Content-Length"]) > 1000


def test_a_port_that_is_taken_is_no_trouble(filled_lake):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with running_docs(_open(filled_lake), port) as url:
            assert url.startswith("http://127.0.0.1:")
            assert not url.endswith(f":{port}")


def test_a_declaration_that_is_broken_leaves_the_pages_as_they_were(served, filled_lake):
    filled_lake.write("inbox/hires-2.csv", "hire_id,price,rider\n7,1.0,Emmy\n")
    filled_lake.run("ingest")
    filled_lake.write("defs/bikes/defs.yaml", "type: lake_assets.Source\nattributes: {nonsense: 1}\n")
    time.sleep(1.2)
    assert served("/")[0] == 200
