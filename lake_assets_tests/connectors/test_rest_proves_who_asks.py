"""Tokens that a server hands out: asked for in time, kept to themselves, and asked for again when refused."""

import base64
import json
import time
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import pytest

from lake_assets.connectors import _oauth
from lake_assets.connectors.rest import Rest
from lake_assets.errors import ConnectorError, DeclarationError
from lake_assets.model import Dataset, Source
from lake_assets_tests.connectors.contract import SECRET
from lake_assets_tests.connectors.memory import Memory, contents, land, land_until_refused
from lake_assets_tests.connectors.servers import Answer, scripted

PAGES = {"paginator": {"type": "page_number", "maximum_page": 3}, "data_selector": "@"}
ITEMS = Dataset("items", "api", origin="items", connector_options=PAGES)
CREDENTIALS = {"client_id": "lake", "client_secret_env": "LAKE_TEST_SECRET"}
GRANTED = {"type": "oauth2_client_credentials", **CREDENTIALS}
REFRESHED = {"type": "oauth2_refresh_token", "refresh_token": "${LAKE_TEST_REFRESH}", **CREDENTIALS}


@dataclass
class Guarded:
    """An API that takes only the token that it handed out last."""

    url: str = ""
    says: dict[str, object] = field(default_factory=dict)
    forms: list[dict[str, str]] = field(default_factory=list)
    headers: list[str | None] = field(default_factory=list)
    token: str = ""
    revoke_after: int = 0
    pages: int = 0

    def answer(self, asked):
        if asked.method == "POST":
            self.forms.append({name: value[0] for name, value in parse_qs(asked.body.decode()).items()})
            self.headers.append(asked.headers["Authorization"])
            self.token = f"t0ken-number-{len(self.forms)}"
            return Answer(json.dumps({"access_token": self.token, **self.says}).encode())
        if asked.headers["Authorization"] != f"Bearer {self.token}":
            return Answer(b"who are you?", status=401)
        self.pages += 1
        if self.pages == self.revoke_after:
            self.token = "revoked"
        return Answer(json.dumps([{"id": self.pages}]).encode())

    def connector(self, auth=GRANTED, **options):
        auth = {"access_token_url": f"{self.url}/token", **auth}
        return Rest(Source("api", "rest", {"base_url": self.url, "auth": auth, "retries": 0, **options}))


@pytest.fixture
def guarded(monkeypatch):
    monkeypatch.setenv("LAKE_TEST_SECRET", SECRET)
    monkeypatch.setenv("LAKE_TEST_REFRESH", "refresh-me-first")
    made = Guarded()
    with scripted(made.answer) as server:
        made.url = server.url
        yield made


def test_one_token_serves_a_whole_pull(guarded):
    assert len(land(guarded.connector(), ITEMS, Memory())) == 4
    sent = {"grant_type": "client_credentials", "client_id": "lake", "client_secret": SECRET}
    assert guarded.forms == [sent]
    assert guarded.headers == [None]


def test_what_else_the_server_wants_is_sent(guarded):
    extra = {"access_token_request_data": {"scope": "read", "audience": "${LAKE_TEST_SECRET}"}}
    land(guarded.connector({**GRANTED, **extra}), ITEMS, Memory())
    assert guarded.forms[0]["scope"] == "read"
    assert guarded.forms[0]["audience"] == SECRET


def test_a_client_may_prove_itself_in_a_header(guarded):
    land(guarded.connector({**GRANTED, "client_auth": "basic"}), ITEMS, Memory())
    assert guarded.forms == [{"grant_type": "client_credentials"}]
    pair = base64.b64decode(guarded.headers[0].removeprefix("Basic ")).decode()
    assert pair == f"lake:{SECRET}"


@pytest.mark.parametrize("lasts_s", [0, 0.000001, "0.000001"])
def test_a_token_is_replaced_before_it_expires(guarded, lasts_s):
    guarded.says = {"expires_in": lasts_s}
    assert len(land(guarded.connector(), ITEMS, Memory())) == 4
    assert len(guarded.forms) == 4


@pytest.mark.parametrize(
    ("said", "good_for_s"),
    [({}, 3540), ({"expires_in": 100}, 90), ({"expires_in": 7200}, 7140), ({"expires_in": "soon"}, 3540)],
    ids=str,
)
def test_a_token_counts_as_expired_a_little_before(guarded, said, good_for_s):
    guarded.says = said
    made = []

    def note(token):
        made.append(token)

    connector = guarded.connector()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_oauth.Token, "forget", note)
        guarded.revoke_after = 1
        land_until_refused(connector, ITEMS, Memory())
    assert made[0]._good_until - time.monotonic() == pytest.approx(good_for_s, abs=5)


def test_a_refused_token_is_replaced_and_the_page_asked_for_again(guarded):
    guarded.revoke_after = 2
    assert [json.loads(page)[0]["id"] for page in contents(land(guarded.connector(), ITEMS, Memory()))] == [
        1,
        2,
        3,
        4,
    ]
    assert len(guarded.forms) == 2


def test_a_server_that_refuses_every_token_is_an_error(guarded):
    connector = guarded.connector({**GRANTED, "access_token_url": f"{guarded.url}/token"})
    guarded.says = {"access_token": "another-token"}
    with pytest.raises(ConnectorError, match="401") as caught:
        land(connector, ITEMS, Memory())
    assert len(guarded.forms) == 2
    assert "another-token" not in str(caught.value)


