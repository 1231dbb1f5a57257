"""What the columns depend on that a step of a plan gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from lake_assets.lineage.expressions import Reader, Value
from lake_assets.lineage.frame import Frame, frame_of_table, hidden_frame
from lake_assets.lineage.joins import JoinKey, joined
from lake_assets.lineage.plan import NamedExpression, Plan, Unseen
from lake_assets.lineage.reshaping import exploded, numbered, unnested, unpivoted
from lake_assets.lineage.stubs import Stub
from lake_assets.lineage.ways import deciding, together, valued
from lake_assets.model import TableRef, Way

__all__ = ["Trace", "trace"]

# The classes of these steps are in a private module of Polars, without types.
_Step = Any


@dataclass(frozen=True)
class Trace:
    """What a plan gives.

    Args:
        frame: What its columns depend on.
        unseen: The names of steps and expressions that could not be looked into.
    """

    frame: Frame
    unseen: tuple[str, ...]


def trace(frame: pl.LazyFrame) -> Trace:
    """Follow every column of a lazy frame back to the stubs that it is made of; see `Stub`."""
    tracer = _Tracer(Plan(frame), [])
    return Trace(tracer.here(), tuple(dict.fromkeys(tracer.unseen)))


@dataclass
class _Tracer:
    """Goes through a plan.

    Args:
        plan: The plan; stands at the step that is looked at.
        unseen: Gets the name of what could not be looked into.
    """

    plan: Plan
    unseen: list[str]

    def here(self) -> Frame:
        """What the step that the plan stands at gives."""
        inputs = [self._input(number) for number in self.plan.inputs()]
        step, columns = self.plan.step(), self.plan.columns()
        read = _STEPS.get(type(step).__name__)
        if read is None:
            return self.hidden(step.why if isinstance(step, Unseen) else type(step).__name__, inputs)
        return read(self, step, inputs).named(columns)

    def _input(self, number: int) -> Frame:
        with self.plan.at(number):
            return self.here()

    def hidden(self, why: str, inputs: Sequence[Frame]) -> Frame:
        """What comes out of a step that cannot be looked into."""
        self.unseen.append(why)
        return hidden_frame(inputs, self.plan.columns())

    def reader(self, frame: Frame) -> Reader:
        """The reader of expressions over a frame."""
        return Reader(self.plan, frame, self.unseen)

    def values(self, expressions: Iterable[NamedExpression], frame: Frame) -> dict[str, Value]:
        """What named expressions over a frame depend on."""
        reader = self.reader(frame)
        return {each.output_name: reader.read(each.node) for each in expressions}


def _scan(tracer: _Tracer, step: _Step, _inputs: Sequence[Frame]) -> Frame:
    """A table; what a plan reads besides the tables of the lake has no lineage here."""
    source = getattr(step.options[0], "io_source", None) if type(step).__name__ == "PythonScan" else None
    if not isinstance(source, Stub):
        return Frame(dict.fromkeys(tracer.plan.columns(), frozenset()))
    whole = frame_of_table(source.table, source.schema)
    kept = _nodes(tracer.plan.named_expressions())
    return whole.with_rows(tracer.reader(whole).decides(kept, Way.FILTER))


def _select(tracer: _Tracer, _step: _Step, inputs: Sequence[Frame]) -> Frame:
    """New columns; what makes one longer or shorter is felt by all that stand beside it, and by whoever counts rows."""
    values = tracer.values(tracer.plan.named_expressions(), inputs[0])
    number = together(each.number for each in values.values())
    made = replace(inputs[0], columns={name: each.depends for name, each in values.items()})
    return made.with_rows(number)


def _with_columns(tracer: _Tracer, _step: _Step, inputs: Sequence[Frame]) -> Frame:
    values = tracer.values(tracer.plan.named_expressions(), inputs[0])
    return replace(
        inputs[0], columns={**inputs[0].columns, **{name: each.depends for name, each in values.items()}}
    )


def _filter(tracer: _Tracer, step: _Step, inputs: Sequence[Frame]) -> Frame:
    return inputs[0].with_rows(tracer.reader(inputs[0]).decides([step.predicate.node], Way.FILTER))


def _sort(tracer: _Tracer, step: _Step, inputs: Sequence[Frame]) -> Frame:
    return inputs[0].with_rows(tracer.reader(inputs[0]).decides(_nodes(step.by_column), Way.SORT))


def _group_by(tracer: _Tracer, step: _Step, inputs: Sequence[Frame]) -> Frame:
    rows = inputs[0]
    index = next(filter(None, (step.options.dynamic, step.options.rolling)), None)
    by = {name: each.depends for name, each in tracer.values(step.keys, rows).items()}
    if index is not None:
        by[index.index_column] = rows.columns[index.index_column]
    aggregated = tracer.values(step.aggs, rows)
    values = {name: valued(each.depends, Way.AGGREGATION) for name, each in aggregated.items()}
    # The bounds of a window of time are made of the time, under names of their own.
    bounds = valued(by[index.index_column], Way.TRANSFORMATION) if index is not None else frozenset()
    others = dict.fromkeys([name for name in tracer.plan.columns() if name not in by | values], bounds)
    groups = together(deciding(each, Way.GROUP_BY) for each in by.values())
    return replace(rows, columns={**by, **values, **others}).with_rows(groups)


def _distinct(_tracer: _Tracer, step: _Step, inputs: Sequence[Frame]) -> Frame:
    rows = inputs[0]
    alike = step.options[1] if step.options[1] is not None else list(rows.columns)
    return rows.with_rows(together(deciding(rows.columns[name], Way.GROUP_BY) for name in alike))


def _same(_tracer: _Tracer, _step: _Step, inputs: Sequence[Frame]) -> Frame:
    return inputs[0]


def _union(tracer: _Tracer, _step: _Step, inputs: Sequence[Frame]) -> Frame:
    """Rows below each other: columns that stand in the same place, and those of the same name where they differ."""
    names = tracer.plan.columns()
    columns = {
        name: together(_placed(each, place) | each.columns.get(name, frozenset()) for each in inputs)
        for place, name in enumerate(names)
    }
    return Frame(columns, together(each.rows for each in inputs), _tables(inputs))


def _placed(frame: Frame, place: int) -> frozenset[Any]:
    in_order = list(frame.columns.values())
    return in_order[place] if place < len(in_order) else frozenset()


def _side_by_side(_tracer: _Tracer, _step: _Step, inputs: Sequence[Frame]) -> Frame:
    columns = {name: depends for each in inputs for name, depends in each.columns.items()}
    return Frame(columns, together(each.rows for each in inputs), _tables(inputs))


def _merge_sorted(tracer: _Tracer, step: _Step, inputs: Sequence[Frame]) -> Frame:
    merged = _union(tracer, step, inputs)
    keys = [step.key] if isinstance(step.key, str) else step.key
    return merged.with_rows(together(deciding(merged.columns[name], Way.SORT) for name in keys))


def _tables(inputs: Sequence[Frame]) -> frozenset[TableRef]:
    return frozenset[TableRef]().union(*(each.tables for each in inputs))


def _join(tracer: _Tracer, step: _Step, inputs: Sequence[Frame]) -> Frame:
    left, right = inputs
    keys = [_key(tracer, left, right, *pair) for pair in zip(step.left_on, step.right_on, strict=True)]
    made = joined(left, right, keys, step.options, tracer.plan.columns())
    if step.predicate is None:
        return made
    # The condition may name columns that the step no longer gives.
    whole = replace(made, columns={**right.columns, **left.columns, **made.columns})
    return made.with_rows(tracer.reader(whole).decides([step.predicate.node], Way.JOIN))


def _nodes(expressions: Iterable[NamedExpression]) -> list[int]:
    return [each.node for each in expressions]


def _key(tracer: _Tracer, left: Frame, right: Frame, one: NamedExpression, other: NamedExpression) -> JoinKey:
    kinds = {type(tracer.plan.expression(each.node)).__name__ for each in (one, other)}
    return JoinKey(
        tracer.reader(left).depends(one.node),
        tracer.reader(right).depends(other.node),
        (one.output_name, other.output_name),
        are_plain=kinds == {"Column"},
    )


def _map_function(tracer: _Tracer, step: _Step, inputs: Sequence[Frame]) -> Frame:
    name, *arguments = step.function
    rows = inputs[0]
    match name:
        case "explode":
            return exploded(rows, arguments[0])
        case "unpivot":
            return unpivoted(rows, *arguments[:4])
        case "unnest":
            with tracer.plan.at(tracer.plan.inputs()[0]):
                types = tracer.plan.types()
            return unnested(rows, arguments[0], types, tracer.plan.columns())
        case "row_index":
            return numbered(rows, arguments[0])
        case "hint_sorted" | "rechunk":
            return rows
        case _:
            return tracer.hidden(str(name), inputs)


_STEPS: dict[str, Callable[[_Tracer, _Step, Sequence[Frame]], Frame]] = {
    "Cache": _same,
    "DataFrameScan": _scan,
    "Distinct": _distinct,
    "Filter": _filter,
    "GroupBy": _group_by,
    "HConcat": _side_by_side,
    "HStack": _with_columns,
    "Join": _join,
    "MapFunction": _map_function,
    "MergeSorted": _merge_sorted,
    "PythonScan": _scan,
    "Reduce": _select,
    "Scan": _scan,
    "Select": _select,
    "SimpleProjection": _same,
    "Slice": _same,
    "Sort": _sort,
    "Union": _union,
}
