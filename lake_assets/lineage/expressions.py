"""What an expression of a plan depends on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from lake_assets.lineage.frame import Frame
from lake_assets.lineage.functions import function_name, is_by_another, is_scalar, keeps_number
from lake_assets.lineage.plan import Plan, Unseen
from lake_assets.lineage.ways import NONE, Dependencies, deciding, opaque, together, valued
from lake_assets.model import Way

__all__ = ["Reader", "Value"]

_FIELD = "field"
_UNSEEN_ROW_BY_ROW = frozenset({"array.eval", "binary expr", "cum_fold", "fold", "list.eval", "reduce"})
"""What Polars does not show, but is known to give a value for each row."""


@dataclass(frozen=True)
class Value:
    """What the values of an expression depend on.

    Args:
        depends: The values themselves.
        number: How many there are, where that is not just the number of rows.
    """

    depends: Dependencies = NONE
    number: Dependencies = NONE


@dataclass
class Reader:
    """Reads the expressions of one step.

    Args:
        plan: Stands at the step.
        frame: What the step takes in.
        unseen: Gets the name of every expression that could not be looked into.
        fields: What the fields of the struct depend on that is looked into.
    """

    plan: Plan
    frame: Frame
    unseen: list[str]
    fields: Dependencies | None = field(default=None)

    def read(self, number: int) -> Value:
        """What an expression depends on."""
        seen = self.plan.expression(number)
        name = type(seen).__name__
        if isinstance(seen, Unseen) or name not in _READERS:
            return self._unseen(seen.why if isinstance(seen, Unseen) else name)
        return _READERS[name](self, seen)

    def depends(self, number: int) -> Dependencies:
        """What the values of an expression depend on."""
        return self.read(number).depends

    def decides(self, numbers: Iterable[int], way: Way) -> Dependencies:
        """What something depends on that some expressions decide about."""
        return together(deciding(self.depends(number), way) for number in numbers)

    def _unseen(self, why: str) -> Value:
        if why == _FIELD and self.fields is not None:
            return Value(self.fields)
        self.unseen.append(why)
        columns = together(self.frame.columns.values())
        return Value(opaque(columns), NONE if why in _UNSEEN_ROW_BY_ROW else opaque(columns, Way.FILTER))

    def inside(self, struct: Dependencies) -> Reader:
        """The reader of expressions that name fields of a struct."""
        return Reader(self.plan, self.frame, self.unseen, struct)


# The classes of these expressions are in a private module of Polars, without types.
_Seen = Any


def _column(reader: Reader, seen: _Seen) -> Value:
    known = reader.frame.columns
    return Value(known[seen.name] if seen.name in known else opaque(reader.frame.everything))


def _literal(_reader: Reader, _seen: _Seen) -> Value:
    return Value()


def _count(reader: Reader, _seen: _Seen) -> Value:
    return Value(reader.frame.number_of_rows)


def _same(reader: Reader, seen: _Seen) -> Value:
    return reader.read(seen.expr)


def _of_one(reader: Reader, seen: _Seen) -> Value:
    read = reader.read(seen.expr)
    return Value(valued(read.depends, Way.TRANSFORMATION), read.number)


def _of_two(reader: Reader, seen: _Seen) -> Value:
    return _row_by_row([reader.read(seen.left), reader.read(seen.right)])


def _row_by_row(arguments: Iterable[Value]) -> Value:
    read = list(arguments)
    values = together(valued(each.depends, Way.TRANSFORMATION) for each in read)
    return Value(values, together(each.number for each in read))


def _when(reader: Reader, seen: _Seen) -> Value:
    condition = reader.read(seen.predicate)
    made = _row_by_row([reader.read(seen.truthy), reader.read(seen.falsy)])
    return Value(made.depends | deciding(condition.depends, Way.CONDITIONAL), made.number | condition.number)


def _aggregation(reader: Reader, seen: _Seen) -> Value:
    arguments = seen.arguments if isinstance(seen.arguments, list) else [seen.arguments]
    return Value(together(valued(reader.depends(each), Way.AGGREGATION) for each in arguments))


def _function(reader: Reader, seen: _Seen) -> Value:
    name, arguments = function_name(seen.function_data), [reader.read(each) for each in seen.input]
    if is_by_another(name) and arguments:
        return _by_another(name, arguments)
    if is_scalar(name):
        return Value(together(valued(each.depends, Way.AGGREGATION) for each in arguments))
    made = _row_by_row(arguments)
    return (
        made if keeps_number(name) else Value(made.depends, made.number | deciding(made.depends, Way.FILTER))
    )


def _by_another(name: str, arguments: list[Value]) -> Value:
    way = Way.AGGREGATION if is_scalar(name) else Way.TRANSFORMATION
    order = together(deciding(each.depends, Way.SORT) for each in arguments[1:])
    return Value(valued(arguments[0].depends, way) | order, together(each.number for each in arguments))


def _window(reader: Reader, seen: _Seen) -> Value:
    ordered = seen.order_by if isinstance(seen.order_by, list) else [seen.order_by]
    frames = [*seen.partition_by, *(each for each in ordered if each is not None)]
    read = reader.read(seen.function)
    decided = read.depends | reader.decides(frames, Way.WINDOW)
    is_longer = getattr(seen.options, "kind", "") != "groups_to_rows"
    return Value(decided, deciding(decided, Way.FILTER) if is_longer else NONE)


def _rolling(reader: Reader, seen: _Seen) -> Value:
    read = reader.read(seen.function)
    return Value(read.depends | reader.decides([seen.index_column], Way.WINDOW), read.number)


def _sort_by(reader: Reader, seen: _Seen) -> Value:
    read = reader.read(seen.expr)
    values = valued(read.depends, Way.TRANSFORMATION)
    return Value(values | reader.decides(seen.by, Way.SORT), read.number)


def _filter(reader: Reader, seen: _Seen) -> Value:
    read, kept = reader.read(seen.input), reader.decides([seen.by], Way.FILTER)
    return Value(read.depends | kept, read.number | kept)


def _slice(reader: Reader, seen: _Seen) -> Value:
    read, kept = reader.read(seen.input), reader.decides([seen.offset, seen.length], Way.FILTER)
    return Value(read.depends | kept, read.number | kept)


def _gather(reader: Reader, seen: _Seen) -> Value:
    places = reader.read(seen.idx)
    chosen = deciding(places.depends, Way.CONDITIONAL)
    return Value(reader.depends(seen.expr) | chosen, NONE if seen.scalar else places.number)


def _explode(reader: Reader, seen: _Seen) -> Value:
    read = reader.read(seen.expr)
    values = valued(read.depends, Way.TRANSFORMATION)
    return Value(values, read.number | deciding(read.depends, Way.FILTER))


def _struct(reader: Reader, seen: _Seen) -> Value:
    read = reader.read(seen.expr)
    inside = reader.inside(valued(read.depends, Way.TRANSFORMATION))
    return _row_by_row([read, *(inside.read(each.node) for each in seen.evaluation)])


_READERS: dict[str, Callable[[Reader, _Seen], Value]] = {
    "Agg": _aggregation,
    "Alias": _same,
    "BinaryExpr": _of_two,
    "Cast": _of_one,
    "Column": _column,
    "Explode": _explode,
    "Filter": _filter,
    "Function": _function,
    "Gather": _gather,
    "Len": _count,
    "Literal": _literal,
    "Rolling": _rolling,
    "Slice": _slice,
    "Sort": _of_one,
    "SortBy": _sort_by,
    "StructEval": _struct,
    "Ternary": _when,
    "Window": _window,
}
