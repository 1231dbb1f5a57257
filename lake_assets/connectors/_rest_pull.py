"""A pull: page after page of one dataset, resumed where the last run ended."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace

from lake_assets.connectors._http_errors import RefusedError
from lake_assets.connectors._newness import new_fingerprint
from lake_assets.connectors._rest_family import Family
from lake_assets.connectors._rest_page import Page, Ready
from lake_assets.connectors._rest_paginators import PageNumber
from lake_assets.connectors._rest_question import Question, Stride, pages, paginator_of
from lake_assets.connectors._rest_request import Request
from lake_assets.connectors._rest_state import ParentState, PullState
from lake_assets.connectors._rest_window import Window
from lake_assets.connectors.protocol import Known
from lake_assets.errors import ConnectorError
from lake_assets.model import Arrival

__all__ = ["Pull"]

_LOG = logging.getLogger(__name__)
_FORGOTTEN = frozenset({400, 404, 410, 422})


class Pull:
    """One look at a dataset.

    A page that was never seen is handed over at once, so that a death costs no more than the request under way. A page
    that differs from what it was is held back until it is known whether another one follows, for with the last new
    page it is remembered that the pull is complete. So a look at what has not changed hands over nothing at all.
    """

    def __init__(self, question: Question, family: Family | None, known: Known) -> None:
        self._question = question
        self._family = family
        self._known = known
        self._state = PullState.read(known.state)
        self._window = Window.of(question, self._state)
        self._resumed: PullState | None = None
        self._held: Ready | None = None
        self._end: Page | None = None
        self._has_handed_over = False

    def arrivals(self) -> Iterator[Arrival]:
        """Finish the pull that was left unfinished; else, or if that had nothing new, begin one.

        Raises:
            ConnectorError: When a page cannot be had; the pages before it are handed over first.
        """
        if not self._state.is_complete:
            yield from self._rest_of_a_pull()
        if not self._has_handed_over:
            yield from self._walk(self._begin())

    def _begin(self) -> Iterator[Stride]:
        since = self._state.cursor
        self._state = PullState(
            since=since, cursor=since, boundary=self._state.boundary, parent=self._state.parent
        )
        self._window = Window.of(self._question, self._state)
        self._resumed = None
        if self._family:
            self._state = self._family.first(self._state)
            return self._children(self._family)
        return pages(self._question, self._question.start(since))

    def _rest_of_a_pull(self) -> Iterator[Arrival]:
        self._resumed = state = self._state
        try:
            yield from self._walk(self._going_on(state))
        except RefusedError as refusal:
            if self._has_handed_over or refusal.status not in _FORGOTTEN:
                raise
            _LOG.warning(
                "%s: the server no longer knows the next page, so the pull begins again", self._question.place
            )
            parent = state.parent and ParentState(cursor=state.parent.since, since=state.parent.since)
            self._state = PullState(cursor=state.since, parent=parent)

    def _going_on(self, state: PullState) -> Iterator[Stride]:
        if self._family:
            return self._children(self._family)
        request = Request(state.next or "", state.body)
        return pages(self._question, request, paginator_of(state.detected))

    def _children(self, family: Family) -> Iterator[Stride]:
        for stride, parent in family.strides(self._state):
            self._state = replace(self._state, parent=parent)
            yield stride

    def _walk(self, strides: Iterator[Stride]) -> Iterator[Arrival]:
        try:
            for stride in strides:
                yield from self._take(stride)
                if self._window.is_over:
                    break
        except ConnectorError:
            yield from self._hand_over()
            raise
        yield from self._finish()

    def _take(self, stride: Stride) -> Iterator[Arrival]:
        page, following = stride.page, stride.following
        self._window.note(page)
        state = replace(
            self._state,
            next=following.target if following and not self._window.is_over else None,
            body=following.body if following else "",
            page=self._state.page + 1,
            detected=stride.paginator.model_dump() if stride.paginator else None,
            cursor=self._window.cursor,
            boundary=self._window.boundary,
        )
        self._state = state
        fingerprint = new_fingerprint(self._known, page.origin, page.mark)
        self._end = page if self._is_past_the_end(page) else None
        if fingerprint and not self._end and not self._window.is_known(page):
            yield from self._hand_over()
            self._held = Ready(page, fingerprint, state)
            if self._known.latest_fingerprint(page.origin) is None and not state.is_complete:
                yield from self._hand_over()

    def _is_past_the_end(self, page: Page) -> bool:
        # That there is nothing at all is news, unless only new records were asked for.
        is_whole_answer = self._state.page == 1 and not self._question.options.window
        return not is_whole_answer and self._question.sees_records and not page.has_records

    def _finish(self) -> Iterator[Arrival]:
        """Remember with the last page that the pull is complete; if it is not new, with the one that says so."""
        complete = self._completed()
        if self._held:
            self._held = replace(self._held, state=replace(complete, page=self._held.state.page))
        elif (self._has_handed_over or self._resumed) and self._end and self._end.body.strip():
            fingerprint = new_fingerprint(self._known, self._end.origin, self._end.mark)
            self._held = Ready(self._end, fingerprint, complete) if fingerprint else None
        yield from self._hand_over()
        self._state = complete

    def _completed(self) -> PullState:
        """What is remembered of a whole pull.

        If it was interrupted, records may have come before the place where it went on. Unless they come last, the next
        pull asks for what came since the interruption.
        """
        last, window = self._state, self._question.options.window
        is_in_order = bool(window and window.row_order == "asc") and not isinstance(
            self._question.options.paginator, PageNumber
        )
        from_state = last if self._resumed is None or is_in_order else self._resumed
        parent = _complete(last.parent, self._resumed.parent if self._resumed else None)
        return PullState(
            cursor=from_state.cursor, boundary=from_state.boundary, page=last.page, parent=parent
        )

    def _hand_over(self) -> Iterator[Arrival]:
        ready, self._held = self._held, None
        if ready:
            self._has_handed_over = True
            yield ready.arrival()


def _complete(last: ParentState | None, resumed: ParentState | None) -> ParentState | None:
    return last and ParentState(cursor=(resumed or last).cursor)
