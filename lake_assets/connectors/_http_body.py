"""The body of a file behind a URL: gone on with where it was cut, and held against what was promised of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from requests import Response

from lake_assets.connectors._http_errors import CutError
from lake_assets.connectors._site import Site
from lake_assets.errors import ConnectorError

__all__ = ["Promise", "whole_body"]

_OK, _PARTIAL = 200, 206
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


@dataclass(frozen=True)
class Promise:
    """What is said of a file before it is there.

    Args:
        digests: Its hexadecimal digests by algorithm.
        max_bytes: The most it may have; None for any number.
    """

    digests: Mapping[str, str] = field(default_factory=dict)
    max_bytes: int | None = None

    def kept(self, chunks: Iterator[bytes], place: str) -> Iterator[bytes]:
        """The same chunks, if they keep the promise.

        Raises:
            ConnectorError: When they are too many, or other bytes than was said.
        """
        hashes = {name: hashlib.new(name, usedforsecurity=False) for name in self.digests}
        size_bytes = 0
        for chunk in chunks:
            size_bytes += len(chunk)
            self.allow(size_bytes, place)
            for each in hashes.values():
                each.update(chunk)
            yield chunk
        for name, each in hashes.items():
            if each.hexdigest() != self.digests[name].lower():
                what = f"the {name} of the file is {each.hexdigest()}, expected {self.digests[name].lower()}"
                mend = "run again; if it stays so, ask the owner of the source which is right"
                raise ConnectorError(what, place=place, mend=mend)

    def allow(self, size_bytes: int, place: str) -> None:
        """Refuse a file that is too large.

        Raises:
            ConnectorError: When it has more than `max_bytes`.
        """
        if self.max_bytes is not None and size_bytes > self.max_bytes:
            what = f"the file has more than {self.max_bytes:,} bytes"
            raise ConnectorError(what, place=place, mend="raise max_bytes, or collect something smaller")


def whole_body(site: Site, response: Response, place: str) -> Iterator[bytes]:
    """The bytes of an answer; where they are cut, the server is asked for the rest of the same version.

    Args:
        site: Who is asked.
        response: The answer, its body not read yet.
        place: For errors.

    Raises:
        CutError: When the rest cannot be had.
    """
    had_bytes, failures = 0, 0
    chunks = site.chunks(response, place)
    while True:
        try:
            for chunk in chunks:
                had_bytes += len(chunk)
                failures = 0
                yield chunk
        except CutError:
            if failures >= site.retries or not _validator(response):
                raise
            site.wait(failures)
            failures += 1
            chunks = _rest(site, response, had_bytes, place)
        else:
            return


def _rest(site: Site, first: Response, had_bytes: int, place: str) -> Iterator[bytes]:
    """What follows the bytes that are there; `If-Range` makes sure that it is of the same version."""
    asked = {"Accept-Encoding": "identity", "Range": f"bytes={had_bytes}-", "If-Range": _validator(first)}
    with site.get(str(first.url), place, asked) as response:
        yield from _without(site.chunks(response, place), _ahead(first, response, had_bytes, place))


def _ahead(first: Response, rest: Response, had_bytes: int, place: str) -> int:
    """How many bytes of the rest are there already."""
    found = _RANGE.fullmatch(rest.headers.get("Content-Range", ""))
    if rest.status_code == _PARTIAL and found and int(found[1]) == had_bytes:
        return 0
    if rest.status_code == _OK and _validator(rest) == _validator(first):
        return had_bytes  # a server that knows no ranges sends it all again
    what = "the body of the answer was cut, and the rest of the same version cannot be had"
    raise CutError(what, place=place, mend="run again; what is landed already stays")


def _without(chunks: Iterator[bytes], ahead: int) -> Iterator[bytes]:
    for chunk in chunks:
        if left := chunk[ahead:]:
            yield left
        ahead = max(0, ahead - len(chunk))


def _validator(response: Response) -> str:
    """What names this version and no other: a strong ETag, else the time of its last change; packed, nothing does."""
    if response.headers.get("Content-Encoding", "identity") != "identity":
        return ""
    tag = response.headers.get("ETag", "")
    return tag if tag and not tag.startswith("W/") else response.headers.get("Last-Modified", "")
