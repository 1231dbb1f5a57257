"""Documents like one before: their records are read as what those were, which takes two thirds of the time.

Pages of an API come by the thousand, and their records have the same keys, each with values of the same kind or null.
Whatever differs from that is read as if nothing had come before it. Keys have no order, so theirs may differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

import msgspec
import polars as pl
from msgspec.structs import astuple

from lake_assets.formats._json_members import counted_beside
from lake_assets.formats._json_shape import JsonShape
from lake_assets.formats._json_text import JsonValue

__all__ = ["AlikeRecords", "Likeness"]

_MOST_LEARNT = 8
_PLAIN = re.compile(r"[A-Za-z_]\w*|")
_KINDS: dict[pl.DataType, object] = {
    # Numbers keep their kind: those of another document need not all be whole.
    pl.Int64(): int | float | None,
    pl.Float64(): int | float | None,
    pl.Boolean(): bool | None,
    pl.String(): str | None,
}


@dataclass(frozen=True)
class AlikeRecords:
    """The records of a document that is like one before.

    Args:
        columns: Their values of each key.
        count: How many they are.
        members: How many members there are beside them.
        texts: How many values beside them are texts.
    """

    columns: Mapping[str, Sequence[JsonValue]]
    count: int
    members: int
    texts: int


@dataclass(frozen=True)
class _Learnt:
    keys: tuple[str, ...]
    beside: tuple[str, ...]
    decoder: msgspec.json.Decoder[object]


class Likeness:
    """What documents of one dataset are like, learnt as they come.

    Args:
        records: Where their records are, in JMESPath; those that are not at the top are never learnt.

    >>> likeness, shape = Likeness("rows"), JsonShape()
    >>> records = [{"a": 1}]
    >>> _ = shape.look_records(records)
    >>> likeness.learn({"rows": records, "next": "x"}, shape)
    >>> likeness.read('{"rows": [{"a": 2}, {"a": null}], "next": null}').columns
    {'a': (2, None)}
    >>> likeness.read('{"rows": [{"b": 2}], "next": null}')
    """

    def __init__(self, records: str) -> None:
        """Begin with nothing learnt."""
        self._records = records
        self._learnt: _Learnt | None = None
        self._left = _MOST_LEARNT if _PLAIN.fullmatch(records) else 0

    def read(self, text: str) -> AlikeRecords | None:
        """Read a document that is like the one learnt last; None where it is not, or holds no record."""
        if self._learnt is None:
            return None
        try:
            found = self._learnt.decoder.decode(text)
        except (ValueError, RecursionError):
            return None
        records, *beside = (found,) if isinstance(found, list) else astuple(cast("msgspec.Struct", found))
        if not records:
            return None
        values: Iterator[Sequence[JsonValue]] = zip(*map(astuple, records), strict=True)
        around = dict(zip(self._learnt.beside, beside, strict=True))
        members, texts = counted_beside(cast("JsonValue", around), None)
        columns = dict(zip(self._learnt.keys, values, strict=True))
        return AlikeRecords(columns, len(records), members + (found is not records), texts)

    def learn(self, document: JsonValue, shape: JsonShape) -> None:
        """Learn what documents are like from one that was read whole.

        Args:
            document: The document.
            shape: Of its records, which are all objects.
        """
        kinds = {key: _KINDS.get(field.dtype) for key, field in shape.fields.items()}
        is_around = isinstance(document, dict)
        if not self._left or not kinds or None in kinds.values() or is_around != bool(self._records):
            return
        self._left -= 1
        beside = tuple(key for key in document if key != self._records) if isinstance(document, dict) else ()
        with suppress(ValueError):  # msgspec does not take every name
            decoder = _decoder(kinds, self._records, beside)
            self._learnt = _Learnt(tuple(kinds), beside, decoder)


def _decoder(kinds: Mapping[str, object], at: str, beside: Sequence[str]) -> msgspec.json.Decoder[object]:
    """Reads documents with a list of alike records, at their top or in one of their members."""
    records: object = list[_struct(kinds)]  # type: ignore[misc]  # a type that is made here
    return msgspec.json.Decoder(_struct({at: records, **dict.fromkeys(beside, object)}) if at else records)


def _struct(kinds: Mapping[str, object]) -> type[msgspec.Struct]:
    """Reads objects that have these keys, each of them and no other."""
    fields = [(f"field_{number}", kind) for number, kind in enumerate(kinds.values())]
    names = {f"field_{number}": key for number, key in enumerate(kinds)}
    return msgspec.defstruct("Alike", fields, rename=names, forbid_unknown_fields=True)
