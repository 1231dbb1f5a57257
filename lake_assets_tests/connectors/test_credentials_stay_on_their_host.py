import json

import pytest

from lake_assets.connectors.http import Http
from lake_assets.connectors.rest import Rest
from lake_assets.errors import ConnectorError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.contract import SECRET
from lake_assets_tests.connectors.memory import Memory, contents, land
from lake_assets_tests.connectors.servers import Answer, scripted

HEADERS = {
    "Authorization": "Bearer ${LAKE_TEST_SECRET}",
    "X-Api-Key": "${LAKE_TEST_SECRET}",
    "Accept": "text/csv",
}
DATASET = Dataset("d", "s", origin="x")


@pytest.fixture(autouse=True)
def _secret(monkeypatch):
    monkeypatch.setenv("LAKE_TEST_SECRET", SECRET)


@pytest.fixture
def home():
    with scripted() as running:
        yield running


@pytest.fixture
def elsewhere():
    with scripted(lambda _asked: Answer(b"[1]")) as running:
        yield running


def shown_to(server):
    return "".join(f"{asked.target} {asked.headers}" for asked in server.asked)


def http(home, **options):
    return Http(Source("s", "http", {"base_url": home.url, "headers": HEADERS, **options}))


def test_headers_reach_their_host(home):
    land(http(home), DATASET, Memory())
    assert home.asked[0].headers["Authorization"] == f"Bearer {SECRET}"
    assert home.asked[0].headers["X-Api-Key"] == SECRET


def test_headers_follow_a_redirect_on_their_host(home):
    home.script = lambda asked: (
        Answer(b"1") if asked.path == "/y" else Answer(status=302, headers={"Location": "/y"})
    )
    assert contents(land(http(home), DATASET, Memory())) == [b"1"]
    assert home.asked[1].headers["X-Api-Key"] == SECRET


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_header_but_harmless_ones_follows_a_redirect_to_another_host(home, elsewhere, status):
    home.script = lambda _asked: Answer(status=status, headers={"Location": f"{elsewhere.url}/y"})
    assert contents(land(http(home), DATASET, Memory())) == [b"[1]"]
    assert SECRET not in shown_to(elsewhere)
    assert elsewhere.asked[0].headers["Accept"] == "text/csv"


def test_headers_dropped_once_do_not_come_back(home, elsewhere):
    home.script = lambda asked: (
        Answer(b"1") if asked.path == "/y" else Answer(status=302, headers={"Location": f"{elsewhere.url}/y"})
    )
    elsewhere.script = lambda _asked: Answer(status=302, headers={"Location": f"{home.url}/y"})
    land(http(home), DATASET, Memory())
    assert home.asked[1].headers["X-Api-Key"] is None


def test_headers_do_not_go_to_an_origin_on_another_host(home, elsewhere):
    land(http(home), Dataset("d", "s", origin=f"{elsewhere.url}/y"), Memory())
    assert SECRET not in shown_to(elsewhere)


def test_what_netrc_holds_is_not_sent(home, monkeypatch, tmp_path):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password hunter22\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    home.script = lambda asked: (
        Answer(b"1") if asked.path == "/y" else Answer(status=302, headers={"Location": "/y"})
    )
    land(http(home, headers={}), DATASET, Memory())
    assert [asked.headers["Authorization"] for asked in home.asked] == [None, None]


AUTHS = [
    {"type": "bearer", "token_env": "LAKE_TEST_SECRET"},
    {"type": "api_key", "name": "X-Key", "key_env": "LAKE_TEST_SECRET"},
    {"type": "api_key", "name": "key", "key_env": "LAKE_TEST_SECRET", "location": "query"},
    {"type": "http_basic", "username_env": "LAKE_TEST_SECRET", "password_env": "LAKE_TEST_SECRET"},
]


def rest(home, auth):
    return Rest(Source("s", "rest", {"base_url": f"{home.url}/v1", "auth": auth, "retries": 0}))


