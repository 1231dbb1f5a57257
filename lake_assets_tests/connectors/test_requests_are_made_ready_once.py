"""A request that differs from the last one in its query alone is sent as it would be sent alone."""

from __future__ import annotations

from itertools import count

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lake_assets.connectors._secrets import Secrets
from lake_assets.connectors._site import open_site
from lake_assets_tests.connectors.servers import Answer, scripted

HEADERS = {"X-Key": "k"}
QUERIES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["a=b&c=%2F", "a=%2f", "a=%7E", "a=b c", "a=é", "a=1#b", "?", "", "a=%", "a=%e9", "a=b"]),
)


@pytest.fixture(scope="module")
def served():
    with scripted() as server:
        server.script = lambda _asked: Answer(b"{}")
        yield server


@pytest.fixture
def site(served):
    with open_site(served.url, HEADERS, Secrets([]), timeout_s=5, retries=0) as site:
        yield site


def ask(site, url):
    with site.get(url, "here") as response:
        assert response.content == b"{}"


@given(st.lists(QUERIES, min_size=2, max_size=4))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_query_is_asked_for_as_it_stands(served, site, queries):
    for query in queries:
        url = f"{served.url}/items?{query}"
        ask(site, url)
        requests.get(url, timeout=5)
        ours, plain = served.asked[-2:]
        assert ours.target == plain.target
        assert ours.headers["X-Key"] == "k"


def test_a_cookie_that_is_set_meanwhile_is_sent(served, site):
    numbers = count()
    served.script = lambda _asked: Answer(b"{}", headers={"Set-Cookie": f"seen={next(numbers)}"})
    for number in range(3):
        ask(site, f"{served.url}/items?page={number}")
    assert [asked.headers["Cookie"] for asked in served.asked[-3:]] == [None, "seen=0", "seen=1"]


def test_another_path_and_another_header_are_made_ready_anew(served, site):
    for path, header in (("a", "1"), ("b", "1"), ("b", "2"), ("a", "2")):
        with site.get(f"{served.url}/{path}?page=1", "here", {"X-Other": header}):
            pass
        assert (served.asked[-1].path, served.asked[-1].headers["X-Other"]) == (f"/{path}", header)


def test_the_host_of_a_redirect_does_not_come_to_the_next_request(served, site):
    with scripted() as elsewhere:
        elsewhere.script = lambda _asked: Answer(b"{}")
        served.script = lambda _asked: Answer(status=302, headers={"Location": f"{elsewhere.url}/moved"})
        for number in range(2):
            ask(site, f"{served.url}/items?page={number}")
        assert [asked.target for asked in served.asked[-2:]] == ["/items?page=0", "/items?page=1"]
        assert [asked.headers["X-Key"] for asked in elsewhere.asked] == [None, None]
