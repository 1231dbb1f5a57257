"""Steps as Polars expressions, so that rows are cleaned in the pass that judges and writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from lake_assets.cleaning.beside import MADE, hiding, keeping_lost
from lake_assets.cleaning.kind import Cell, CellKind, HidingKind, Scope
from lake_assets.cleaning.kinds import kind_of
from lake_assets.cleaning.kinds.deduplicate import DEDUPLICATE
from lake_assets.cleaning.kinds.pseudonymise import Pseudonymise
from lake_assets.cleaning.tally import Tally
from lake_assets.errors import SchemaError, near_names
from lake_assets.model import EVERY_TEXT, CleaningStep

__all__ = ["Cleaning", "compile_steps"]


@dataclass(frozen=True, eq=False)
class _Stage:
    """One step, ready to be taken."""

    number: int
    kind: CellKind
    cells: list[Cell]
    becomes: list[pl.DataType]
    made: list[pl.Expr]


@dataclass(frozen=True, eq=False)
class Cleaning:
    """Steps, ready to be taken.

    Args:
        schema: Of the rows after them.
        key_ids: By column, which key made its pseudonyms.
    """

    schema: pl.Schema
    key_ids: dict[str, str] = field(default_factory=dict)
    _stages: Sequence[_Stage] = ()
    _rescued: str = ""

    def clean(self, rows: pl.LazyFrame, tally: Tally | None = None) -> pl.LazyFrame:
        """The rows after all steps, each cleaned by itself; in the same order.

        Args:
            rows: Of the schema that the steps were compiled for.
            tally: Counts what is changed while it is asked to, which must be during one pass.
        """
        for stage in self._stages:
            rows = _taken(rows, stage, self._rescued, tally)
        return rows


def compile_steps(steps: Iterable[CleaningStep], schema: pl.Schema, scope: Scope) -> Cleaning:
    """Turn the steps that are about cells into expressions over the columns of rows.

    Args:
        steps: In the order in which they are taken.
        schema: Of the rows before them.
        scope: What they may look at.

    Raises:
        SchemaError: When a column is missing, or of a type that a step cannot clean.
        SettingsError: When the environment lacks a key.
    """
    after, stages = dict(schema), list[_Stage]()
    for number, step in enumerate(steps, start=1):
        if step.kind == DEDUPLICATE:
            _check_columns(number, step, after, scope)
            continue
        stage = _stage(number, step, after, scope)
        after.update(zip((cell.column for cell in stage.cells), stage.becomes, strict=True))
        stages.append(stage)
    rescued = scope.rescued if scope.rescued in schema else ""
    return Cleaning(pl.Schema(after), _key_ids(stages), stages, rescued)


def _stage(number: int, step: CleaningStep, schema: dict[str, pl.DataType], scope: Scope) -> _Stage:
    kind = kind_of(step.kind)
    at = _place(number, step, scope)
    cells = [
        Cell(
            name,
            _found(name, schema, at),
            step.settings.get(name, step.settings.get(EVERY_TEXT, {})),
            f"{at}, column {name}",
            scope,
        )
        for name in _columns(step, schema, scope)
    ]
    return _Stage(
        number, kind, cells, [kind.becomes(cell) for cell in cells], [kind.cleaned(cell) for cell in cells]
    )


def _check_columns(number: int, step: CleaningStep, schema: dict[str, pl.DataType], scope: Scope) -> None:
    for name in step.columns:
        _found(name, schema, _place(number, step, scope))


def _place(number: int, step: CleaningStep, scope: Scope) -> str:
    return ", ".join(filter(None, (scope.place, f"cleaning step {number} ({step.kind})")))


def _columns(step: CleaningStep, schema: dict[str, pl.DataType], scope: Scope) -> Iterator[str]:
    yield from step.columns
    if EVERY_TEXT in step.settings:
        texts = [name for name, kind in schema.items() if kind == pl.String() and name != scope.rescued]
        yield from (name for name in texts if name not in step.settings)


def _found(name: str, schema: dict[str, pl.DataType], at: str) -> pl.DataType:
    if name not in schema:
        raise SchemaError(f"the rows have no column {name!r}", place=at, mend=near_names(name, schema))
    return schema[name]


def _key_ids(stages: Iterable[_Stage]) -> dict[str, str]:
    return {
        cell.column: stage.kind.key_id(cell)
        for stage in stages
        if isinstance(stage.kind, Pseudonymise)
        for cell in stage.cells
    }


def _taken(rows: pl.LazyFrame, stage: _Stage, rescued: str, tally: Tally | None) -> pl.LazyFrame:
    names = [cell.column for cell in stage.cells]
    if not (stage.kind.loses and rescued):
        hidden = (
            [hiding(stage.kind, stage.cells, rescued)]
            if isinstance(stage.kind, HidingKind) and rescued
            else []
        )
        return rows.with_columns(*_counted(stage, stage.made, tally), *hidden)
    # In two steps, so that every cell is made once: of what it is and whether it is lost, in one, it would be twice.
    apart = rows.with_columns(made.alias(MADE + name) for name, made in zip(names, stage.made, strict=True))
    made = [pl.col(MADE + name) for name in names]
    whole = apart.with_columns(keeping_lost(stage.cells, rescued), *_counted(stage, made, tally))
    return whole.drop(MADE + name for name in names)


def _counted(stage: _Stage, made: Sequence[pl.Expr], tally: Tally | None) -> Iterator[pl.Expr]:
    for cell, becomes, after in zip(stage.cells, stage.becomes, made, strict=True):
        place = (stage.number, stage.kind.name, cell.column)
        counted = tally.counted(place, cell.value, after, becomes, loses=stage.kind.loses) if tally else after
        yield counted.alias(cell.column)
