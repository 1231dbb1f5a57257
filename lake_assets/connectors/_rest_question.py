"""What is asked of an API for one dataset, and the pages that come back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from pydantic import TypeAdapter, ValidationError

from lake_assets.connectors._http_errors import CutError, require_status
from lake_assets.connectors._rest_auth import Private, split_params
from lake_assets.connectors._rest_detect import detected
from lake_assets.connectors._rest_incremental import start_of
from lake_assets.connectors._rest_options import ResponseAction, RestDatasetOptions
from lake_assets.connectors._rest_page import Page
from lake_assets.connectors._rest_paginators import Auto, Paginator
from lake_assets.connectors._rest_paging import first_request, must_count, next_request
from lake_assets.connectors._rest_progress import Progress
from lake_assets.connectors._rest_request import Request
from lake_assets.connectors._rest_state import Cursor
from lake_assets.connectors._rest_template import fill, placeholders
from lake_assets.connectors._site import Site
from lake_assets.connectors._urls import joined, with_query
from lake_assets.errors import ConnectorError

__all__ = ["Question", "Stride", "pages", "paginator_of"]

_WANTED = frozenset({200, 203, 204})
_COMPRESSED = {"Accept-Encoding": "gzip, deflate"}
_PAGINATOR: TypeAdapter[Paginator] = TypeAdapter(Paginator)


@dataclass(frozen=True)
class Question:
    """What is asked of a site for one dataset.

    Args:
        site: Who is asked.
        base: The base URL.
        path: The path below it, perhaps with placeholders.
        options: Of the dataset.
        private: What goes with every request and is remembered nowhere.
        place: For errors.
        values: What the parent gives for placeholders.
        members: What each record gets of its parent.
    """

    site: Site
    base: str
    path: str
    options: RestDatasetOptions
    private: Private
    place: str
    values: Mapping[str, object] = field(default_factory=dict)
    members: Mapping[str, object] = field(default_factory=dict)

    @property
    def sees_records(self) -> bool:
        """Whether records are looked at, and not bytes alone."""
        options = self.options
        return bool(options.window or options.data_selector or must_count(options.paginator))

    def under(self, values: Mapping[str, object], members: Mapping[str, object]) -> Question:
        """The same for one record of the parent."""
        return replace(self, values=values, members=members)

    def start_value(self, cursor: Cursor | None) -> Cursor | None:
        """Where a pull of what is past a cursor starts.

        Raises:
            ConnectorError: When the cursor cannot lag.
        """
        try:
            return start_of(self.options.window, cursor) if self.options.window else None
        except ValueError as error:
            mend = "take lag out of incremental: the cursor is neither a time nor a number"
            raise ConnectorError("the cursor cannot lag", place=self.place, mend=mend) from error

    def start(self, cursor: Cursor | None) -> Request:
        """The first request of a pull of what is past a cursor."""
        window, options = self.options.window, self.options
        start = self.start_value(cursor)
        values = {**self.values, "incremental.start_value": start, "incremental.last_value": start}
        if window:
            values |= {
                "incremental.initial_value": window.initial_value,
                "incremental.end_value": window.end_value,
            }
        quoted = {name: quote(str(value), safe="") for name, value in values.items()}
        plain, _ = split_params(fill(_told(options.plain_params, values), values))  # type: ignore[arg-type]
        sent = {window.sends_start_as: start, window.end_param: window.end_value} if window else {}
        asked = {name: str(value) for name, value in sent.items() if name and value is not None}
        body = "" if options.method != "POST" and options.posted is None else _posted(options, values)
        path = str(fill(self.path, quoted))
        return first_request(Request(with_query(with_query(path, plain), asked), body), options.paginator)


@dataclass(frozen=True)
class Stride:
    """A page, and how to go on.

    Args:
        page: The page.
        following: The request for the next; None after the last.
        paginator: How pages follow each other, where the first page told.
    """

    page: Page
    following: Request | None
    paginator: Paginator | None


def paginator_of(remembered: Mapping[str, object] | None) -> Paginator | None:
    """A paginator as it was remembered; None for anything else."""
    try:
        return _PAGINATOR.validate_python(remembered)
    except ValidationError:
        return None


def pages(question: Question, first: Request, told: Paginator | None = None) -> Iterator[Stride]:
    """Each page from the first on.

    Args:
        question: What is asked.
        first: The first request.
        told: How pages follow each other, where a first page told that before.

    Raises:
        ConnectorError: When a page cannot be had, or the pages have no end.
    """
    request: Request | None = first
    progress = Progress(question.place)
    while request is not None:
        progress.ask(request)
        page = _whole(question, request)
        if page is None:
            return
        if isinstance(question.options.paginator, Auto):
            told = told or detected(page)
        paginator = told or question.options.paginator
        request = next_request(page, paginator, question.base, frozenset(question.private.query))
        progress.note(page, is_empty=question.sees_records and not page.has_records)
        yield Stride(page, request, told)


def _told(params: Mapping[str, object], values: Mapping[str, object]) -> dict[str, object]:
    """The parameters whose value is known."""
    unknown = {name for name, value in values.items() if value is None}
    return {name: value for name, value in params.items() if unknown.isdisjoint(placeholders(value))}


def _posted(options: RestDatasetOptions, values: Mapping[str, object]) -> str:
    return json.dumps(fill(options.posted or {}, values))


def _whole(question: Question, request: Request) -> Page | None:
    """A page, asked for again when it is cut; None where the server has none."""
    failures = 0
    while True:
        try:
            return _read(question, request)
        except CutError:
            site = question.site
            if failures >= site.retries or request.method not in site.manner.repeats:
                raise
            site.wait(failures)
            failures += 1


def _read(question: Question, request: Request) -> Page | None:
    place = f"{question.place}, {request}"
    url = with_query(joined(question.base, request.target), question.private.query)
    with question.site.get(url, place, _COMPRESSED, request.body) as response:
        actions = question.options.response_actions
        if not actions:
            require_status(response, place, _WANTED)
        chunks = question.site.chunks(response, place)
        body = b"".join(_bounded(chunks, question.options.max_page_bytes, place))
        if any(_fits(action, response.status_code, body) for action in actions):
            return None
        require_status(response, place, _WANTED)
        page = Page(
            request,
            response.url,
            body,
            {name: link["url"] for name, link in response.links.items()},
            response.headers,
            question.options.data_selector,
            question.members,
            place,
        )
    _require_declared_pages(page, question)
    return page


def _fits(action: ResponseAction, status: int, body: bytes) -> bool:
    is_status = action.status_code is None or action.status_code == status
    return is_status and (not action.content or action.content.encode() in body)


def _bounded(chunks: Iterator[bytes], limit_bytes: int, place: str) -> Iterator[bytes]:
    size_bytes = 0
    for chunk in chunks:
        size_bytes += len(chunk)
        if size_bytes > limit_bytes:
            what = f"a page has more than {limit_bytes:,} bytes"
            raise ConnectorError(what, place=place, mend="ask for smaller pages, or raise max_page_bytes")
        yield chunk


def _require_declared_pages(page: Page, question: Question) -> None:
    if question.options.paginator is None and "next" in page.links:
        what = "the server has more pages, and no paginator is declared"
        raise ConnectorError(
            what, place=page.place, mend="declare paginator: header_link, or single_page for the first"
        )
