"""The lineage of an exploitation table: of the plan that its transformation makes over empty tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from lake_assets.engines import open_engine
from lake_assets.lineage.frame import Frame, frame_of_table, hidden_frame
from lake_assets.lineage.steps import Trace, trace
from lake_assets.lineage.stubs import Stub
from lake_assets.lineage.ways import Dependencies, opaque, together
from lake_assets.model import TableLineage, Transformation

__all__ = ["Traced", "lineage_of", "trace_transformation"]

_COLLECTS = "rows are collected before the plan is there"
_WORDS = {
    "anonymousfunction": "a Python function over values",
    "apply inside GroupBy": "a Python function over groups",
    "opaque python mapfunction": "a Python function over rows",
}
"""What Polars calls what it does not show, and what that is."""


@dataclass(frozen=True)
class Traced:
    """What was found out about a transformation.

    Args:
        lineage: What its columns depend on.
        schema: Its columns as the plan gives them; None where it gives none.
    """

    lineage: TableLineage
    schema: pl.Schema | None


def lineage_of(
    transformation: Transformation, schemas: Mapping[str, pl.Schema], columns: Iterable[str] = ()
) -> TableLineage:
    """What the columns of an exploitation table depend on; no row is read and nothing is written.

    Args:
        transformation: How the table is made.
        schemas: Of its inputs, by the names that it uses.
        columns: Of the table as it is, where it is: one that the plan does not give may depend on everything.
    """
    return trace_transformation(transformation, schemas, columns).lineage


def trace_transformation(
    transformation: Transformation, schemas: Mapping[str, pl.Schema], columns: Iterable[str] = ()
) -> Traced:
    """What the columns of an exploitation table depend on, and what they are.

    It never fails: a transformation that cannot run over empty tables, or a plan that Polars does not show, gives
    columns that may depend on everything.

    Args:
        transformation: How the table is made.
        schemas: Of its inputs, by the names that it uses.
        columns: Of the table as it is, where it is.
    """
    stubs = {name: Stub(ref, schemas.get(name, pl.Schema())) for name, ref in transformation.inputs.items()}
    schema: pl.Schema | None = None
    try:
        frame = open_engine(transformation).run({name: stub.scan() for name, stub in stubs.items()})
        schema = frame.collect_schema()
        traced = _narrowed(frame, trace(frame))
    except (Exception, pl.exceptions.PanicException) as error:  # noqa: BLE001 - code of others runs; told as opaque
        known = schema or columns or transformation.columns
        traced = Trace(hidden_frame(_whole(stubs.values()), known), (_in_few_words(error),))
    return Traced(_lineage(transformation, traced, list(stubs.values()), columns), schema)


def _narrowed(frame: pl.LazyFrame, traced: Trace) -> Trace:
    """Look again at each column that may depend on everything, in a plan that computes nothing else."""
    columns = dict(traced.frame.columns)
    for name, depends in columns.items():
        if any(each.is_opaque for each in depends):
            columns[name] = trace(frame.select(pl.col(name))).frame.columns[name]
    return Trace(Frame(columns, traced.frame.rows, traced.frame.tables), traced.unseen)


def _lineage(
    transformation: Transformation, traced: Trace, stubs: Sequence[Stub], columns: Iterable[str]
) -> TableLineage:
    """The lineage, with what a plan cannot tell.

    A column that the plan lacks may depend on everything. So may all columns where rows were asked for before the plan
    was there: it is then a plan for no rows, and another one for others.
    """
    anything = opaque(together(each.everything for each in _whole(stubs)))
    is_collected = any(stub.is_collected for stub in stubs)
    known: dict[str, Dependencies] = {
        name: each | anything if is_collected else each for name, each in traced.frame.columns.items()
    }
    for name in columns:
        known.setdefault(name, anything)
    unseen = tuple(_WORDS.get(each, each) for each in traced.unseen)
    return TableLineage(
        transformation.target, known, traced.frame.rows, (*unseen, *([_COLLECTS] if is_collected else []))
    )


def _whole(stubs: Iterable[Stub]) -> list[Frame]:
    return [frame_of_table(stub.table, stub.schema) for stub in stubs]


def _in_few_words(error: BaseException) -> str:
    return f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
