"""What JSON values have in common, and the one type that all of them fit without loss."""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import suppress
from itertools import accumulate, chain
from operator import itemgetter
from typing import cast

import polars as pl
import pyarrow as pa

from lake_assets.formats._json_text import JsonValue, to_text

__all__ = ["JsonShape", "columns_of"]

_DEEPEST = 24
_INT64 = (-(2**63), 2**63 - 1)
_EXACT = 2**53


def columns_of(objects: Sequence[dict[str, JsonValue]]) -> dict[str, Sequence[JsonValue]]:
    """The values of each key that any object has, in the order of the keys; null for an object that has it not.

    >>> columns_of([{"a": 1, "b": 2}, {"b": 3}])
    {'a': [1, None], 'b': [2, 3]}
    """
    if len(set(map(len, objects))) == 1:
        with suppress(
            KeyError
        ):  # mostly all have the same keys: then each is looked up without asking for it
            return {key: list(map(itemgetter(key), objects)) for key in objects[0]}
    keys = dict.fromkeys(chain.from_iterable(objects))
    return {key: [each.get(key) for each in objects] for key in keys}


class JsonShape:
    """The shape of all values seen so far of one element.

    Integers beside fractions are floats where all of them are exact as such; objects are structs with all keys
    that any of them has. Whatever else differs in kind is text, and so are integers beyond 64 bits, objects that
    are all empty, and what is nested too deep to be worked with.

    Args:
        depth: How deep the element is nested.

    >>> shape = JsonShape()
    >>> shape.look([1, None, {"a": 2}])
    >>> shape.series("x", [1, None, {"a": 2}]).to_list()
    ['1', None, '{"a": 2}']
    """

    def __init__(self, depth: int = 0) -> None:
        """Begin with nothing seen."""
        self.fields: dict[str, JsonShape] = {}
        self._elements: JsonShape | None = None
        self._depth = depth
        self._kinds: set[type] = set()
        self._least = 0
        self._most = 0
        self._is_infinite = False
        self._members = 0
        self._texts = 0

    @property
    def is_infinite(self) -> bool:
        """Whether any number was infinite, at whatever depth."""
        return self._is_infinite or any(shape.is_infinite for shape in self._below)

    @property
    def members(self) -> int:
        """How many members the objects have, at whatever depth that was looked into."""
        return self._members + sum(shape.members for shape in self._below)

    @property
    def texts(self) -> int:
        """How many values were texts, at whatever depth that was looked into."""
        return self._texts + sum(shape.texts for shape in self._below)

    @property
    def _below(self) -> list[JsonShape]:
        return [*self.fields.values(), *([self._elements] if self._elements else [])]

    @property
    def _is_exact(self) -> bool:
        return max(-self._least, self._most) <= _EXACT

    def look(self, values: Sequence[JsonValue]) -> None:
        """Take more values into account."""
        kinds = set(map(type, values))
        self._kinds |= kinds - {type(None)}
        if int in kinds:
            is_all = len(kinds) == 1
            whole = cast("Sequence[int]", values if is_all else [one for one in values if type(one) is int])
            least, most = min(whole), max(whole)
            self._least, self._most = min(self._least, least), max(self._most, most)
        if str in kinds:
            self._texts += len(values) if len(kinds) == 1 else sum(type(value) is str for value in values)
        if float in kinds:
            self._is_infinite |= math.inf in values or -math.inf in values
        if self._depth < _DEEPEST:
            self._look_into(kinds, values)

    def look_records(self, records: Sequence[dict[str, JsonValue]]) -> dict[str, Sequence[JsonValue]]:
        """Take records into account; answer their values of each key, as `columns_of` does."""
        self._kinds.add(dict)
        return self._look_into_objects(records)

    def _look_into_objects(self, objects: Sequence[dict[str, JsonValue]]) -> dict[str, Sequence[JsonValue]]:
        self._members += sum(map(len, objects))
        columns = columns_of(objects)
        for key, inner in columns.items():
            self.fields.setdefault(key, JsonShape(self._depth + 1)).look(inner)
        return columns

    def _look_into(self, kinds: set[type], values: Sequence[JsonValue]) -> None:
        if dict in kinds:
            self._look_into_objects([value for value in values if type(value) is dict])
        if list in kinds:
            self._elements = self._elements or JsonShape(self._depth + 1)
            self._elements.look(_elements_of(values))

    @property
    def dtype(self) -> pl.DataType:
        """The type that all values fit; text when there were none but null."""
        if self._kinds == {bool}:
            return pl.Boolean()
        if self._kinds == {int} and _INT64[0] <= self._least and self._most <= _INT64[1]:
            return pl.Int64()
        if self._kinds in ({float}, {float, int}) and self._is_exact:
            return pl.Float64()
        if self._kinds == {dict} and self.fields:
            return pl.Struct({key: shape.dtype for key, shape in self.fields.items()})
        if self._kinds == {list} and self._elements:
            return pl.List(self._elements.dtype)
        return pl.String()

    def series(self, name: str, values: Sequence[JsonValue]) -> pl.Series:
        """Values, all of them looked at before, as a series of the type."""
        dtype = self.dtype
        if isinstance(dtype, pl.Struct):
            return self._structs(name, values)
        if isinstance(dtype, pl.List) and self._elements:
            return _lists(name, self._elements.series("", _elements_of(values)), values)
        if dtype == pl.String:
            return _texts(name, values if self._kinds <= {str} else [to_text(value) for value in values])
        return pl.Series(name, values, dtype, strict=False)

    def _structs(self, name: str, values: Sequence[JsonValue]) -> pl.Series:
        objects = [value if isinstance(value, dict) else {} for value in values]
        found, none = columns_of(objects), [None] * len(objects)
        cells = {key: shape.series(key, found.get(key, none)) for key, shape in self.fields.items()}
        structs = pl.DataFrame(cells).to_struct(name)
        if None not in values:
            return structs
        is_there = pl.Series([value is not None for value in values])
        return structs.zip_with(is_there, pl.Series(name, [None], structs.dtype))


def _lists(name: str, flat: pl.Series, values: Sequence[JsonValue]) -> pl.Series:
    """Lists with the elements that all of them hold together; built by their bounds, value by value is slow."""
    bounds = accumulate((len(value) if isinstance(value, list) else 0 for value in values), initial=0)
    is_null = pa.array([value is None for value in values])
    lists = pa.LargeListArray.from_arrays(pa.array(bounds, pa.int64()), flat.to_arrow(), mask=is_null)
    return pl.Series(name, lists, pl.List(flat.dtype))


def _texts(name: str, values: Sequence[JsonValue]) -> pl.Series:
    try:
        return pl.Series(name, values, pl.String)
    except UnicodeEncodeError:
        return pl.Series(name, [_escaped(value) for value in values], pl.String)


def _escaped(text: JsonValue) -> str | None:
    """A text with lone surrogates, which are none, as backslash escapes."""
    return str(text).encode("utf-8", "backslashreplace").decode() if text is not None else None


def _elements_of(values: Sequence[JsonValue]) -> list[JsonValue]:
    return list(chain.from_iterable(value for value in values if isinstance(value, list)))
