"""A host that is asked over HTTP: patience, credentials for it alone, every failure as one kind of error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

from lake_assets.connectors._copy import CHUNK_BYTES
from lake_assets.connectors._http_errors import CUT, NO_ANSWER, PASSING, Sayings, said
from lake_assets.connectors._secrets import Secrets
from lake_assets.connectors._urls import host_of
from lake_assets.errors import ConnectorError

__all__ = ["Site", "open_site"]

_BACKOFF_S = 0.5
_LONGEST_WAIT_S = 300
_NOT_PRIVATE = frozenset({"accept", "user-agent"})


@dataclass(frozen=True)
class Site:
    """A host that is being asked.

    Args:
        session: Its connections.
        home: Its address; declared headers are sent nowhere else.
        headers: What to send there.
        timeout_s: How long to wait for a connection, and for each next piece of an answer.
        secrets: What no error may show.
    """

    session: requests.Session
    home: str
    timeout_s: float
    secrets: Secrets
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    @contextmanager
    def get(
        self, url: str, place: str, extra: Mapping[str, str] | None = None
    ) -> Iterator[requests.Response]:
        """Ask for an address; the body is not read yet. Any status is an answer.

        Raises:
            ConnectorError: When there is no answer.
        """
        own = self.headers if host_of(url) == host_of(self.home) else {}
        with self._mapped(place):
            # An auth that adds nothing, else requests sends what ~/.netrc holds for the host.
            response = self.session.get(
                url, headers={**own, **(extra or {})}, stream=True, timeout=self.timeout_s, auth=_no_auth
            )
        with response:
            yield response

    def chunks(self, response: requests.Response, place: str) -> Iterator[bytes]:
        """The body of an answer, whole.

        Raises:
            ConnectorError: When it is cut.
        """
        with self._mapped(place, CUT):
            yield from response.iter_content(CHUNK_BYTES)

    @contextmanager
    def _mapped(self, place: str, sayings: Sayings | None = None) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError, HTTPError) as error:
            self.secrets.hide_in(error)
            what, mend = said(error, sayings or NO_ANSWER)
            raise ConnectorError(what.format(timeout_s=self.timeout_s), place=place, mend=mend) from error


@contextmanager
def open_site(
    home: str, headers: Mapping[str, str], secrets: Secrets, *, timeout_s: float, retries: int
) -> Iterator[Site]:
    """Make ready to ask a host; nothing is sent yet.

    Args:
        home: Its address.
        headers: What to send to this host and no other.
        secrets: What no error and no log may show.
        timeout_s: See `Site`.
        retries: How often to ask again after a failure that may pass.
    """
    adapter = HTTPAdapter(max_retries=_patience(retries))
    with _OneHostSession(headers) as session, secrets.hidden_in_logs():
        session.mount("https://", adapter)
        session.mount("http://", adapter)
        yield Site(session, home, timeout_s, secrets, headers)


def _patience(retries: int) -> Retry:
    return Retry(
        total=retries,
        status_forcelist=PASSING,
        allowed_methods={"GET"},
        backoff_factor=_BACKOFF_S,
        retry_after_max=_LONGEST_WAIT_S,
        raise_on_status=False,
    )


class _OneHostSession(requests.Session):
    """Sends what is private to one host, and drops it where a redirect leads to another."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        super().__init__()
        self._private = [name for name in headers if name.lower() not in _NOT_PRIVATE]
        self.headers["User-Agent"] = "lake_assets"

    def rebuild_auth(self, prepared_request: requests.PreparedRequest, response: requests.Response) -> None:
        if not _is_as_safe(str(response.request.url), str(prepared_request.url)):
            for name in (*self._private, "Authorization"):
                prepared_request.headers.pop(name, None)


def _is_as_safe(before: str, after: str) -> bool:
    return host_of(before) == host_of(after) and (
        after.startswith("https:") or not before.startswith("https:")
    )


def _no_auth(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request
