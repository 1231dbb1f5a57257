"""The options of a connector for the record: what may be a secret is not among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

__all__ = ["connection_of", "credentials_of"]

_REFERENCE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)[^}]*\}")
_GRAVE = re.compile(
    r"pass|secret|token|api_?key|credential|authorization|cookie|headers?$|private|\.pem", re.IGNORECASE
)
_USER = re.compile(r"(?<=://)[^/@\s]+(?=@)")
_IN_QUERY = re.compile(r"(?<=[?&])([^=&\s]*(?:key|token|secret|pass|sig)[^=&\s]*)=[^&\s]+", re.IGNORECASE)
_HIDDEN = "***"


def connection_of(options: Mapping[str, object]) -> dict[str, object]:
    """Options as they may be shown: secrets by the names of their variables only.

    >>> connection_of({"url": "https://ann:x@host/", "token": "abc", "token_env": "T", "auth": {"password": "${P}"}})
    {'url': 'https://***@host/', 'token': '***', 'token_env': 'T', 'auth': {'password': '${P}'}}
    """
    return {name: _shown(name, value) for name, value in options.items()}


def credentials_of(*options: Mapping[str, object]) -> list[str]:
    """The names of the environment variables that options refer to, sorted.

    >>> credentials_of({"token_env": "T", "url": "${HOST}/x", "every": 3})
    ['HOST', 'T']
    """
    return sorted({name for each in options for name in _named(each)})


def _shown(name: str, value: object) -> object:
    if isinstance(value, Mapping):
        is_grave = bool(_GRAVE.search(name))
        return {str(inner): _shown(name if is_grave else str(inner), each) for inner, each in value.items()}
    if isinstance(value, list | tuple):
        return [_shown(name, each) for each in value]
    if not isinstance(value, str):
        return value
    if _GRAVE.search(name) and not name.endswith("_env") and not _REFERENCE.search(value):
        return _HIDDEN
    return _IN_QUERY.sub(rf"\1={_HIDDEN}", _USER.sub(_HIDDEN, value))


def _named(value: object, name: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for inner, each in value.items():
            yield from _named(each, str(inner))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _named(each, name)
    elif isinstance(value, str):
        yield from [value] if name.endswith("_env") else _REFERENCE.findall(value)
