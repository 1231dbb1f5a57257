"""What the columns of a join depend on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lake_assets.lineage.frame import Frame
from lake_assets.lineage.ways import NONE, Dependencies, deciding, together
from lake_assets.model import Way

__all__ = ["JoinKey", "joined"]

_LEFT_ALONE = ("Semi", "Anti")
_AS_OF, _FULL, _RIGHT = "AsOf", "Full", "Right"


@dataclass(frozen=True)
class JoinKey:
    """What is compared in a join.

    Args:
        left: What its left side depends on.
        right: What its right side depends on.
        names: The columns on both sides.
        are_plain: Whether the columns themselves are compared, and not something that is made of them.
    """

    left: Dependencies
    right: Dependencies
    names: tuple[str, str] = ("", "")
    are_plain: bool = False


def joined(
    left: Frame, right: Frame, keys: Sequence[JoinKey], options: Sequence[object], columns: Sequence[str]
) -> Frame:
    """The frame of a join.

    What the keys are made of decides about all rows, and so does what decides about the rows of either side.

    Args:
        left: The frame on the left.
        right: The frame on the right.
        keys: What is compared.
        options: Of the step, as Polars shows them: how, nulls, slice, suffix, whether keys become one, order.
        columns: The names that come out.
    """
    how, suffix, are_one = options[0], str(options[3]), bool(options[4])
    compared = [*keys, *_same_before(how, left, right)]
    rows = together(deciding(each.left | each.right, Way.JOIN) for each in compared)
    decided = left.rows | right.rows | rows
    if how in _LEFT_ALONE:
        return Frame(left.columns, decided, left.tables | right.tables)
    ours, theirs = _sides(str(how), left.columns, right.columns, keys if are_one else ())
    made = {
        name: ours[name] if name in ours else theirs.get(name, theirs.get(name.removesuffix(suffix), NONE))
        for name in columns
    }
    return Frame(made, decided, left.tables | right.tables)


def _same_before(how: object, left: Frame, right: Frame) -> list[JoinKey]:
    """The columns that must be the same before the nearest row is looked for."""
    if not isinstance(how, tuple) or how[0] != _AS_OF:
        return []
    pairs = zip(how[4] or [], how[5] or [], strict=True)
    return [JoinKey(left.columns.get(one, NONE), right.columns.get(other, NONE)) for one, other in pairs]


_Columns = Mapping[str, Dependencies]


def _sides(how: str, left: _Columns, right: _Columns, keys: Sequence[JoinKey]) -> tuple[_Columns, _Columns]:
    """The columns that either side gives, where the two columns of a key become one."""
    if how == _FULL:
        return {
            **left,
            **{one: left[one] | right[other] for one, other in (key.names for key in keys)},
        }, right
    if how != _RIGHT:
        return left, right
    gone = {key.names[0] for key in keys if key.are_plain}
    unsure = {key.names[0] for key in keys if not key.are_plain}
    kept = {name: each for name, each in left.items() if name not in gone}
    return {
        name: each | right.get(name, NONE) if name in unsure else each for name, each in kept.items()
    }, right
