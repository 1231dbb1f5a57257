"""Rules that are written in Python: functions, and the models of pandera."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

import polars as pl

from lake_assets.declarations.python_reference import Referenced, look_up
from lake_assets.errors import DeclarationError
from lake_assets.model import Column, ColumnType, Place, Rule
from lake_assets.quality import model_columns, model_rules

__all__ = ["Modelled", "modelled", "with_functions"]

Modelled = tuple[tuple[Rule, ...], tuple[Column, ...]]
"""The rules of a model, and its columns."""


def with_functions(rules: Iterable[Rule], place: Place) -> tuple[Rule, ...]:
    """The rules, those that name a function with it.

    Args:
        rules: As declared.
        place: Where.

    Raises:
        DeclarationError: When a function is not there, or gives no expression.
    """
    return tuple(_with_function(rule, place) if rule.kind == "function" else rule for rule in rules)


def _with_function(rule: Rule, place: Place) -> Rule:
    if rule.function is not None:
        return rule
    call = str(rule.parameters["call"])
    found = look_up(call, place)
    expression = _called(found, call, place)
    return replace(
        rule,
        columns=tuple(dict.fromkeys(expression.meta.root_names())),
        parameters={**rule.parameters, "code": _hash(found)},
        function=lambda: expression,
    )


def _called(found: Referenced, call: str, place: Place) -> pl.Expr:
    given: object = None
    if callable(found.value):
        try:
            given = found.value()
        except Exception as error:
            what = f"{call} fails: {type(error).__name__}: {error}"
            mend = "let it return an expression when it is called without arguments"
            raise DeclarationError(what, place=str(place), mend=mend) from error
    if not isinstance(given, pl.Expr):
        what = f"{call} gives {type(given).__name__}, not a Polars expression"
        mend = "return pl.col(...) compared with something from a function without arguments"
        raise DeclarationError(what, place=str(place), mend=mend)
    return given


def modelled(reference: str, place: Place) -> Modelled:
    """What a `DataFrameModel` of pandera asks.

    Args:
        reference: `file.py:Model` or `package.module:Model`; nothing is asked where it is empty.
        place: Where it is declared.

    Raises:
        DeclarationError: When there is no such model, or it asks what no rule can.
    """
    if not reference:
        return (), ()
    found = look_up(reference, place)
    try:
        rules = model_rules(found.value, reference, _hash(found), str(place))
    except DeclarationError as error:
        raise DeclarationError(error.what, place=str(place), mend=error.mend) from error
    return rules, tuple(
        Column(name, name, ColumnType(kind), description=description)
        for name, kind, description in model_columns(found.value)
    )


def _hash(found: Referenced) -> str:
    return hashlib.sha256(found.code.encode()).hexdigest()[:8]
