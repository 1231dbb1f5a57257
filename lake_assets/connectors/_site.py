"""A host that is asked over HTTP: patience, credentials for it alone, every failure as one kind of error."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import requote_uri
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

from lake_assets.connectors._copy import CHUNK_BYTES
from lake_assets.connectors._http_errors import CUT, NO_ANSWER, PASSING, CutError, Sayings, said
from lake_assets.connectors._oauth import Token
from lake_assets.connectors._pace import Pace
from lake_assets.connectors._secrets import Secrets
from lake_assets.connectors._urls import host_of
from lake_assets.errors import ConnectorError

__all__ = ["Manner", "Site", "open_site"]

_BACKOFF_S = 0.5
_LONGEST_WAIT_S = 300
_NOT_PRIVATE = frozenset({"accept", "user-agent"})
_PLAIN_QUERY = re.compile(r"(?:[\w.~=&+-]|%[0-9A-F]{2})+", re.ASCII)
_UNAUTHORISED = 401


@dataclass(frozen=True)
class Manner:
    """How a host wants to be asked, where it wants something special.

    Args:
        token: What to prove who asks by; None without one.
        pace: How much to ask; None for any amount.
        repeats: The methods that may be repeated, because they change nothing there.
    """

    token: Token | None = field(default=None, repr=False)
    pace: Pace | None = None
    repeats: frozenset[str] = frozenset({"GET"})


@dataclass(frozen=True)
class Site:
    """A host that is being asked.

    Args:
        session: Its connections.
        home: Its address; declared headers are sent nowhere else.
        timeout_s: How long to wait for a connection, and for each next piece of an answer.
        secrets: What no error may show.
        headers: What to send there.
        retries: How often to ask again after a failure that may pass.
        manner: How to ask.
    """

    session: requests.Session
    home: str
    timeout_s: float
    secrets: Secrets
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    retries: int = 0
    manner: Manner = Manner()

    @contextmanager
    def get(
        self, url: str, place: str, extra: Mapping[str, str] | None = None, body: str = ""
    ) -> Iterator[requests.Response]:
        """Ask for an address, or post a body there; the answer is not read yet. Any status is an answer.

        Raises:
            ConnectorError: When there is no answer.
        """
        with self._turn():
            response = self._asked(url, place, extra, body)
            if response.status_code == _UNAUTHORISED and self.manner.token and self._is_home(url):
                response.close()
                self.manner.token.forget()
                response = self._asked(url, place, extra, body)
            with response:
                yield response

    def chunks(self, response: requests.Response, place: str) -> Iterator[bytes]:
        """The body of an answer, whole.

        Raises:
            CutError: When it is cut.
        """
        with self._mapped(place, CUT):
            yield from response.iter_content(CHUNK_BYTES)

    def wait(self, failures: int) -> None:
        """Wait before asking again: longer with each failure, and not as long as others who failed."""
        longest_s = min(_LONGEST_WAIT_S, _BACKOFF_S * 2**failures)
        time.sleep(longest_s * random.uniform(0.5, 1))  # noqa: S311 - only spreads the waiting

    def _asked(self, url: str, place: str, extra: Mapping[str, str] | None, body: str) -> requests.Response:
        own = self._own(url)
        posted = {"Content-Type": "application/json"} if body else {}
        with self._mapped(place):
            return self.session.request(
                "POST" if body else "GET",
                url,
                headers={**posted, **own, **(extra or {})},
                data=body.encode() or None,
                stream=True,
                timeout=self.timeout_s,
                allow_redirects=not body,
                # An auth that adds nothing, else requests sends what ~/.netrc holds for the host.
                auth=_no_auth,
            )

    def _own(self, url: str) -> Mapping[str, str]:
        if not self._is_home(url):
            return {}
        token = self.manner.token
        return {**self.headers, **token.header(self._post)} if token else self.headers

    def _is_home(self, url: str) -> bool:
        return host_of(url) == host_of(self.home)

    def _post(self, url: str, form: dict[str, str], headers: dict[str, str], place: str) -> requests.Response:
        """Post a form to where tokens are handed out; it is followed nowhere else."""
        self.session.mount(url, HTTPAdapter(max_retries=_retry(self.retries, {"POST"}, self.manner.pace)))
        with self._mapped(place):
            return self.session.post(
                url,
                data=form,
                headers=headers,
                timeout=self.timeout_s,
                allow_redirects=False,
                auth=_no_auth,
            )

    def _turn(self) -> AbstractContextManager[None]:
        return self.manner.pace.turn() if self.manner.pace else nullcontext()

    @contextmanager
    def _mapped(self, place: str, sayings: Sayings | None = None) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError, HTTPError) as error:
            self.secrets.hide_in(error)
            what, mend = said(error, sayings or NO_ANSWER)
            kind = CutError if sayings is CUT else ConnectorError
            raise kind(what.format(timeout_s=self.timeout_s), place=place, mend=mend) from error


@contextmanager
def open_site(
    home: str,
    headers: Mapping[str, str],
    secrets: Secrets,
    *,
    timeout_s: float,
    retries: int,
    manner: Manner | None = None,
) -> Iterator[Site]:
    """Make ready to ask a host; nothing is sent yet.

    Args:
        home: Its address.
        headers: What to send to this host and no other.
        secrets: What no error and no log may show.
        timeout_s: See `Site`.
        retries: How often to ask again after a failure that may pass.
        manner: See `Manner`.
    """
    asked = manner or Manner()
    adapter = HTTPAdapter(max_retries=_retry(retries, asked.repeats, asked.pace))
    with _OneHostSession(headers) as session, secrets.hidden_in_logs():
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        yield Site(session, home, timeout_s, secrets, headers, retries, asked)


def _retry(retries: int, methods: Collection[str], pace: Pace | None = None) -> Retry:
    made = _PacedRetry(
        total=retries,
        status_forcelist=PASSING,
        allowed_methods=methods,
        backoff_factor=_BACKOFF_S,
        backoff_jitter=_BACKOFF_S,
        retry_after_max=_LONGEST_WAIT_S,
        raise_on_status=False,
    )
    made.pace = pace
    return made


class _PacedRetry(Retry):
    """Keeps the pace also when it asks again."""

    pace: Pace | None = None

    def new(self, **changes: Any) -> _PacedRetry:
        made = super().new(**changes)
        made.pace = self.pace
        return made

    def sleep(self, response: Any = None) -> None:  # noqa: ANN401 - as urllib3 declares it
        super().sleep(response)
        if self.pace:
            self.pace.take()


class _OneHostSession(requests.Session):
    """Sends what is private to one host, and drops it where a redirect leads to another."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        super().__init__()
        self._private = [name for name in headers if name.lower() not in _NOT_PRIVATE]
        self._cookie = next((value for name, value in headers.items() if name.lower() == "cookie"), None)
        self._settings: dict[str, Any] = {}
        self._last: tuple[object, requests.PreparedRequest] | None = None
        self.headers["User-Agent"] = "lake_assets"

    def merge_environment_settings(self, *given: Any, **named: Any) -> Any:  # noqa: ANN401 - a mapping of requests' own
        """Look once for each host what the environment says of proxies and certificates: that takes a while."""
        url, *others = (*given, *named.values())
        asked = f"{urlsplit(str(url)).scheme}://{host_of(str(url))} {others}"
        if asked not in self._settings:
            self._settings[asked] = super().merge_environment_settings(*given, **named)
        return dict(self._settings[asked])

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        """Make ready what is asked; where the query alone differs from the last one, all else is there already."""
        address, mark, query = str(request.url).partition("?")
        is_plain = request.auth is _no_auth and not request.data and not self.cookies
        if not is_plain or not mark or not _PLAIN_QUERY.fullmatch(query):
            return super().prepare_request(request)
        asked = request.method, address, tuple(request.headers.items())
        if self._last is None or self._last[0] != asked:
            self._last = asked, super().prepare_request(request)
        again = self._last[1].copy()
        again.url = requote_uri(f"{str(again.url).partition('?')[0]}?{query}")
        return again

    def rebuild_auth(self, prepared_request: requests.PreparedRequest, response: requests.Response) -> None:
        asked = response.request
        if not _is_as_safe(str(asked.url), str(prepared_request.url)):
            for name in (*self._private, "Authorization"):
                prepared_request.headers.pop(name, None)
        elif self._cookie and self._cookie in str(asked.headers.get("Cookie")):
            prepared_request.headers["Cookie"] = self._cookie  # requests drops it at every redirect


def _is_as_safe(before: str, after: str) -> bool:
    return host_of(before) == host_of(after) and (
        after.startswith("https:") or not before.startswith("https:")
    )


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request
