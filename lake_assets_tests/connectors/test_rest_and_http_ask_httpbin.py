"""Against httpbin, which answers as each part of HTTP says it has to."""

import json
import sys

import pytest

from lake_assets.connectors.http import Http
from lake_assets.connectors.rest import Rest
from lake_assets.errors import ConnectorError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.contract import SECRET
from lake_assets_tests.connectors.memory import Memory, contents, land
from lake_assets_tests.connectors.served_programs import served
from lake_assets_tests.connectors.servers import unused_url

pytestmark = pytest.mark.heavy

_SERVE = "import sys; from httpbin import app; app.run('127.0.0.1', int(sys.argv[1]), threaded=True)"


@pytest.fixture(scope="module")
def url():
    address = unused_url()
    command = [sys.executable, "-c", _SERVE, address.rpartition(":")[2]]
    with served(command, f"{address}/get"):
        yield address


@pytest.fixture(autouse=True)
def _secret(monkeypatch):
    monkeypatch.setenv("LAKE_TEST_SECRET", SECRET)


def pull(url, origin, options=None, **source):
    dataset = Dataset("d", "s", origin=origin, connector_options=options or {})
    connector = Rest(Source("s", "rest", {"base_url": url, "retries": 0, **source}))
    (taken,) = contents(land(connector, dataset, Memory()))
    return json.loads(taken)


def test_basic_credentials(url):
    auth = {"type": "http_basic", "username": "me", "password_env": "LAKE_TEST_SECRET"}
    assert pull(url, f"basic-auth/me/{SECRET}", auth=auth)["authenticated"]
    with pytest.raises(ConnectorError, match="401"):
        pull(url, "basic-auth/me/another", auth=auth)


def test_a_bearer_token(url):
    assert pull(url, "bearer", auth={"token": "${LAKE_TEST_SECRET}"})["token"] == SECRET


@pytest.mark.parametrize(("location", "part"), [("query", "args"), ("header", "headers")])
def test_an_api_key(url, location, part):
    auth = {"type": "api_key", "name": "X-Key", "key_env": "LAKE_TEST_SECRET", "location": location}
    assert pull(url, "get", auth=auth)[part]["X-Key"] == SECRET


def test_a_key_in_a_cookie_also_after_a_redirect(url):
    auth = {"type": "api_key", "name": "session", "key_env": "LAKE_TEST_SECRET", "location": "cookie"}
    assert pull(url, "cookies", auth=auth) == {"cookies": {"session": SECRET}}
    assert pull(url, "redirect-to", {"params": {"url": "/cookies"}}, auth=auth) == {
        "cookies": {"session": SECRET}
    }


def test_what_is_posted_arrives(url):
    said = pull(url, "post", {"method": "POST", "json": {"a": [1, "é"]}, "params": {"q": "x y"}})
    assert said["json"] == {"a": [1, "é"]}
    assert said["args"] == {"q": "x y"}


@pytest.mark.parametrize("packed", ["gzip", "deflate"])
def test_a_packed_answer(url, packed):
    assert pull(url, packed)[f"{packed}ped" if packed == "gzip" else "deflated"]


@pytest.mark.parametrize("status", [404, 418, 503])
def test_a_status_that_is_no_answer(url, status):
    with pytest.raises(ConnectorError, match=str(status)):
        pull(url, f"status/{status}")


def download(url, origin, memory, **options):
    connector = Http(Source("s", "http", {"base_url": url, "retries": 0}))
    return contents(land(connector, Dataset("d", "s", origin=origin, connector_options=options), memory))


def test_a_file_that_has_not_changed_is_not_sent_again(url):
    memory = Memory()
    assert len(download(url, "etag/v1", memory)) == 1
    assert download(url, "etag/v1", memory) == []
    assert len(download(url, "cache", memory)) == 1
    assert download(url, "cache", memory) == []


def test_a_download_follows_redirects(url):
    (taken,) = download(url, "redirect/3", Memory())
    assert json.loads(taken)["url"].endswith("/get")


def test_bytes_arrive_as_they_are(url):
    (taken,) = download(url, "range/10000", Memory(), max_bytes=10_000)
    assert taken == bytes(ord("a") + number % 26 for number in range(10_000))
    with pytest.raises(ConnectorError, match="more than 9,999 bytes"):
        download(url, "range/10000", Memory(), max_bytes=9_999)
