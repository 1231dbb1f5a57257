import logging
import time

import pytest

from lake_assets.connectors import _site
from lake_assets.connectors.http import Http
from lake_assets.errors import ConnectorError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, contents, land
from lake_assets_tests.connectors.servers import Answer, scripted

DATASET = Dataset("d", "s", origin="x.csv")


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(_site, "_BACKOFF_S", 0.01)
    with scripted() as running:
        yield running


def land_from(server, **options):
    connector = Http(Source("s", "http", {"base_url": server.url, **options}))
    return contents(land(connector, DATASET, Memory()))


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_failure_that_may_pass_is_tried_again(server, status):
    server.script = lambda _asked: Answer(b"1") if len(server.asked) > 2 else Answer(status=status)
    assert land_from(server) == [b"1"]
    assert len(server.asked) == 3


def test_a_connection_that_is_lost_before_the_answer_is_tried_again(server):
    def script(_asked):
        if len(server.asked) == 1:
            raise ConnectionError
        return Answer(b"1")

    server.script = script
    assert land_from(server) == [b"1"]


@pytest.mark.parametrize("status", [429, 503])
def test_the_wait_is_the_one_the_server_asks_for(server, status):
    server.script = lambda _asked: (
        Answer(b"1") if len(server.asked) > 1 else Answer(status=status, headers={"Retry-After": "1"})
    )
    before = time.monotonic()
    assert land_from(server) == [b"1"]
    assert time.monotonic() - before >= 1


def test_no_server_can_ask_for_hours():
    assert _site._retry(4, {"GET"}).retry_after_max == 300


def test_a_refusal_is_not_tried_again(server):
    server.script = lambda _asked: Answer(status=404)
    with pytest.raises(ConnectorError, match="404"):
        land_from(server)
    assert len(server.asked) == 1


def test_patience_ends(server):
    server.script = lambda _asked: Answer(status=503)
    with pytest.raises(ConnectorError, match="503"):
        land_from(server, retries=2)
    assert len(server.asked) == 3


def test_logs_of_urllib3_are_as_before_afterwards(server):
    server.script = lambda _asked: Answer(b"1")
    before = list(logging.getLogger("urllib3.connectionpool").filters)
    land_from(server, headers={"X": "a-header-value"})
    assert logging.getLogger("urllib3.connectionpool").filters == before
