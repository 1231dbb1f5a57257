"""The texts under which a person stands in a lake, found and overwritten wherever they are whole words."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from lake_assets.governance.file_ids import safe_name

__all__ = ["MASK", "Words"]

MASK = "*"
"""What stands for each letter of a word that was overwritten."""

_WIDE = ("utf-16-le", "utf-16-be")
_SHORTEST = 5
"""A shorter text may be anything: it is looked for in the columns that may hold it, not everywhere."""


@dataclass(frozen=True)
class Words:
    """Texts that stand for one person, whatever their case.

    Args:
        texts: Without blanks around them.
    """

    texts: Sequence[str]

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """Those that are long enough to mean nothing else, the longest first."""
        return tuple(
            sorted(
                {each for each in self.texts if len(each) >= _SHORTEST}, key=lambda text: (-len(text), text)
            )
        )

    def __bool__(self) -> bool:
        """Whether there is a text to be looked for everywhere."""
        return bool(self.telling)

    @cached_property
    def pattern(self) -> str:
        """A regular expression that both Python and Polars read."""
        return f"(?i)(?:{'|'.join(map(_whole, self.telling))})"

    @cached_property
    def _written(self) -> re.Pattern[str]:
        """Also as JSON and CSV write them: with escapes, and with quotes doubled."""
        longest_first = sorted(self._forms, key=lambda text: (-len(text), text))
        return re.compile(f"(?i)(?:{'|'.join(map(_whole, longest_first))})")

    @cached_property
    def _forms(self) -> dict[str, int]:
        """How each may be written, in small letters, and how many letters it has."""
        return {form.lower(): len(text) for text in self.telling for form in _forms(text)}

    def are_in(self, text: str) -> bool:
        """Whether one of them stands in a text, however it is written."""
        return self._may_be_in(text) and self._written.search(text) is not None

    def _may_be_in(self, text: str) -> bool:
        """Whether one of them stands in a text, perhaps within a longer word: quick, and most texts hold none."""
        small = text.lower() if self else ""
        return any(form in small for form in self._forms)

    def are_in_bytes(self, data: bytes) -> bool:
        """Whether one of them stands in some bytes, in an encoding that is likely."""
        likely = ("utf-8", "latin-1", *(_WIDE if b"\0" in data else ()))
        return bool(self) and any(self.are_in(data.decode(encoding, "replace")) for encoding in likely)

    def masked(self, text: str) -> str:
        """A text with each of them overwritten, letter by letter."""
        return self._written.sub(self._mask, text) if self._may_be_in(text) else text

    def _mask(self, found: re.Match[str]) -> str:
        written = found.group()
        return MASK * self._forms.get(written.lower(), len(written))

    def within(self, cell: pl.Expr, kind: pl.DataType) -> pl.Expr:
        """Whether a cell holds one of them, in whatever it nests."""
        if isinstance(kind, pl.String):
            return cell.str.contains(self.pattern).fill_null(value=False)
        if isinstance(kind, pl.List):
            return cell.list.eval(self.within(pl.element(), _inner(kind))).list.any().fill_null(value=False)
        if isinstance(kind, pl.Struct):
            parts = [self.within(cell.struct.field(each.name), _kind(each.dtype)) for each in kind.fields]
            return pl.any_horizontal(parts) if parts else pl.lit(value=False)
        return pl.lit(value=False)

    def over(self, cell: pl.Expr, kind: pl.DataType) -> pl.Expr:
        """A cell with each of them overwritten."""
        if isinstance(kind, pl.String):
            for text in self.telling:
                cell = cell.str.replace_all(f"(?i){_whole(text)}", MASK * len(text))
            return cell
        if isinstance(kind, pl.List):
            return cell.list.eval(self.over(pl.element(), _inner(kind)))
        if isinstance(kind, pl.Struct):
            parts = [
                self.over(cell.struct.field(each.name), _kind(each.dtype)).alias(each.name)
                for each in kind.fields
            ]
            return pl.when(cell.is_not_null()).then(pl.struct(parts)) if parts else cell
        return cell


def _inner(kind: pl.List) -> pl.DataType:
    return _kind(kind.inner)


def _kind(kind: object) -> pl.DataType:
    return kind if isinstance(kind, pl.DataType) else pl.Null()


def _whole(text: str) -> str:
    r"""The expression of a text that stands by itself, not within a longer word.

    >>> _whole("ada@example.org")
    '\\bada@example\\.org\\b'
    """
    before, after = (r"\b" if _is_of_a_word(end) else "" for end in (text[0], text[-1]))
    return f"{before}{re.escape(text)}{after}"


def _is_of_a_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _forms(text: str) -> set[str]:
    r"""How a text may be written in a file, or in its name.

    >>> sorted(_forms('a"b'))
    ['a""b', 'a"b', 'a-b', 'a\\"b']
    """
    inner = json.dumps(text)[1:-1]
    return {
        safe_name(text),
        text,
        inner,
        inner.replace("/", r"\/"),
        json.dumps(text, ensure_ascii=False)[1:-1],
        text.replace('"', '""'),
    }
