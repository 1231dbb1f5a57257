"""Cursors: how far a table has been read, of a type that does not change."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation

import pyarrow as pa

__all__ = ["SqlCursor", "kind_of_type"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class SqlCursor:
    """A value of a cursor column.

    Args:
        column: The column.
        kind: Its type: `integer`, `numeric`, `float`, `date`, `timestamp`, `timestamptz` or `text`.
        value: As text that tells it exactly.
    """

    column: str
    kind: str
    value: str

    @classmethod
    def read(cls, text: str) -> SqlCursor | None:
        """Read what `text` wrote; None for anything else: then nothing has been read.

        >>> SqlCursor.read('{"column": "id", "kind": "integer", "value": "7"}')
        SqlCursor(column='id', kind='integer', value='7')
        >>> SqlCursor.read("") is None
        True
        """
        try:
            read = json.loads(text)
            return cls(str(read["column"]), str(read["kind"]), str(read["value"]))
        except (ValueError, TypeError, KeyError):
            return None

    @classmethod
    def of(cls, column: str, kind: str, value: object) -> SqlCursor:
        """The cursor that a value stands for: declared, or as the database gives it.

        Raises:
            ValueError: When it is no value of that type, or none that others can be compared with.

        >>> SqlCursor.of("at", "timestamptz", "2024-05-01T12:00:00+02:00").value
        '2024-05-01T10:00:00+00:00'
        """
        return cls(column, kind, _TEXTS[kind](value))

    def text(self) -> str:
        """As it is remembered."""
        return json.dumps(asdict(self))

    def before(self, lag: float) -> SqlCursor:
        """The cursor that lies a lag behind: seconds of a time, days of a date, else a number.

        Raises:
            ValueError: When there is none, as of text.

        >>> SqlCursor("day", "date", "2024-03-01").before(2).value
        '2024-02-28'
        """
        return SqlCursor(self.column, self.kind, _TEXTS[self.kind](_earlier(self.kind, self.value, lag)))

    def is_past(self, other: SqlCursor | None) -> bool:
        """Whether it is larger than another of its kind; the database says so of text."""
        return other is None or (self.value != other.value if self.kind == "text" else self.rank > other.rank)

    @property
    def rank(self) -> Decimal:
        """What sorts it among others of its kind, text left out."""
        if self.kind in {"date", "timestamp", "timestamptz"}:
            moment = datetime.fromisoformat(self.value)
            instant = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            return Decimal((instant - _EPOCH) // timedelta(microseconds=1))
        return Decimal(self.value)

    def literal(self, dialect: str) -> str:
        """The value as it stands in a query."""
        if self.kind in {"integer", "numeric"}:
            return self.value
        quoted = "'" + self.value.replace("'", "''") + "'"
        if self.kind == "float":
            return f"{quoted}::double precision" if dialect == "postgresql" else self.value
        if self.kind == "text" or dialect == "sqlite":
            return quoted
        return f"{quoted}::{self.kind}"


def kind_of_type(found: pa.DataType, vendor_type: str = "") -> str:
    """The kind of cursor that a column of a type makes; empty where it makes none.

    Args:
        found: Its Arrow type.
        vendor_type: The database's own name of it, where Arrow has no such type.
    """
    if vendor_type == "numeric" or pa.types.is_decimal(found):
        return "numeric"
    if pa.types.is_timestamp(found):
        return "timestamptz" if found.tz else "timestamp"
    kinds: tuple[tuple[Callable[[pa.DataType], bool], str], ...] = (
        (pa.types.is_integer, "integer"),
        (pa.types.is_floating, "float"),
        (pa.types.is_date, "date"),
        (pa.types.is_string, "text"),
        (pa.types.is_large_string, "text"),
    )
    return next((kind for fits, kind in kinds if fits(found) and not vendor_type), "")


def _integer(value: object) -> str:
    if isinstance(value, bool | float):
        raise ValueError(f"{value!r} is no whole number")  # noqa: TRY004 - a value, whatever it came as
    return str(int(str(value)))


def _numeric(value: object) -> str:
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(f"{value!r} is no number") from error
    if not number.is_finite():
        raise ValueError(f"{value} is past all numbers")
    return format(number, "f")


def _float(value: object) -> str:
    number = float(str(value))
    if not math.isfinite(number):
        raise ValueError(f"{value} is past all numbers")
    return repr(number)


def _date(value: object) -> str:
    found = value if isinstance(value, date) else date.fromisoformat(str(value))
    return (found.date() if isinstance(found, datetime) else found).isoformat()


def _moment(value: object) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))


def _timestamp(value: object) -> str:
    moment = _moment(value)
    if moment.tzinfo:
        raise ValueError(f"{value} has an offset, which the column has not")
    return moment.isoformat()


def _timestamptz(value: object) -> str:
    moment = _moment(value)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).isoformat()


def _text(value: object) -> str:
    if "\0" in str(value):
        raise ValueError("a text with NUL is no cursor")
    return str(value)


_TEXTS: dict[str, Callable[[object], str]] = {
    "integer": _integer,
    "numeric": _numeric,
    "float": _float,
    "date": _date,
    "timestamp": _timestamp,
    "timestamptz": _timestamptz,
    "text": _text,
}


def _earlier(kind: str, value: str, lag: float) -> object:
    match kind:
        case "date":
            return date.fromisoformat(value) - timedelta(days=math.ceil(lag))
        case "timestamp" | "timestamptz":
            return datetime.fromisoformat(value) - timedelta(seconds=lag)
        case "integer":
            return int(value) - math.ceil(lag)
        case "numeric":
            return Decimal(value) - Decimal(str(lag))
        case "float":
            return float(value) - lag
        case _:
            raise ValueError("there is no lag behind a text")
