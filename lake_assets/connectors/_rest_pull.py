"""A pull: page after page of one dataset, resumed where the last run ended."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace

from lake_assets.connectors._http_errors import RefusedError
from lake_assets.connectors._newness import new_fingerprint
from lake_assets.connectors._rest_page import Page, Ready
from lake_assets.connectors._rest_question import Question, pages
from lake_assets.connectors._rest_state import PullState, largest
from lake_assets.connectors._site import Site
from lake_assets.connectors.protocol import Known
from lake_assets.errors import ConnectorError
from lake_assets.model import Arrival

__all__ = ["Pull"]

_LOG = logging.getLogger(__name__)
_FORGOTTEN = frozenset({400, 404, 410, 422})


class Pull:
    """One look at a dataset.

    A page is held back until it is known whether another new one follows, for with the last new page it is
    remembered that the pull is complete. So a look at what has not changed hands over nothing at all.
    """

    def __init__(self, site: Site, question: Question, known: Known) -> None:
        self._site = site
        self._question = question
        self._known = known
        self._state = PullState.read(known.state)
        self._held: Ready | None = None
        self._has_handed_over = False

    def arrivals(self) -> Iterator[Arrival]:
        """Finish the pull that was left unfinished; else, or if that had nothing new, begin one.

        Raises:
            ConnectorError: When a page cannot be had; the pages before it are handed over first.
        """
        if self._state.next is not None:
            yield from self._rest_of_a_pull(self._state.next)
        if not self._has_handed_over:
            since = self._state.cursor
            self._state = PullState(since=since, cursor=since)
            yield from self._pages(self._question.start(since))

    def _rest_of_a_pull(self, request: str) -> Iterator[Arrival]:
        try:
            yield from self._pages(request)
        except RefusedError as refusal:
            if self._has_handed_over or refusal.status not in _FORGOTTEN:
                raise
            _LOG.warning(
                "%s: the server no longer knows the next page, so the pull begins again", self._question.place
            )
            self._state = PullState(cursor=self._state.since)

    def _pages(self, request: str) -> Iterator[Arrival]:
        try:
            for page, following in pages(self._site, self._question, request):
                self._state = replace(self._state, next=following, page=self._state.page + 1)
                yield from self._take(page)
        except ConnectorError:
            yield from self._hand_over()
            raise
        if self._held:
            complete = PullState(cursor=self._state.cursor, page=self._held.state.page)
            self._held = replace(self._held, state=complete)
        yield from self._hand_over()

    def _take(self, page: Page) -> Iterator[Arrival]:
        options = self._question.options
        if options.incremental:
            found = page.cursor(options.incremental.cursor_path)
            self._state = replace(self._state, cursor=largest([self._state.cursor, found]))
        fingerprint = new_fingerprint(self._known, page.origin, page.mark)
        if fingerprint and not self._is_past_the_end(page):
            yield from self._hand_over()
            self._held = Ready(page, fingerprint, self._state)

    def _is_past_the_end(self, page: Page) -> bool:
        # That there is nothing at all is news, unless only new records were asked for.
        is_whole_answer = self._state.page == 1 and not self._question.options.incremental
        return not is_whole_answer and self._question.sees_records and not page.records

    def _hand_over(self) -> Iterator[Arrival]:
        ready, self._held = self._held, None
        if ready:
            self._has_handed_over = True
            yield ready.arrival()
