import socket
from threading import Thread

import pytest

from lake_assets.connectors.http import Http
from lake_assets.errors import ConnectorError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, contents, fetched, land
from lake_assets_tests.connectors.servers import Answer, scripted, unused_url

DATASET = Dataset("d", "s", origin="x.csv")


@pytest.fixture
def server():
    with scripted() as running:
        yield running


def connector(server, **options):
    return Http(Source("s", "http", {"base_url": server.url, "retries": 0, **options}))


def refusal(connector, dataset=DATASET):
    with pytest.raises(ConnectorError) as caught:
        land(connector, dataset, Memory())
    return caught.value


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"1" * 3_000_000, sent_bytes=2_000_000),
        Answer(b"1" * 10, sent_bytes=0),
        Answer(b"1" * 10, sent_bytes=5, is_chunked=True),
        Answer(b"1" * 10, sent_bytes=5, pause_s=1),
        Answer(b"not gzip", headers={"Content-Encoding": "gzip"}),
    ],
    ids=["cut", "cut before the first byte", "cut between chunks", "stalled", "damaged"],
)
def test_a_cut_body_is_refused_and_fetched_again_next_time(server, answer):
    server.script = lambda _asked: answer
    error = refusal(connector(server, timeout_s=0.5))
    assert error.what.startswith("the body of the answer is cut or damaged")
    assert f"URL {server.url}/x.csv" in error.place
    assert "run again" in error.mend
    assert error.__cause__ is not None
    server.script = lambda _asked: Answer(b"whole")
    assert contents(land(connector(server), DATASET, Memory())) == [b"whole"]


def test_a_body_without_length_arrives(server):
    server.script = lambda _asked: Answer(b"1,2\n", is_chunked=True)
    assert contents(land(connector(server), DATASET, Memory())) == [b"1,2\n"]


def test_a_fetch_that_is_late_or_repeated_is_refused(server):
    server.script = lambda _asked: Answer(b"1")
    (late,) = connector(server).discover(DATASET, Memory())
    with pytest.raises(ConnectorError, match="the answer is closed"):
        fetched(late)
    arrivals = connector(server).discover(DATASET, Memory())
    twice = next(arrivals)
    assert fetched(twice).content == b"1"
    with pytest.raises(ConnectorError, match="the answer is closed"):
        fetched(twice)


@pytest.mark.parametrize(
    ("status", "mend"),
    [
        (401, "credentials"),
        (403, "credentials"),
        (404, "correct base_url and origin"),
        (410, "correct base_url and origin"),
        (418, "correct origin"),
        (429, "every_s"),
        (500, "run again later"),
        (503, "run again later"),
        (204, "correct origin"),
        (206, "correct origin"),
    ],
)
def test_a_refusal_names_its_status_and_a_way_out(server, status, mend):
    server.script = lambda _asked: Answer(b"", status=status)
    error = refusal(connector(server))
    assert f"the server answers {status}" in error.what
    assert mend in error.mend


def test_a_server_that_does_not_answer_in_time(server):
    server.script = lambda _asked: Answer(b"", pause_s=0)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        error = refusal(Http(Source("s", "http", {"base_url": url, "retries": 0, "timeout_s": 0.2})))
    assert error.what.startswith("no answer within 0.2 s")
    assert "timeout_s" in error.mend


def test_a_server_that_is_not_there():
    error = refusal(Http(Source("s", "http", {"base_url": unused_url(), "retries": 0})))
    assert error.what.startswith("the server cannot be reached")


def test_a_server_without_the_encryption_that_is_asked_for(server):
    error = refusal(
        Http(Source("s", "http", {"base_url": server.url.replace("http:", "https:"), "retries": 0}))
    )
    assert error.what.startswith("the server's certificate is not trusted")


def test_a_server_that_speaks_no_http():
    with socket.create_server(("127.0.0.1", 0)) as babbling:
        url = f"http://127.0.0.1:{babbling.getsockname()[1]}"

        def babble():
            connection, _ = babbling.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(b"220 ftp.example.org ready\r\n")

        thread = Thread(target=babble)
        thread.start()
        error = refusal(Http(Source("s", "http", {"base_url": url, "retries": 0})))
        thread.join()
    assert error.what.startswith("the server cannot be reached")


def test_redirects_in_a_circle(server):
    server.script = lambda _asked: Answer(status=302, headers={"Location": "/x.csv"})
    assert refusal(connector(server)).what.startswith("the server redirects in a circle")


def test_a_redirect_to_something_that_is_no_web_address(server):
    server.script = lambda _asked: Answer(status=302, headers={"Location": "file:///etc/passwd"})
    assert refusal(connector(server)).what.startswith("the request cannot be sent")


@pytest.mark.parametrize("base", ["", "example.org", "http://", "http://x:port", "http://[::1"])
def test_what_is_no_url(base):
    error = refusal(Http(Source("s", "http", {"base_url": base})))
    assert error.what == "base_url and origin make no URL"
    assert "declare a base_url" in error.mend


def test_a_url_with_a_password_is_refused_without_showing_it():
    error = refusal(Http(Source("s", "http", {"base_url": "http://me:hunter22@127.0.0.1"})))
    assert "hunter22" not in str(error)
    assert "headers or auth" in error.mend
