"""What follows from a column: all that moves when its values change, and all that breaks when it is gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from lake_assets.engines import open_engine
from lake_assets.errors import LakeError
from lake_assets.lineage.of_lake import LakeLineage
from lake_assets.lineage.stubs import Stub
from lake_assets.lineage.tree import Edge, edges_of, trees_down
from lake_assets.model import ColumnRef, Rule, TableRef, Transformation, Zone

__all__ = ["Breakage", "Impact", "TouchedRule", "impact_of"]


@dataclass(frozen=True)
class TouchedRule:
    """A rule that names a column whose values may move.

    Args:
        table: The table that it is a rule of.
        rule_id: Its name.
        severity: What a breach does.
        columns: Those of its columns that may move.
    """

    table: TableRef
    rule_id: str
    severity: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Breakage:
    """What can no longer be made without a column.

    Args:
        table: The table.
        what: What would be told.
    """

    table: TableRef
    what: str


@dataclass(frozen=True)
class Impact:
    """What follows from some columns.

    Args:
        asked: The columns.
        moved: The columns whose values may change with theirs, and how; `*` for all columns of a table.
        consumers: Who uses a table of the exploitation zone that moves, by table.
        rules: The rules that name a column whose values move.
        broken: What cannot be made when the columns are gone.
    """

    asked: tuple[ColumnRef, ...]
    moved: tuple[Edge, ...]
    consumers: dict[TableRef, tuple[str, ...]]
    rules: tuple[TouchedRule, ...]
    broken: tuple[Breakage, ...]

    @property
    def tables(self) -> list[TableRef]:
        """The tables of which something moves."""
        return list(dict.fromkeys(edge.target.table for edge in self.moved))


def impact_of(lineage: LakeLineage, columns: Sequence[ColumnRef]) -> Impact:
    """What follows from some columns.

    Args:
        lineage: Of the lake.
        columns: The columns, or elements of files; `*` for the rows of a table.
    """
    trees = trees_down(lineage, columns)
    moved = tuple(edges_of(trees))
    reached = {*columns, *(edge.target for edge in moved)}
    tables = list(dict.fromkeys(edge.target.table for edge in moved))
    made = [each for ref in tables if (each := lineage.transformation(ref)) is not None]
    return Impact(
        tuple(columns),
        moved,
        {each.target: each.consumers for each in made if each.consumers},
        tuple(_rules(lineage, reached)),
        tuple(_broken(lineage, columns)),
    )


def _rules(lineage: LakeLineage, reached: set[ColumnRef]) -> Iterator[TouchedRule]:
    for ref in lineage.tables():
        dataset, made = lineage.dataset(ref), lineage.transformation(ref)
        declared = dataset.rules if dataset and ref.zone is Zone.TRUSTED else made.rules if made else ()
        for rule in declared:
            touched = tuple(dict.fromkeys(_touched(rule, ref, reached)))
            if touched:
                yield TouchedRule(ref, rule.rule_id, rule.severity.value, touched)


def _touched(rule: Rule, ref: TableRef, reached: set[ColumnRef]) -> Iterator[str]:
    """The columns of a rule that move, its own and those of the table that it looks up."""
    own = [ColumnRef(ref, name) for name in rule.columns]
    yield from (each.column for each in own if each in reached)
    if "table" in rule.parameters:
        table, names = TableRef.parse(str(rule.parameters["table"])), rule.parameters.get("to")
        looked_up = [ColumnRef(table, str(name)) for name in (names if isinstance(names, tuple) else ())]
        yield from (str(each) for each in looked_up if each in reached)


def _broken(lineage: LakeLineage, columns: Iterable[ColumnRef]) -> Iterator[Breakage]:
    """What fails without the columns: an element that is missing becomes null, a column of a table is missed."""
    gone = {each for each in columns if each.table.zone is not Zone.PERSISTENT_LANDING}
    gone |= {
        ColumnRef(TableRef(Zone.TRUSTED, each.table.name), each.column)
        for each in gone
        if each.table.zone is Zone.FORMATTED
    }
    by_table: dict[TableRef, set[str]] = {}
    for each in gone:
        by_table.setdefault(each.table, set()).add(each.column)
    yield from _broken_declarations(lineage, by_table)
    for made in lineage.declarations.transformations:
        if not by_table.keys().isdisjoint(made.inputs.values()):
            what = _failure(lineage, made, by_table)
            if what:
                yield Breakage(made.target, what)


def _broken_declarations(lineage: LakeLineage, gone: dict[TableRef, set[str]]) -> Iterator[Breakage]:
    """The cleaning steps, keys and rules of datasets that name a column that is gone."""
    for dataset in lineage.declarations.tables:
        trusted, formatted = dataset.table(Zone.TRUSTED), dataset.table(Zone.FORMATTED)
        missed = gone.get(formatted, set())
        steps = [step.kind for step in dataset.clean if missed.intersection(step.columns)]
        keys = sorted(missed.intersection(dataset.key))
        rules = [rule.rule_id for rule in dataset.rules if missed.intersection(rule.columns)]
        told = {"cleaning step": steps, "key column": keys, "rule": rules}
        for noun, names in told.items():
            if names:
                yield Breakage(trusted, f"{noun} {', '.join(names)} names a column that is gone")


def _failure(lineage: LakeLineage, made: Transformation, gone: dict[TableRef, set[str]]) -> str:
    """What the engine says of a transformation whose inputs lack the columns; nothing where it runs."""
    frames = {}
    for name, ref in made.inputs.items():
        left = {
            column: kind for column, kind in lineage.schema(ref).items() if column not in gone.get(ref, set())
        }
        frames[name] = Stub(ref, pl.Schema(left)).scan()
    try:
        open_engine(made).run(frames)
    except LakeError as error:
        return error.what.partition("\n")[0]
    except (Exception, pl.exceptions.PanicException) as error:  # noqa: BLE001 - code of others runs; what it says is told
        return f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
    return ""
