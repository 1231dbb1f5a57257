"""The checksum of a file as its server states it in another file beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lake_assets.connectors._http_errors import require_status
from lake_assets.connectors._site import Site
from lake_assets.connectors._urls import shown
from lake_assets.errors import ConnectorError

__all__ = ["stated_digest"]

_ALGORITHMS = {32: "md5", 40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}
_LINE = re.compile(r"\\?([0-9a-fA-F]{32,128})(?:\s+\*?(.+))?")
_BSD_LINE = re.compile(r"[\w-]+ ?\((.+)\) ?= ?([0-9a-fA-F]{32,128})")
_MOST_BYTES = 1 << 20


def stated_digest(site: Site, url: str, name: str, place: str) -> dict[str, str]:
    """The digest of a file, by algorithm, as `sha256sum` and its like write it.

    Args:
        site: Who is asked.
        url: Where it is stated.
        name: The file; of several lines the one that names it counts.
        place: For errors.

    Raises:
        ConnectorError: When nothing is stated there.
    """
    where = f"{place}, checksum {shown(url)}"
    with site.get(url, where) as response:
        require_status(response, where, frozenset({200}))
        text = b"".join(_bounded(site.chunks(response, where))).decode("utf-8", "replace")
    stated = list(_stated(text))
    wanted = [digest for named, digest in stated if _is_same_file(named, name)]
    digest = wanted[0] if wanted else stated[0][1] if len(stated) == 1 and not stated[0][0] else ""
    if len(digest) not in _ALGORITHMS:
        what = f"no checksum of {name.rpartition('/')[2]} is stated"
        raise ConnectorError(what, place=where, mend="correct checksum_url")
    return {_ALGORITHMS[len(digest)]: digest}


def _stated(text: str) -> Iterator[tuple[str, str]]:
    for line in map(str.strip, text.splitlines()):
        if found := _LINE.fullmatch(line):
            yield found[2] or "", found[1]
        elif found := _BSD_LINE.fullmatch(line):
            yield found[1], found[2]


def _is_same_file(named: str, name: str) -> bool:
    return bool(named) and named.rpartition("/")[2] == name.rpartition("/")[2]


def _bounded(chunks: Iterator[bytes]) -> Iterator[bytes]:
    left = _MOST_BYTES
    for chunk in chunks:
        yield chunk[:left]
        left -= len(chunk)
        if left <= 0:
            return