def linked(**paginator):
    return Dataset("d", "s", origin="x", connector_options={"paginator": paginator})


@pytest.mark.parametrize("auth", AUTHS, ids=lambda auth: f"{auth['type']} {auth.get('location', '')}")
def test_no_credentials_follow_a_redirect_to_another_host(home, elsewhere, auth):
    home.script = lambda _asked: Answer(status=302, headers={"Location": f"{elsewhere.url}/y"})
    assert contents(land(rest(home, auth), DATASET, Memory())) == [b"[1]"]
    assert SECRET not in shown_to(elsewhere)
    assert "Authorization" not in shown_to(elsewhere)


@pytest.mark.parametrize("auth", AUTHS, ids=lambda auth: f"{auth['type']} {auth.get('location', '')}")
@pytest.mark.parametrize("kind", ["json_link", "header_link"])
def test_a_next_page_on_another_host_is_refused(home, elsewhere, auth, kind):
    following = f"{elsewhere.url}/v1/x?page=2"
    home.script = lambda _asked: Answer(
        json.dumps({"next": following}).encode(), headers={"Link": f'<{following}>; rel="next"'}
    )
    with pytest.raises(ConnectorError, match="the next page is on another host") as caught:
        land(rest(home, auth), linked(type=kind), Memory())
    assert "base_url" in caught.value.mend
    assert elsewhere.asked == []


@pytest.mark.parametrize(
    "following", ["http://[::1", "http://x:port/", "//evil.example/x", "ftp://evil.example/x"]
)
def test_a_next_page_that_is_no_address_here_is_refused(home, following):
    home.script = lambda _asked: Answer(json.dumps({"next": following}).encode())
    with pytest.raises(ConnectorError, match="the next page is on another host"):
        land(rest(home, AUTHS[0]), linked(type="json_link"), Memory())


@pytest.mark.parametrize(
    "following", ["/v1/x?page=2", "?page=2", "x?page=2", "https://{host}/v1/x?page=2#top"]
)
def test_a_next_page_on_the_host_is_asked_for_over_the_base_url(home, following):
    """A server behind a proxy often names itself with another scheme."""
    host = home.url.removeprefix("http://")
    page = json.dumps({"next": following.format(host=host)}).encode()
    home.script = lambda asked: Answer(b"{}" if "page" in asked.query else page)
    land(rest(home, AUTHS[2]), linked(type="json_link"), Memory())
    assert [asked.target for asked in home.asked] == [f"/v1/x?key={SECRET}", f"/v1/x?page=2&key={SECRET}"]


@pytest.mark.parametrize(
    ("auth", "header"),
    [
        (AUTHS[0], ("Authorization", f"Bearer {SECRET}")),
        (AUTHS[1], ("X-Key", SECRET)),
        ({"type": "api_key", "key_env": "LAKE_TEST_SECRET"}, ("Authorization", SECRET)),
    ],
)
def test_credentials_reach_their_host(home, auth, header):
    land(rest(home, auth), DATASET, Memory())
    name, value = header
    assert home.asked[0].headers[name] == value


def test_basic_credentials_reach_their_host(home, monkeypatch):
    monkeypatch.setenv("LAKE_TEST_USER", "Zoë")
    auth = {"type": "http_basic", "username_env": "LAKE_TEST_USER", "password_env": "LAKE_TEST_SECRET"}
    land(rest(home, auth), DATASET, Memory())
    assert home.asked[0].headers["Authorization"] == "Basic Wm/Dqzpz" + "M2NyM3Qtb2YtdGhlLXRlc3Rz"


def test_a_line_end_after_a_token_is_not_part_of_it(home, monkeypatch):
    monkeypatch.setenv("LAKE_TEST_SECRET", f"{SECRET}\n")
    land(rest(home, AUTHS[0]), DATASET, Memory())
    assert home.asked[0].headers["Authorization"] == f"Bearer {SECRET}"
