"""Children: the pages of a dataset asked for under each record of another one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lake_assets.connectors._rest_page import Page, picked, search
from lake_assets.connectors._rest_path import as_jmespath
from lake_assets.connectors._rest_question import Question, Stride, pages, paginator_of
from lake_assets.connectors._rest_request import Request
from lake_assets.connectors._rest_state import ParentState, PullState, largest

__all__ = ["Family"]


@dataclass(frozen=True)
class Family:
    """A dataset and its parent.

    Args:
        child: What is asked under each record.
        parent: What gives the records.
        name: Of the parent.
        fields: Which fields of a record fill which placeholder, as JMESPath.
    """

    child: Question
    parent: Question
    name: str
    fields: Mapping[str, str]

    def first(self, state: PullState) -> PullState:
        """The state with which a pull begins: at the first page of the parent."""
        since = state.parent.cursor if state.parent else None
        request = self.parent.start(since)
        begun = ParentState(request.target, request.body, cursor=since, since=since)
        return replace(state, parent=begun)

    def strides(self, state: PullState) -> Iterator[tuple[Stride, ParentState]]:
        """Each page of a child from a state on, and where it stands among the records of the parent.

        Raises:
            ConnectorError: When a page cannot be had.
        """
        at, asked = state.parent or ParentState(), set[str]()
        resumed = at.values
        first = Request(at.request or "", at.body)
        for stride in pages(self.parent, first, paginator_of(at.detected)):
            at = self._note(at, stride)
            left = self._left(stride.page, resumed)
            for number, (record, values) in enumerate(left, start=1):
                child = self.child.under(values, self._members(record, stride.page.place))
                going_on = (
                    self._going_on(state, child) if values == resumed else pages(child, child.start(None))
                )
                at = replace(at, values=values)
                if _is_first(values, asked):
                    is_last = stride.following is None and number == len(left)
                    for page in going_on:
                        yield page, replace(at, request=None) if is_last and not page.following else at
            resumed = {}

    def _going_on(self, state: PullState, child: Question) -> Iterator[Stride]:
        """What is left of the child whose pages were being asked for: nothing after its last page."""
        if state.next:
            yield from pages(child, Request(state.next, state.body), paginator_of(state.detected))

    def _note(self, at: ParentState, stride: Stride) -> ParentState:
        window, page = self.parent.options.window, stride.page
        found = page.cursors(window.cursor_path, window.on_cursor_value_missing) if window else []
        told = stride.paginator.model_dump() if stride.paginator else None
        return replace(
            at,
            request=page.request.target,
            body=page.request.body,
            cursor=largest([at.cursor, *found]),
            detected=told,
        )

    def _left(self, page: Page, resumed: Mapping[str, object]) -> list[tuple[object, dict[str, object]]]:
        """The records of a page from the one on that was gone on with, and what each gives; all without that one."""
        given = [(record, self._values(record, page.place)) for record in page.records]
        at = next((number for number, (_, values) in enumerate(given) if resumed and values == resumed), 0)
        return given[at:]

    def _values(self, record: object, place: str) -> dict[str, object]:
        found = picked(list(self.fields.values()), record, place)
        return {placeholder: found[path] for placeholder, path in self.fields.items()}

    def _members(self, record: object, place: str) -> dict[str, object]:
        names = self.child.options.include_from_parent
        return {f"_{self.name}_{name}": search(as_jmespath(name), record, place) for name in names}


def _is_first(values: Mapping[str, object], asked: set[str]) -> bool:
    """Whether nothing was asked yet under these values; several records of a parent may give the same."""
    key = json.dumps(values, sort_keys=True)
    is_new = key not in asked
    asked.add(key)
    return is_new
