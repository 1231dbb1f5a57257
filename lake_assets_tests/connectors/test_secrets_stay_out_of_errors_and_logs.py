import logging
import traceback

import pytest
import requests
import urllib3
from hypothesis import given, settings
from hypothesis import strategies as st

from lake_assets.connectors import _site
from lake_assets.connectors._secrets import Secrets
from lake_assets.connectors.http import Http
from lake_assets.connectors.rest import Rest
from lake_assets.errors import ConnectorError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.memory import Memory, land
from lake_assets_tests.connectors.servers import Answer, scripted, unused_url

SECRET = "s3cr&t of/the tests"
WAYS = [SECRET, "s3cr%26t", "s3cr&t"]


@pytest.fixture(autouse=True)
def _secret(monkeypatch):
    monkeypatch.setenv("LAKE_TEST_SECRET", SECRET)
    monkeypatch.setattr(_site, "_BACKOFF_S", 0)


def failure(connector, dataset):
    """An error as it is printed, with all that it was raised from."""
    with pytest.raises(ConnectorError) as caught:
        land(connector, dataset, Memory())
    return "".join(traceback.format_exception(caught.value))


def in_query(url):
    key = {"type": "api_key", "name": "key", "key_env": "LAKE_TEST_SECRET", "location": "query"}
    return Rest(Source("s", "rest", {"base_url": url, "auth": key, "retries": 1}))


def test_a_key_in_the_query_is_not_shown_when_nothing_answers(caplog):
    caplog.set_level(logging.DEBUG)
    said = failure(in_query(unused_url()), Dataset("d", "s", origin="x")) + caplog.text
    assert "Retrying" in caplog.text
    assert "***" in said
    assert not [way for way in WAYS if way in said]


def test_a_key_in_the_query_is_not_shown_when_the_server_refuses(caplog):
    caplog.set_level(logging.DEBUG)
    with scripted(lambda _asked: Answer(status=403)) as server:
        said = failure(in_query(server.url), Dataset("d", "s", origin="x")) + caplog.text
    assert not [way for way in WAYS if way in said]


def test_a_parameter_that_names_the_environment_is_a_secret():
    options = {"params": {"key": "${LAKE_TEST_SECRET}", "keys": ["${LAKE_TEST_SECRET}", 1], "all": True}}
    dataset = Dataset("d", "s", origin="x", connector_options=options)
    with scripted(lambda _asked: Answer(b"[1]")) as server:
        (taken,) = land(Rest(Source("s", "rest", {"base_url": server.url})), dataset, Memory())
        assert server.asked[0].query == {"key": SECRET, "keys": "1", "all": "true"}
    assert taken.arrival.origin == "x?all=true"
    assert "s3cr" not in repr(taken)
    assert "LAKE_TEST_SECRET" not in repr(Rest.dataset_options.model_validate(options))
    said = failure(Rest(Source("s", "rest", {"base_url": unused_url(), "retries": 0})), dataset)
    assert not [way for way in WAYS if way in said]


def test_a_key_in_the_origin_of_a_file_is_not_shown():
    dataset = Dataset("d", "s", origin="x.csv?key=${LAKE_TEST_SECRET}")
    said = failure(Http(Source("s", "http", {"base_url": unused_url(), "retries": 0})), dataset)
    assert not [way for way in WAYS if way in said]
    assert "/x.csv" in said


@pytest.mark.parametrize("value", ["line\nend-of-a-secret", "\N{EURO SIGN}uro-is-not-latin"])
def test_a_header_that_cannot_be_sent_is_not_shown(monkeypatch, value):
    monkeypatch.setenv("LAKE_TEST_SECRET", value)
    for connector in (
        Http(Source("s", "http", {"base_url": unused_url(), "headers": {"X": "a ${LAKE_TEST_SECRET}"}})),
        Rest(
            Source(
                "s",
                "rest",
                {
                    "base_url": unused_url(),
                    "auth": {"type": "bearer", "token_env": "LAKE_TEST_SECRET"},
                    "retries": 0,
                },
            )
        ),
    ):
        said = failure(connector, Dataset("d", "s", origin="x"))
        assert "end-of-a-secret" not in said
        assert "uro-is-not-latin" not in said


def test_a_secret_is_taken_out_of_every_error_behind_an_error():
    lower = urllib3.exceptions.MaxRetryError(None, f"/x?key={SECRET}", ValueError(SECRET))
    error = requests.ConnectionError(lower, 7)
    error.__cause__, lower.__context__ = lower, error
    Secrets([SECRET]).hide_in(error)
    said = "".join(traceback.format_exception(error)) + repr(vars(lower))
    assert error.args[1] == 7
    assert "***" in said
    assert not [way for way in WAYS if way in said]


@settings(max_examples=30, deadline=None)
@given(secret=st.text(min_size=4).filter(lambda text: len(text.strip()) >= 4), around=st.text())
def test_no_text_shows_a_secret(secret, around):
    hidden = Secrets([secret]).hide(f"{around}<{secret.strip()}>{around}")
    assert f"<{secret.strip()}>" not in hidden or secret.strip() in around


def test_short_values_would_garble_every_text():
    assert Secrets(["a", "", "   "]).hide("banana") == "banana"
    assert Secrets([]).hide("banana") == "banana"
