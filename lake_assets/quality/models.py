"""A `DataFrameModel` of pandera as rules and columns: the language of those who write them in Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, cast

import polars as pl

from lake_assets.errors import DeclarationError
from lake_assets.model import Rule, RuleValue, Severity
from lake_assets.quality.recorded_checks import record, recorded_check

if TYPE_CHECKING:
    import pandera.polars as pa

__all__ = ["model_columns", "model_rules"]

_TYPES: dict[type[pl.DataType], str] = {
    pl.String: "text",
    pl.Int64: "int",
    pl.Float64: "float",
    pl.Boolean: "bool",
    pl.Date: "date",
    pl.Datetime: "datetime",
}


def model_rules(model: object, reference: str, code: str, place: str) -> tuple[Rule, ...]:
    """The rules that a model asks: of each column, then of all of a row.

    A field that is not nullable is `not_null`, a unique one `unique`; each check of pandera's own is a `check`, each of
    the model's own a `function`. A check with `raise_warning` warns.

    Args:
        model: A subclass of `pandera.polars.DataFrameModel`.
        reference: How it is named.
        code: Changes with its code.
        place: Where it is named, for the error.

    Raises:
        DeclarationError: When it is no such model, or a check judges more than a row.
    """
    schema = _schema(model, reference, place)
    frame = pl.Schema({name: _stored(column) for name, column in schema.columns.items()})
    asked = [*_of_columns(schema, frame, reference, code), *_of_rows(schema, frame, reference, code)]
    return tuple({rule.rule_id: rule for rule in asked}.values())


def model_columns(model: object) -> list[tuple[str, str, str]]:
    """Name, type in the canonical model and description of each column whose type a model names."""
    schema = _schema(model, "", "")
    return [
        (name, _TYPES[_stored(column).base_type()], column.description or "")
        for name, column in schema.columns.items()
        if _stored(column).base_type() in _TYPES
    ]


def _schema(model: object, reference: str, place: str) -> pa.DataFrameSchema:
    import pandera.polars as pa  # noqa: PLC0415  (half a second that only those pay who declare a model)

    if not (isinstance(model, type) and issubclass(model, pa.DataFrameModel)):
        what = f"{reference} is no DataFrameModel"
        raise DeclarationError(what, place=place, mend="name a subclass of pandera.polars.DataFrameModel")
    return model.to_schema()


def _stored(column: pa.Column) -> pl.DataType:
    kind = getattr(column.dtype, "type", None)
    return cast("pl.DataType", kind() if isinstance(kind, type) else kind or pl.Null())


def _of_columns(schema: pa.DataFrameSchema, frame: pl.Schema, reference: str, code: str) -> Iterator[Rule]:
    for name, column in schema.columns.items():
        if not column.nullable:
            yield Rule(f"{name}_not_null", "not_null", (name,))
        if column.unique:
            yield Rule(f"{name}_unique", "unique", (name,))
        for check in column.checks:
            yield _of_check(check, name, frame, reference, code)


def _of_rows(schema: pa.DataFrameSchema, frame: pl.Schema, reference: str, code: str) -> Iterator[Rule]:
    if schema.unique:
        columns = tuple([schema.unique] if isinstance(schema.unique, str) else schema.unique)
        yield Rule("_".join((*columns, "unique")), "unique", columns)
    for check in schema.checks or ():
        yield _of_check(check, None, frame, reference, code)


def _of_check(check: pa.Check, column: str | None, frame: pl.Schema, reference: str, code: str) -> Rule:
    name, severity = str(check.name), Severity.WARN if check.raise_warning else Severity.QUARANTINE
    reason = check.description or ""
    if column is not None and check.statistics:
        arguments = _arguments(check.statistics)
        recorded_check(name, arguments, column, frame)
        named = {"name": name, **arguments}
        return Rule(f"{column}_{name}", "check", (column,), named, severity, reason=reason)
    expression = record(check, column, frame)
    return Rule(
        f"{column}_{name}" if column else name,
        "function",
        tuple(dict.fromkeys(expression.meta.root_names())),
        {"call": f"{reference}.{name}", "code": code},
        severity,
        reason=reason,
        function=partial(_same, expression),
    )


def _same(expression: pl.Expr) -> pl.Expr:
    return expression


def _arguments(statistics: Mapping[str, object]) -> dict[str, RuleValue]:
    """What a check was made with, in values that a rule holds."""
    return {
        name: cast("RuleValue", tuple(value) if isinstance(value, list) else value)
        for name, value in statistics.items()
        if value is not None
    }
