"""One file behind a URL: `connector: {kind: http, base_url: "https://data.example.org"}`.

It is asked for only if it has changed, gone on with where it was cut, and held against its checksum.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from typing import BinaryIO, ClassVar
from urllib.parse import unquote, urljoin, urlsplit

from pydantic import ConfigDict, Field
from requests import Response

from lake_assets.connectors._copy import write_all
from lake_assets.connectors._http_body import Promise, whole_body
from lake_assets.connectors._http_checksum import stated_digest
from lake_assets.connectors._http_errors import require_status
from lake_assets.connectors._newness import mark_of, new_fingerprint
from lake_assets.connectors._options import checked
from lake_assets.connectors._secrets import Secrets, referenced
from lake_assets.connectors._site import Site, open_site
from lake_assets.connectors._urls import joined, require_url, shown
from lake_assets.connectors.protocol import ConnectorOptions, Known
from lake_assets.errors import ConnectorError
from lake_assets.model import Arrival, Dataset, Source
from lake_assets.settings import expand

__all__ = ["Http", "HttpDatasetOptions", "HttpOptions"]

_UNCHANGED = 304
_WANTED = frozenset({200, 203, _UNCHANGED})
_CONDITIONS = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
_AS_IT_IS = {"Accept-Encoding": "identity"}  # the bytes of the file itself, as many as Content-Length says
_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


class HttpOptions(ConnectorOptions):
    """What a source of this kind declares.

    Args:
        base_url: What an origin is below; not needed where origins are whole URLs.
        headers: Sent to the host of `base_url` and no other; secrets as `${NAME}`.
        timeout_s: How long to wait for a connection, and for each next piece of an answer.
        retries: How often to ask again after 429, 5xx or a lost connection.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    base_url: str = ""
    headers: dict[str, str] = Field(default_factory=dict, repr=False)
    timeout_s: float = Field(default=60, gt=0)
    retries: int = Field(default=4, ge=0)


class HttpDatasetOptions(ConnectorOptions):
    """What a dataset of such a source declares.

    Args:
        sha256: The hexadecimal SHA-256 that the file must have.
        md5: The MD5, where its owner gives no better one.
        checksum_url: Where the server keeps it, such as `data.csv.sha256`: a URL, or a path from the file's folder on.
        max_bytes: The largest file taken; any size by default.
    """

    sha256: str | None = Field(default=None, pattern="^[0-9a-fA-F]{64}$")
    md5: str | None = Field(default=None, pattern="^[0-9a-fA-F]{32}$")
    checksum_url: str | None = Field(default=None, min_length=1)
    max_bytes: int | None = Field(default=None, gt=0)

    @property
    def digests(self) -> dict[str, str]:
        """The digests that are declared, by algorithm."""
        return {name: value for name, value in (("sha256", self.sha256), ("md5", self.md5)) if value}


class Http:
    """Asks for a file only if it has changed: by its ETag, else by its Last-Modified.

    Where a server gives neither, it is fetched at each look, and landing tells by the bytes what is new.
    """

    options: ClassVar[type[ConnectorOptions]] = HttpOptions
    dataset_options: ClassVar[type[ConnectorOptions]] = HttpDatasetOptions

    def __init__(self, source: Source) -> None:
        """Keep what the source declares."""
        self._place = f"source {source.name}"
        self._options = checked(HttpOptions, source.connector_options, str(source.place) or self._place)

    def discover(self, dataset: Dataset, known: Known) -> Iterator[Arrival]:
        """Give the file behind the dataset's origin, unless it is the one that was landed last.

        The answer stays open until the next arrival is asked for: fetch it before.

        Raises:
            ConnectorError: When the server cannot be reached or refuses.
        """
        options = checked(HttpDatasetOptions, dataset.connector_options, str(dataset.place) or self._place)
        url, place = self._address(dataset)
        origin = dataset.origin or "/"
        asked = {**_AS_IT_IS, **_conditions(mark_of(known.latest_fingerprint(origin)))}
        with self._site(url, dataset.origin, place) as site, site.get(url, place, asked) as response:
            require_status(response, place, _WANTED)
            fingerprint = new_fingerprint(known, origin, _mark(response))
            if response.status_code != _UNCHANGED and fingerprint:
                promise = _promise(site, url, options, place)
                promise.allow(int(response.headers.get("Content-Length") or 0), place)
                body = _Body(site, response, promise, place)
                try:
                    yield Arrival(origin, fingerprint, _name(response, url) or dataset.name, body.fetch)
                finally:
                    body.closed = True  # a closed answer reads as an empty one

    def _address(self, dataset: Dataset) -> tuple[str, str]:
        place = f"{self._place}, dataset {dataset.name}"
        base, origin = expand(self._options.base_url, place=place), expand(dataset.origin, place=place)
        whole = "://" in origin
        url = require_url(origin if whole else joined(base, origin), place)
        # The path is shown as declared: the origin may refer to a secret.
        return url, f"{place}, URL {shown(dataset.origin if whole else joined(base, dataset.origin))}"

    def _site(self, url: str, origin: str, place: str) -> AbstractContextManager[Site]:
        declared = self._options.headers
        headers = {name: expand(value, place=place).strip() for name, value in declared.items()}
        secrets = Secrets([*headers.values(), *referenced(*declared.values(), origin)])
        home = expand(self._options.base_url, place=place) or url
        return open_site(
            home, headers, secrets, timeout_s=self._options.timeout_s, retries=self._options.retries
        )


@dataclass
class _Body:
    """The body of an answer that is being held open."""

    site: Site = field(repr=False)
    response: Response = field(repr=False)
    promise: Promise
    place: str
    closed: bool = False

    def fetch(self, into: BinaryIO) -> str:
        """Write the body; it can be had once, and only before the next arrival is asked for."""
        if self.closed:
            mend = "fetch an arrival before the next one is asked for, and once"
            raise ConnectorError("the answer is closed", place=self.place, mend=mend)
        self.closed = True
        write_all(self.promise.kept(whole_body(self.site, self.response, self.place), self.place), into)
        return ""


def _promise(site: Site, url: str, options: HttpDatasetOptions, place: str) -> Promise:
    digests = options.digests
    if options.checksum_url:
        checksum_url = urljoin(url, expand(options.checksum_url, place=place))
        digests |= stated_digest(site, checksum_url, _name_in(url), place)
    return Promise(digests, options.max_bytes)


def _mark(response: Response) -> str:
    said = {name: response.headers[name] for name in _CONDITIONS if name in response.headers}
    return json.dumps(said or {"asked": datetime.now(UTC).isoformat()})


def _conditions(mark: str) -> dict[str, str]:
    try:
        said = dict(json.loads(mark))
    except (ValueError, TypeError):
        said = {}  # nothing was landed yet, or through a connector of another kind
    return {condition: said[name] for name, condition in _CONDITIONS.items() if name in said}


def _name(response: Response, url: str) -> str:
    said = Message()
    said["Content-Disposition"] = response.headers.get("Content-Disposition", "")
    name = said.get_filename() or _name_in(url)
    return _NOT_IN_A_NAME.sub("_", name.replace("\\", "/").rstrip("/").rpartition("/")[2]).lstrip(".").strip()


def _name_in(url: str) -> str:
    return unquote(urlsplit(url).path)
