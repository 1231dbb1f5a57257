"""A token that a server hands out for a while."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote_plus

from requests import Response

from lake_assets.connectors._secrets import Secrets
from lake_assets.connectors._urls import shown
from lake_assets.errors import ConnectorError

__all__ = ["Post", "Token"]

_SOON_S = 60
_SOON_SHARE = 0.1
_FINE = 200

Post = Callable[[str, dict[str, str], dict[str, str], str], Response]
"""Posts a form: address, form, headers, place."""


@dataclass
class Token:
    """A token, asked for when it is needed: at first, a little before it expires, and after it was refused.

    Args:
        url: Where to ask.
        client: Client id and secret; either may be empty.
        data: What else is sent.
        is_basic: Whether the client goes into `Authorization: Basic`, not into the form.
        lasts_s: How long it is good for where the server does not say.
        secrets: What no error may show; each token becomes one.
        place: For errors.
    """

    url: str
    client: tuple[str, str] = field(repr=False)
    data: dict[str, str] = field(repr=False)
    is_basic: bool
    lasts_s: float
    secrets: Secrets
    place: str
    _value: str = field(default="", repr=False)
    _good_until: float = 0

    def header(self, post: Post) -> dict[str, str]:
        """The header that proves who asks.

        Raises:
            ConnectorError: When the server hands out no token.
        """
        if not self._value or time.monotonic() >= self._good_until:
            self._ask(post)
        return {"Authorization": f"Bearer {self._value}"}

    def forget(self) -> None:
        """Take it for refused, so that the next request asks for another one."""
        self._value = ""

    def _ask(self, post: Post) -> None:
        place = f"{self.place}, POST {shown(self.url)}"
        with post(self.url, {**self.data, **self._in_form()}, self._in_header(), place) as response:
            answer = _answer(response, place)
        lasts_s = _seconds(answer.get("expires_in"), self.lasts_s)
        self._value = str(answer["access_token"])
        self._good_until = time.monotonic() + lasts_s - min(_SOON_S, lasts_s * _SOON_SHARE)
        if self.data.get("refresh_token") and answer.get("refresh_token"):
            self.data["refresh_token"] = str(answer["refresh_token"])
        self.secrets.add(self._value, self.data.get("refresh_token", ""))

    def _in_form(self) -> dict[str, str]:
        named = dict(zip(("client_id", "client_secret"), self.client, strict=True))
        return {} if self.is_basic else {name: value for name, value in named.items() if value}

    def _in_header(self) -> dict[str, str]:
        pair = ":".join(map(quote_plus, self.client))
        basic = {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"} if self.is_basic else {}
        return {"Accept": "application/json", **basic}


def _answer(response: Response, place: str) -> dict[str, object]:
    """What the server says; nothing of it is shown."""
    try:
        answer = response.json() if response.status_code == _FINE else {}
    except ValueError:
        answer = {}
    if not isinstance(answer, dict) or not answer.get("access_token"):
        what = f"the server hands out no token: it answers {response.status_code}"
        mend = "correct access_token_url and the credentials in auth"
        raise ConnectorError(what, place=place, mend=mend)
    return answer


def _seconds(said: object, default: float) -> float:
    try:
        return float(str(said))
    except ValueError:
        return default
