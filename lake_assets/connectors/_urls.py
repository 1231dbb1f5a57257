"""Addresses: joined to a base, shown without secrets, kept without host."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import parse_qsl, unquote_plus, urlencode, urljoin, urlsplit

from lake_assets.errors import ConnectorError

__all__ = [
    "Query",
    "canonical",
    "host_of",
    "joined",
    "query_of",
    "relative",
    "require_url",
    "shown",
    "with_query",
    "without_query",
]

Query = Mapping[str, str | list[str]]

_DEFAULT_PORTS = {"http": 80, "https": 443}


def require_url(url: str, place: str) -> str:
    """The address, if it is one and holds no credentials.

    Raises:
        ConnectorError: When it is none, or holds some; what it says does not show them.
    """
    try:
        fits = bool(urlsplit(url).netloc and host_of(url))
    except ValueError:
        fits = False
    if not fits:
        raise ConnectorError(
            "base_url and origin make no URL", place=place, mend="declare a base_url such as https://x.org"
        )
    if "@" in urlsplit(url).netloc:
        raise ConnectorError(
            "the URL holds a user", place=place, mend="name credentials in headers or auth instead"
        )
    return url


def joined(base: str, request: str) -> str:
    """The address of a request: below the base, or below its host when it starts with `/`.

    >>> joined("https://x.org/v1", "items?page=2"), joined("https://x.org/v1", "/items")
    ('https://x.org/v1/items?page=2', 'https://x.org/items')
    >>> joined("https://x.org/v1/", "")
    'https://x.org/v1'
    """
    if request.startswith("/"):
        return urljoin(base, request)
    start = base.rstrip("/")
    return start + request if not request or request.startswith("?") else f"{start}/{request}"


def relative(url: str, base: str) -> str:
    """What `joined` would make this address of.

    >>> relative("https://x.org/v1/items?page=2", "https://x.org/v1"), relative("http://x.org/a", "https://x.org/v1")
    ('items?page=2', '/a')
    """
    parts, folder = urlsplit(url), urlsplit(base).path.rstrip("/") + "/"
    query = f"?{parts.query}" if parts.query else ""
    inside = parts.path.startswith(folder)
    return (parts.path.removeprefix(folder) if inside else parts.path or "/") + query


def host_of(url: str) -> str:
    """Host and port; the port is left out where it is the scheme's own.

    >>> host_of("https://me:pw@X.org:443/a"), host_of("http://127.0.0.1:8001")
    ('x.org', '127.0.0.1:8001')
    """
    parts = urlsplit(url)
    plain = parts.port in {None, _DEFAULT_PORTS.get(parts.scheme)}
    return (parts.hostname or "") + ("" if plain else f":{parts.port}")


def shown(url: str) -> str:
    """An address fit for an error: no user, no password, no query.

    >>> shown("https://me:pw@x.org/a?key=secret")
    'https://x.org/a'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{host_of(url)}{parts.path}" if parts.netloc else parts.path


def query_of(request: str) -> dict[str, str]:
    """The query of a request; of a name given more than once the last value."""
    return dict(parse_qsl(urlsplit(request).query, keep_blank_values=True))


def with_query(request: str, changes: Query) -> str:
    """The request with these parameters, in place of any of the same name; the others are kept as written.

    >>> with_query("items?page=1&token=a%20b", {"page": "2"})
    'items?token=a%20b&page=2'
    """
    kept = without_query(request, changes)
    if not changes:
        return kept
    return f"{kept}{'&' if '?' in kept else '?'}{urlencode(changes, doseq=True)}"


def without_query(request: str, names: Collection[str]) -> str:
    """The request without these parameters; the others are kept as written.

    >>> without_query("items?page=1&key=secret", ["key"]), without_query("items?key=secret", ["key"])
    ('items?page=1', 'items')
    """
    path, _, query = request.partition("?")
    kept = "&".join(
        pair for pair in query.split("&") if pair and unquote_plus(pair.partition("=")[0]) not in names
    )
    return f"{path}?{kept}" if kept else path


def canonical(request: str) -> str:
    """The request with its parameters in order.

    >>> canonical("items?b=2&a=1")
    'items?a=1&b=2'
    """
    path, mark, query = request.partition("?")
    return f"{path}{mark}{'&'.join(sorted(query.split('&')))}"
