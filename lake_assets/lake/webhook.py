"""Telling somebody by HTTP."""

from __future__ import annotations

import time
from collections.abc import Mapping

from lake_assets.errors import ConnectorError

__all__ = ["post"]

_TRIES, _PAUSE_S, _ANSWER_S = 3, 0.5, 5.0
_TOO_MANY, _FAULTY, _WRONG = 429, 500, 400


def post(url: str, document: Mapping[str, object], name: str) -> None:
    """Send a JSON document; what may pass is tried again, twice, after a moment each.

    Args:
        url: Where to; a secret, and never told.
        document: What.
        name: What the URL is called when it must be told of.

    Raises:
        ConnectorError: When nobody took it.
    """
    trouble = ""
    for left in reversed(range(_TRIES)):
        trouble, may_pass = _attempt(url, document)
        if not trouble:
            return
        if not (left and may_pass):
            break
        time.sleep(_PAUSE_S * 2 ** (_TRIES - 1 - left))
    mend = f"make sure that {name} holds the URL of a webhook that is there; the alert is told again at the next run"
    raise ConnectorError(f"the webhook did not take an alert: {trouble}", place=name, mend=mend)


def _attempt(url: str, document: Mapping[str, object]) -> tuple[str, bool]:
    """What went wrong, if anything, and whether it may pass."""
    import requests

    try:
        answer = requests.post(url, json=document, timeout=_ANSWER_S, allow_redirects=False)
    except (requests.ConnectionError, requests.Timeout) as error:
        return type(error).__name__, True  # its message holds the URL
    except requests.RequestException as error:
        return type(error).__name__, False
    status = answer.status_code
    if status < _WRONG:
        return "", False
    return f"status {status}", status == _TOO_MANY or status >= _FAULTY
