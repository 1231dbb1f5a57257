"""The window of one pull: what its pages say of the cursor, and what is known at its edges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lake_assets.connectors._rest_incremental import Incremental, is_past_the_window
from lake_assets.connectors._rest_page import Page, digest
from lake_assets.connectors._rest_question import Question
from lake_assets.connectors._rest_state import Cursor, PullState, is_before, largest, least

__all__ = ["Window"]

_MOST_AT_THE_BOUNDARY = 100


class Window:
    """What a pull has seen of its cursor.

    A server that gives the record at the start again repeats records that are known: those at the largest cursor, the
    boundary. A page of nothing else is not new.
    """

    def __init__(self, incremental: Incremental | None, state: PullState, start: Cursor | None) -> None:
        """Begin where a state ends.

        Args:
            incremental: As declared; None where all records are asked for.
            state: What is remembered.
            start: Where the pull starts.
        """
        self.cursor = state.cursor
        self.boundary = state.boundary
        self.is_over = False
        self._incremental = incremental
        self._start = start
        self._since = state.cursor
        self._known = frozenset(state.boundary)
        self._cursors: Sequence[Cursor | None] = ()

    @classmethod
    def of(cls, question: Question, state: PullState) -> Window:
        """The window of a pull that goes on from a state, or begins after a complete one."""
        since = state.cursor if state.is_complete else state.since
        return cls(question.options.window, state, question.start_value(since))

    def note(self, page: Page) -> None:
        """Take note of a page."""
        if self._incremental is None:
            return
        on_missing = self._incremental.on_cursor_value_missing
        self._cursors = page.cursors(self._incremental.cursor_path, on_missing)
        high = largest(self._cursors)
        low = least(self._cursors) if self._incremental.row_order == "desc" else None
        self.is_over = is_past_the_window(self._incremental, self._start, low, high)
        if high is not None and (self.cursor is None or not is_before(high, self.cursor)):
            is_same = self.cursor is not None and not is_before(self.cursor, high)
            self.boundary = self._with(self.boundary if is_same else (), self._at(page, high))
            self.cursor = self.cursor if is_same else high

    def is_known(self, page: Page) -> bool:
        """Whether a page that was just noted holds nothing but known records of the boundary."""
        if not self._known or self._since is None or not page.has_records:
            return False
        at_boundary = all(cursor == self._since for cursor in self._cursors)
        return at_boundary and all(digest(record) in self._known for record in page.records)

    def _at(self, page: Page, high: Cursor) -> list[str]:
        """Digests of the records at a cursor; of too many none are remembered."""
        if self._incremental is None or self._incremental.range_start == "open":
            return []
        there = [number for number, cursor in enumerate(self._cursors) if cursor == high]
        return list(map(digest, page.some(there))) if len(there) <= _MOST_AT_THE_BOUNDARY else []

    @staticmethod
    def _with(known: Iterable[str], more: Iterable[str]) -> tuple[str, ...]:
        both = tuple(dict.fromkeys((*known, *more)))
        return both if len(both) <= _MOST_AT_THE_BOUNDARY else ()
