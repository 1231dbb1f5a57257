"""What a failure over HTTP means, and what to do about it."""

from __future__ import annotations

from requests import Response, exceptions
from urllib3.exceptions import ReadTimeoutError

from lake_assets.errors import ConnectorError

__all__ = ["CUT", "NO_ANSWER", "PASSING", "CutError", "RefusedError", "Sayings", "require_status", "said"]

PASSING = frozenset({429, 500, 502, 503, 504})
"""Status codes of failures that may pass."""

_MENDS = {
    401: "correct the credentials of the source",
    403: "correct the credentials of the source, or ask its owner for the right to read this",
    404: "correct base_url and origin",
    410: "correct base_url and origin",
    429: "look less often: raise every_s of the source",
}


class CutError(ConnectorError):
    """The answer began and did not come to its end."""


class RefusedError(ConnectorError):
    """The server answered, but not with what was asked for."""

    status = 0


def require_status(response: Response, place: str, wanted: frozenset[int]) -> None:
    """Refuse an answer of another status.

    Raises:
        RefusedError: When the status is not wanted.
    """
    status = response.status_code
    if status not in wanted:
        later = (
            "run again later; the fault is the server's"
            if status in PASSING
            else "correct origin, params and headers"
        )
        error = RefusedError(
            f"the server answers {status} {response.reason or ''}".rstrip(),
            place=place,
            mend=_MENDS.get(status, later),
        )
        error.status = status
        raise error


Sayings = tuple[tuple[type[Exception] | tuple[type[Exception], ...], str, str], ...]

# The first kind that fits counts.
NO_ANSWER: Sayings = (
    (
        exceptions.ConnectTimeout,
        "no connection within {timeout_s:g} s",
        "check base_url and the network",
    ),
    (
        (exceptions.ReadTimeout, ReadTimeoutError),
        "no answer within {timeout_s:g} s",
        "run again later, or raise timeout_s",
    ),
    (
        exceptions.SSLError,
        "the server's certificate is not trusted",
        "check base_url, or trust its authority",
    ),
    (exceptions.TooManyRedirects, "the server redirects in a circle", "correct base_url and origin"),
    (
        exceptions.ConnectionError,
        "the server cannot be reached",
        "check base_url and that the server runs",
    ),
    (Exception, "the request cannot be sent", "correct base_url, origin and headers"),
)
CUT: Sayings = (
    (Exception, "the body of the answer is cut or damaged", "run again; what is landed already stays"),
)


def said(error: Exception, sayings: Sayings) -> tuple[str, str]:
    """What and mend of a lower error."""
    # Where requests has no name of its own for a failure, urllib3's is the reason in its argument.
    reason = getattr(error.args[0] if error.args else None, "reason", None) or error
    fitting = (
        what_and_mend
        for kind, *what_and_mend in sayings
        if isinstance(error, kind) or isinstance(reason, kind)
    )
    what, mend = next(fitting)
    return f"{what} ({type(reason).__name__})", mend
