"""JSON text to values, with note of what a parser may decide one way or another."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from secrets import token_hex
from typing import TypeAlias, cast

import msgspec

__all__ = ["JsonParser", "JsonValue", "is_text", "kind_of", "to_text"]

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"

_KINDS = {
    bool: "a boolean",
    int: "a number",
    float: "a number",
    str: "a text",
    list: "a list",
    dict: "an object",
}


class JsonParser:
    """Parses JSON as RFC 8259 has it, and the tokens NaN, Infinity and -Infinity besides.

    The values are the same whatever is asked of it: of duplicate keys the last wins.

    Args:
        keeps_large: Whether numbers beyond double precision are kept as text rather than made infinite. That is slow.
        counts_duplicates: Whether duplicate keys are told. That takes twice the time.
    """

    def __init__(self, *, keeps_large: bool = False, counts_duplicates: bool = True) -> None:
        """Begin with nothing noted."""
        self.keeps_large = keeps_large
        self.counts_duplicates = counts_duplicates
        self.duplicate_keys = 0
        self.constants = 0

    def parse(self, text: str) -> JsonValue:
        """Parse one document.

        Raises:
            ValueError: When it is not JSON, or a number has more digits than Python takes; `JSONDecodeError` in the
                first case.
            RecursionError: When it is nested too deep.
        """
        if not (self.counts_duplicates or self.keeps_large):
            # What msgspec takes it gives the same values for; what it does not take may be JSON all the same.
            with suppress(ValueError, RecursionError):
                return cast("JsonValue", msgspec.json.decode(text))
        noted = self.duplicate_keys, self.constants
        try:
            return cast("JsonValue", self._decoder.decode(text))
        except (ValueError, RecursionError):
            self.duplicate_keys, self.constants = noted
            raise

    def parse_objects(self, texts: Sequence[str]) -> list[dict[str, JsonValue]] | None:
        """Parse documents at once, which takes less than one by one; None where one of them is no object.

        They become one list, with a text between them that nobody can know. When each of these comes out between two
        values, every document is one value; joined by commas alone, two broken ones could make up a whole one.
        """
        noted, between = (self.duplicate_keys, self.constants), token_hex()
        separator = f',"{between}",'
        try:
            values = cast("list[JsonValue]", self.parse(f"[{separator.join(texts)}]"))
        except (ValueError, RecursionError):
            values = []
        objects = [value for value in values[::2] if type(value) is dict]
        if len(objects) == len(texts) and values[1::2] == [between] * (len(texts) - 1):
            return objects
        self.duplicate_keys, self.constants = noted
        return None

    @property
    def notes(self) -> dict[str, object]:
        """What was decided, for the record: the last of duplicate keys won, constants became floats."""
        found = {"duplicate_keys": self.duplicate_keys, "constants": self.constants}
        return {name: count for name, count in found.items() if count}

    @cached_property
    def _decoder(self) -> json.JSONDecoder:
        return json.JSONDecoder(
            object_pairs_hook=self._object if self.counts_duplicates else None,
            parse_float=_float_or_text if self.keeps_large else None,
            parse_constant=self._constant,
        )

    def _object(self, pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
        found = dict(pairs)
        self.duplicate_keys += len(found) < len(pairs)
        return found

    def _constant(self, token: str) -> float:
        self.constants += 1
        return float(token)


def _float_or_text(token: str) -> float | str:
    number = float(token)
    return token if math.isinf(number) else number


def to_text(value: JsonValue) -> str | None:
    """A value as text: text as it is, everything else as JSON, null as null.

    >>> to_text("a"), to_text(True), to_text(None)
    ('a', 'true', None)
    """
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def is_text(text: str) -> bool:
    """Whether it can be written as UTF-8: no lone surrogate stands in it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def kind_of(value: JsonValue) -> str:
    """What a value is, in words.

    >>> kind_of([1])
    'a list'
    """
    return _KINDS.get(type(value), "null")
