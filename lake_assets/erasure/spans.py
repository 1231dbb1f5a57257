"""Where the records of a text stand in it, and what each leaves behind, so that those after it keep their numbers."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO

__all__ = ["LINES", "Span", "csv_spans", "json_line_spans", "json_spans", "line_spans"]

_BLANKS = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True)
class Span:
    """A record in a text.

    Args:
        start: Of its first character.
        end: After its last one, without its line end.
        empty: What takes its place.
    """

    start: int
    end: int
    empty: str


def csv_spans(text: str, decision: Mapping[str, object]) -> Iterator[Span]:
    """The records of CSV, as it was found to be written.

    Args:
        text: The file.
        decision: How it was read; see `Decoded.decision`.

    Raises:
        csv.Error: When the text is not read so.
    """
    separator, quote, escape = (str(decision.get(name) or "") for name in ("separator", "quote", "escape"))
    lines = _Lines(text)
    for _ in range(_number(decision.get("preamble"), 0)):
        next(lines, None)
    reader = csv.reader(
        lines,
        delimiter=separator or ",",
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
        escapechar=escape if escape and escape != quote else None,
    )
    headers = _number(decision.get("header"), 1)
    start = lines.position
    for cells in reader:
        if cells and headers:
            headers -= 1
        elif cells:
            body = text[start : lines.position].rstrip("\r\n")
            yield Span(
                start, start + len(body), (separator or ",") * (len(cells) - 1) or f"{quote}{quote}" or "-"
            )
        start = lines.position


class _Lines:
    """The lines of a text with their ends; knows how far it was read."""

    def __init__(self, text: str) -> None:
        self._lines = StringIO(text, newline="")
        self.position = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.position += len(line)
        return line


def _number(value: object, default: int) -> int:
    return value if isinstance(value, int) else default


def json_line_spans(text: str, _: Mapping[str, object]) -> Iterator[Span]:
    """The lines that are not blank, each a JSON value."""
    for start, line in _lines(text):
        if line.strip():
            yield Span(start, start + len(line), "{}")


def line_spans(text: str, decision: Mapping[str, object]) -> Iterator[Span]:
    """All lines, each a record of its own kind; one that is gone keeps its length.

    Args:
        text: The file.
        decision: How it was read: `skip_lines` says how many lines come before the records.
    """
    for number, (start, line) in enumerate(_lines(text)):
        if number >= _number(decision.get("skip_lines"), 0):
            yield Span(start, start + len(line), "*" * len(line))


LINES: dict[str, Callable[[str, Mapping[str, object]], Iterator[Span]]] = dict.fromkeys(
    ("fixed_width", "lines", "weblog"), line_spans
)
"""The formats whose records are lines."""


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Where each line begins, and the line without its end and without a byte order mark."""
    lines, start = _Lines(text), 0
    for line in lines:
        body = line.rstrip("\r\n")
        plain = body.removeprefix("\ufeff")
        yield start + len(body) - len(plain), plain
        start = lines.position


def json_spans(text: str, decision: Mapping[str, object]) -> Iterator[Span]:
    """The records of one JSON document.

    Args:
        text: The document.
        decision: How it was read: `records` says where the records are, as names between dots.

    Raises:
        ValueError: When the records are not to be found that way.
    """
    position = _after_blanks(text, 1 if text.startswith("\ufeff") else 0)
    for name in filter(None, str(decision.get("records") or "").split(".")):
        position = _member(text, position, name)
    if text[position : position + 1] == "{":
        yield Span(position, _DECODER.raw_decode(text, position)[1], "{}")
    else:
        for start, end in _elements(text, position):
            yield Span(start, end, "{}")


def _after_blanks(text: str, position: int) -> int:
    found = _BLANKS.match(text, position)
    return found.end() if found else position


def _elements(text: str, position: int) -> Iterator[tuple[int, int]]:
    """The elements of the list at a position."""
    position = _after_blanks(text, _expected(text, position, "["))
    while text[position : position + 1] != "]":
        end = _DECODER.raw_decode(text, position)[1]
        yield position, end
        position = _after_blanks(text, end)
        if text[position : position + 1] != "]":
            position = _after_blanks(text, _expected(text, position, ","))


def _member(text: str, position: int, name: str) -> int:
    """Where the last member of that name begins in the object at a position."""
    found = -1
    position = _after_blanks(text, _expected(text, position, "{"))
    while text[position : position + 1] != "}":
        key, position = _DECODER.raw_decode(text, position)
        position = _after_blanks(text, _expected(text, _after_blanks(text, position), ":"))
        found = position if key == name else found
        position = _after_blanks(text, _DECODER.raw_decode(text, position)[1])
        if text[position : position + 1] != "}":
            position = _after_blanks(text, _expected(text, position, ","))
    if found < 0:
        raise ValueError("the document has no such member")
    return found


def _expected(text: str, position: int, letter: str) -> int:
    if text[position : position + 1] != letter:
        raise ValueError("the document is not written as it was read")
    return position + 1
