"""The shape that texts share, as a pattern."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

import polars as pl

__all__ = ["shape_of"]

_DIFFERENT = 20
_LONGEST = 40
_CLASSES = (
    ("[0-9]", "0123456789"),
    ("[A-Z]", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    ("[a-z]", "abcdefghijklmnopqrstuvwxyz"),
)

_Run = tuple[str, int]
"""A class of characters, or one character itself, and how often it stands there."""


def shape_of(texts: pl.Series) -> str:
    """A pattern that all texts match from end to end.

    Letters come in a fixed number; how many digits stand together may differ. Where upper case and digits mix, their
    number may be all that is shared.

    Args:
        texts: Different ones, none of them null.

    Returns:
        Empty where there are few texts, or they share nothing worth a rule.

    >>> shape_of(pl.Series([f"AB-{number}" for number in range(100, 150)]))
    '^[A-Z]{2}-[0-9]{3}$'
    >>> shape_of(pl.Series(["Ada", "Grace"] * 20))
    ''
    """
    if texts.len() < _DIFFERENT or texts.str.len_chars().gt(_LONGEST).any():
        return ""
    runs = [_runs(text) for text in texts]
    kinds = {tuple(kind for kind, _ in each) for each in runs}
    return _of_runs(runs) if len(kinds) == 1 else _of_length(texts.to_list())


def _runs(text: str) -> list[_Run]:
    return [(kind, len(list(group))) for kind, group in groupby(map(_class, text))]


def _class(character: str) -> str:
    itself = character if character == "-" else re.escape(character)
    return next((name for name, members in _CLASSES if character in members), itself)


def _of_runs(runs: Sequence[Sequence[_Run]]) -> str:
    places = [(kind, {each[place][1] for each in runs}) for place, (kind, _) in enumerate(runs[0])]
    is_regular = all(len(lengths) == 1 or kind == "[0-9]" for kind, lengths in places)
    is_telling = any(kind in {"[0-9]", "[A-Z]"} for kind, _ in places)
    return (
        f"^{''.join(_times(kind, lengths) for kind, lengths in places)}$" if is_regular and is_telling else ""
    )


def _times(kind: str, lengths: set[int]) -> str:
    low, high = min(lengths), max(lengths)
    if low != high:
        return f"{kind}+"
    return kind if low == 1 else f"{kind}{{{low}}}"


def _of_length(texts: Sequence[str]) -> str:
    """Codes of one length, of upper case letters and digits."""
    lengths = {len(text) for text in texts}
    is_code = len(lengths) == 1 and all(re.fullmatch("[0-9A-Z]+", text) for text in texts)
    return f"^[0-9A-Z]{{{lengths.pop()}}}$" if is_code else ""
