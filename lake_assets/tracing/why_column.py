"""Why a column is as it is: what it means, what it is made by, which rules are on it, how much of it is missing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import islice

import polars as pl

from lake_assets.cleaning import describe_step
from lake_assets.declarations import Declarations
from lake_assets.errors import LakeError, SchemaError, UnknownTableError, near_names
from lake_assets.model import (
    EVERY_TEXT,
    CleaningStep,
    Column,
    Dataset,
    Place,
    Rule,
    Transformation,
    Verdict,
    Zone,
)
from lake_assets.quality import told_rule
from lake_assets.storage.root import LakeRoot
from lake_assets.storage.table import Table
from lake_assets.tracing.declared_by import changes_of, lines_of_rule
from lake_assets.tracing.reasons import ColumnReason, ColumnRule
from lake_assets.tracing.steps import CommitFacts
from lake_assets.tracing.world import World
from lake_assets.zones.columns import RESCUED
from lake_assets.zones.pinned_mapping import mapping_in_force
from lake_assets.zones.rules import rules_of

__all__ = ["why_column"]

_COMMITS = 5


def why_column(root: LakeRoot, declarations: Declarations, table: Table, name: str) -> ColumnReason:
    """Tell what a column is and how it came to be.

    Args:
        root: The lake.
        declarations: What is declared for it.
        table: The table.
        name: The column.

    Raises:
        SchemaError: When the table has no such column.
    """
    if name not in table.schema:
        what = f"{table.ref} has no column {name!r}"
        raise SchemaError(what, place=f"table {table.ref}", mend=near_names(name, table.schema))
    world = World(root, declarations)
    world.hold(table)
    dataset = world.dataset(table.ref.name) if table.ref.zone in {Zone.FORMATTED, Zone.TRUSTED} else None
    made = _transformation(declarations, table)
    column = _mapped(world, dataset, name)
    place = dataset.place if dataset else made.place if made else Place()
    return ColumnReason(
        table=str(table.ref),
        version=table.version,
        column=name,
        type=str(table.schema[name]),
        description=_meaning(table, name),
        unit=made.units.get(name, "") if made else column.unit if column else "",
        is_personal=name in world.hidden(table.ref),
        declared_at=str(place),
        elements=column.source_names if column else (),
        layout=column.layout if column else "",
        expression=_expression(made, name) if made else "",
        inputs=_inputs(made, name) if made else _before(table, dataset, column),
        cleaning=tuple(_cleaning(dataset, name)) if dataset and table.ref.zone is Zone.TRUSTED else (),
        rules=tuple(_rules(world, table, dataset, made, name)),
        commits=_commits(world, table),
        rows=table.row_count,
        nulls=_nulls(table, name),
        rescued=_rescued(table, column) if column and RESCUED in table.schema else None,
        changes=changes_of(place),
    )


def _transformation(declarations: Declarations, table: Table) -> Transformation | None:
    if table.ref.zone is not Zone.EXPLOITATION:
        return None
    try:
        return declarations.transformation(table.ref.name)
    except UnknownTableError:
        return None


def _mapped(world: World, dataset: Dataset | None, name: str) -> Column | None:
    if dataset is None or dataset.parent:
        return None
    columns = mapping_in_force(dataset, world.table(dataset.table(Zone.FORMATTED))).columns
    return next((column for column in columns if column.name == name), None)


def _meaning(table: Table, name: str) -> str:
    fields = table.delta.schema().fields
    return next((str(each.metadata.get("comment", "")) for each in fields if each.name == name), "")


def _expression(made: Transformation, name: str) -> str:
    """What makes the column: its expression where the query names one, else all there is."""
    if not made.is_sql:
        return str(getattr(made.function, "__qualname__", ""))
    from lake_assets.tracing.query_shape import expression_of  # noqa: PLC0415 - sqlglot takes 0.4 s to import

    return expression_of(made.sql, name) or made.sql


def _inputs(made: Transformation, name: str) -> tuple[str, ...]:
    tables = tuple(str(ref) for ref in made.inputs.values())
    if not made.is_sql:
        return tables
    from lake_assets.tracing.query_shape import columns_behind  # noqa: PLC0415 - likewise

    found = columns_behind(made.sql, name)
    return (
        tuple(f"{made.inputs[table]}.{column}" for table, column in found if table in made.inputs) or tables
    )


def _before(table: Table, dataset: Dataset | None, column: Column | None) -> tuple[str, ...]:
    if dataset is None:
        return ()
    if dataset.parent:
        return (f"trusted.{dataset.parent}.{dataset.origin}",)
    if table.ref.zone is Zone.TRUSTED:
        return (f"formatted.{dataset.name}.{column.name}",) if column else ()
    return (f"files of {dataset.source}: {dataset.origin}",)


def _cleaning(dataset: Dataset, name: str) -> list[str]:
    steps = [step for step in dataset.clean if name in step.settings or EVERY_TEXT in step.settings]
    return [_sentence(step, name) for step in steps]


def _sentence(step: CleaningStep, name: str) -> str:
    one = CleaningStep(
        step.kind, {name: step.settings.get(name, step.settings.get(EVERY_TEXT, {}))}, step.options
    )
    try:
        return describe_step(one)
    except LakeError:
        return step.kind


def _rules(
    world: World, table: Table, dataset: Dataset | None, made: Transformation | None, name: str
) -> list[ColumnRule]:
    if dataset is not None and table.ref.zone is Zone.TRUSTED:
        rules: Sequence[Rule] = rules_of(dataset)
    else:
        rules = made.rules if made else ()
    note = next((note for _, note in world.commits(table).newest_first()), {})
    verdicts = {each["rule_id"]: Verdict.from_record(each) for each in note.get("verdicts", ())}
    place = dataset.place if dataset else made.place if made else Place()
    hidden = world.hidden(table.ref)
    return [
        _rule(rule, verdicts.get(rule.rule_id), place, told_rule(rule, hidden))
        for rule in rules
        if name in rule.columns
    ]


def _rule(rule: Rule, verdict: Verdict | None, place: Place, sentence: str) -> ColumnRule:
    lines = lines_of_rule(rule, place)
    last = verdict if verdict is not None and verdict.version == rule.version else None
    return ColumnRule(
        rule.rule_id,
        rule.version,
        rule.severity,
        sentence,
        rule.owner,
        rule.reason,
        last.judged if last else None,
        last.broken if last else None,
        f"{place.file}:{lines[0]}" if lines else str(place),
        changes_of(place, lines) if lines else (),
    )


def _commits(world: World, table: Table) -> tuple[CommitFacts, ...]:
    commits = world.commits(table)
    told = (commits.facts(version) for version, note in commits.newest_first() if "run_id" in note)
    return tuple(islice((each for each in told if each is not None), _COMMITS))


def _nulls(table: Table, name: str) -> int:
    """From the log where it says so, else counted."""
    counted = f"null_count.{name}"
    if table.files.height and counted in table.files.columns and not table.files[counted].null_count():
        return int(table.files[counted].sum())
    return int(table.scan().select(pl.col(name).null_count()).collect(engine="streaming").item())


def _rescued(table: Table, column: Column) -> int:
    named = [json.dumps(name, ensure_ascii=False) + ":" for name in column.source_names]
    holds = pl.any_horizontal(pl.col(RESCUED).str.contains(name, literal=True) for name in named)
    return int(table.scan().select(holds.sum()).collect(engine="streaming").item() or 0)
