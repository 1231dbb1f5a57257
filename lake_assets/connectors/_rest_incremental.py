"""Only what is new: from which cursor on records are asked for, and where a pull may stop."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Literal, Self

from pydantic import Field, model_validator

from lake_assets.connectors._rest_path import JmesPath
from lake_assets.connectors._rest_state import Cursor, is_before, largest
from lake_assets.connectors.protocol import ConnectorOptions

__all__ = ["Incremental", "is_past_the_window", "lagged", "start_of"]

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Incremental(ConnectorOptions):
    """Only records past the largest cursor seen are asked for; the fields are dlt's, and `param` for `start_param`.

    Args:
        cursor_path: Where a record holds its cursor: a time or a growing number.
        param: The parameter that sends where to start.
        end_param: The parameter that sends where to end.
        initial_value: Where to start at first; nothing is sent by default.
        end_value: Where to end; nothing is sent by default.
        lag: How far before the largest cursor seen to start, for records that come late: seconds of a time, days
            of a date, else a number.
        row_order: In which order the server gives records; so a pull stops where the rest is known or not wanted.
        range_start: Whether the server gives the record at the start again.
        range_end: Whether the record at the end is wanted.
        on_cursor_value_missing: Whether a record without a cursor is an error; by default if all are.
    """

    cursor_path: JmesPath
    param: str | None = None
    start_param: str | None = None
    end_param: str | None = None
    initial_value: int | float | str | None = None
    end_value: int | float | str | None = None
    lag: float = Field(default=0, ge=0)
    row_order: Literal["asc", "desc"] | None = None
    range_start: Literal["open", "closed"] = "closed"
    range_end: Literal["open", "closed"] = "open"
    on_cursor_value_missing: Literal["raise", "include"] | None = None

    @property
    def sends_start_as(self) -> str | None:
        """The parameter that sends where to start."""
        return self.start_param or self.param

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.param and self.start_param:
            raise ValueError("declare one of param and start_param")
        if self.end_param and self.end_value is None:
            raise ValueError("end_param needs an end_value")
        return self


def start_of(incremental: Incremental, cursor: Cursor | None) -> Cursor | None:
    """Where to start: the largest cursor seen less the lag, and never before the initial value.

    Raises:
        ValueError: When a cursor that is neither a time nor a number is to lag.
    """
    if cursor is None:
        return incremental.initial_value
    return largest([lagged(cursor, incremental.lag), incremental.initial_value])


def lagged(cursor: Cursor, lag: float) -> Cursor:
    """A cursor that much before another, written the same way.

    >>> lagged(100, 5), lagged("2024-03-01", 1), lagged("2024-03-01T00:00:00Z", 60)
    (95, '2024-02-29', '2024-02-29T23:59:00Z')

    Raises:
        ValueError: When the cursor is neither a time nor a number.
    """
    if not lag:
        return cursor
    if not isinstance(cursor, str):
        return _as_written(cursor - lag)
    if _DAY.fullmatch(cursor):
        return (date.fromisoformat(cursor) - timedelta(days=lag)).isoformat()
    for number in (int, float):
        with suppress(ValueError):
            return str(_as_written(number(cursor) - lag))
    return _time_before(cursor, lag)


def _as_written(number: float) -> int | float:
    return int(number) if number == int(number) else number


def _time_before(cursor: str, lag_s: float) -> str:
    time = datetime.fromisoformat(cursor) - timedelta(seconds=lag_s)
    precision = (
        "seconds" if "." not in cursor else "milliseconds" if re.search(r"\.\d{3}(?!\d)", cursor) else "auto"
    )
    text = time.isoformat(" " if " " in cursor else "T", timespec=precision)
    return text.removesuffix("+00:00") + "Z" if cursor.endswith("Z") else text


def is_past_the_window(
    incremental: Incremental, start: Cursor | None, low: Cursor | None, high: Cursor | None
) -> bool:
    """Whether what follows a page is known already, or is not wanted.

    Args:
        incremental: As declared.
        start: Where the pull started.
        low: The least cursor of the page; None when it has none.
        high: The largest.
    """
    if incremental.row_order == "desc":
        return start is not None and low is not None and is_before(low, start)
    end = incremental.end_value
    if incremental.row_order == "asc" and end is not None and high is not None:
        return is_before(end, high) or (incremental.range_end == "open" and not is_before(high, end))
    return False