def test_a_refresh_token_is_exchanged_and_followed(guarded):
    guarded.says = {"expires_in": 0, "refresh_token": "refresh-me-again"}
    land(guarded.connector(REFRESHED), ITEMS, Memory())
    assert [form["grant_type"] for form in guarded.forms] == ["refresh_token"] * 4
    assert [form["refresh_token"] for form in guarded.forms] == ["refresh-me-first"] + [
        "refresh-me-again"
    ] * 3


@pytest.mark.parametrize(
    "answer",
    [Answer(b"no", status=400), Answer(b"<html>"), Answer(b"{}"), Answer(b"[1]"), Answer(status=302)],
    ids=["refused", "no json", "no token", "no object", "elsewhere"],
)
def test_a_server_that_hands_out_no_token(guarded, answer):
    with scripted(lambda _asked: answer) as tokens:
        connector = guarded.connector({**GRANTED, "access_token_url": f"{tokens.url}/token?x={SECRET}"})
        with pytest.raises(ConnectorError, match="hands out no token") as caught:
            land(connector, ITEMS, Memory())
    assert "/token" in caught.value.place
    assert SECRET not in str(caught.value)
    assert "access_token_url" in caught.value.mend


def test_tokens_go_to_the_host_of_the_api_and_no_other(guarded):
    with scripted(lambda _asked: Answer(b"[]")) as elsewhere:
        plain = guarded.answer
        with scripted(
            lambda asked: (
                plain(asked)
                if asked.method == "POST"
                else Answer(status=307, headers={"Location": f"{elsewhere.url}/x"})
            )
        ) as home:
            guarded.url = home.url
            land(guarded.connector(), ITEMS, Memory())
    assert [asked.headers["Authorization"] for asked in elsewhere.asked] == [None] * len(elsewhere.asked)
    assert elsewhere.asked


def test_a_token_is_shown_in_no_error(guarded):
    guarded.says = {"access_token": "t0ken\nnobody-may-see"}
    with pytest.raises(ConnectorError) as caught:
        land(guarded.connector(), ITEMS, Memory())
    assert "nobody-may-see" not in "".join(map(str, (caught.value, caught.value.__cause__)))


@pytest.mark.parametrize(
    "auth",
    [
        {"type": "bearer"},
        {"type": "bearer", "token": "written-out"},
        {"token": "${A}", "token_env": "A"},
        {"type": "api_key"},
        {"type": "http_basic", "username": "me"},
        {"type": "http_basic", "username": "me", "password": "written-out"},
        {"type": "oauth2_client_credentials", "access_token_url": "http://x", "client_id": "me"},
        {"type": "oauth2_client_credentials", "client_id": "me", "client_secret": "${A}"},
        {"type": "oauth2_refresh_token", "access_token_url": "http://x"},
        "bearer",
        {"type": "no_such"},
    ],
    ids=str,
)
def test_an_auth_that_is_not_whole_or_holds_a_secret_is_refused(auth):
    with pytest.raises(DeclarationError, match="auth") as caught:
        Rest(Source("api", "rest", {"base_url": "http://x", "auth": auth}))
    assert "written-out" not in str(caught.value)


COOKIE = {"type": "api_key", "name": "session", "api_key": "${LAKE_TEST_SECRET}", "location": "cookie"}


def test_a_key_may_be_a_cookie_that_stays_on_its_host(monkeypatch):
    monkeypatch.setenv("LAKE_TEST_SECRET", SECRET)
    with scripted(lambda _asked: Answer(b"[]")) as elsewhere, scripted() as home:
        targets = {"/a": "/b", "/b": f"{elsewhere.url}/c"}
        home.script = lambda asked: Answer(status=302, headers={"Location": targets[asked.path]})
        connector = Rest(Source("api", "rest", {"base_url": home.url, "auth": COOKIE}))
        land(connector, Dataset("d", "api", origin="a"), Memory())
    assert [asked.headers["Cookie"] for asked in home.asked] == [f"session={SECRET}"] * 2
    assert [asked.headers["Cookie"] for asked in elsewhere.asked] == [None]


@pytest.mark.parametrize(
    ("auth", "header"),
    [
        ({"token": "${LAKE_TEST_SECRET}"}, f"Bearer {SECRET}"),
        ({"type": "api_key", "api_key": "Key ${LAKE_TEST_SECRET}"}, f"Key {SECRET}"),
        (
            {"type": "http_basic", "username": "me", "password": "${LAKE_TEST_SECRET}"},
            "Basic " + base64.b64encode(f"me:{SECRET}".encode()).decode(),
        ),
    ],
    ids=["bearer", "api_key", "http_basic"],
)
def test_secrets_may_be_written_as_references(monkeypatch, auth, header):
    monkeypatch.setenv("LAKE_TEST_SECRET", SECRET)
    with scripted(lambda _asked: Answer(b"[]")) as home:
        land(Rest(Source("api", "rest", {"base_url": home.url, "auth": auth})), ITEMS, Memory())
    assert home.asked[0].headers["Authorization"] == header
