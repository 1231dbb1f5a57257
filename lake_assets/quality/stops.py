"""A rule that stops at a value: it is told by its name, since Polars tells the expression of all rules at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import polars as pl

from lake_assets.errors import SchemaError
from lake_assets.model import Rule
from lake_assets.quality.compilation import CompiledRule, compile_rules
from lake_assets.quality.kind import Lookup

__all__ = ["stops_told"]

_BEFORE_VALUES = re.compile(r" for |[:\n]")


@contextmanager
def stops_told(
    rules: Iterable[Rule], rows: Callable[[], pl.LazyFrame], lookup: Lookup, table: object
) -> Iterator[None]:
    """Judge within: where Polars fails, each rule is tried by itself, and the first that fails is named.

    Args:
        rules: Those that are judged within.
        rows: Gives the rows that they judge; called after a failure only.
        lookup: Opens the tables that rules refer to.
        table: Whose rules they are, for the error.

    Raises:
        SchemaError: When it is a rule that fails. The message holds no value of the data.
    """
    try:
        yield
    except pl.exceptions.PolarsError as error:
        for rule in rules:
            if why := _why_it_stops(rule, rows(), lookup):
                mend = (
                    "let it give null where a value does not fit, such as str.to_integer(strict=False) in Polars or"
                    " TRY_CAST in SQL, and let another rule say whether null may be; then run again: nothing is lost"
                )
                place = f"rule {rule.rule_id} of {table}, column {', '.join(rule.columns)}"
                raise SchemaError(f"the rule stops at a value: {why}", place=place, mend=mend) from error
        raise


def _why_it_stops(rule: Rule, rows: pl.LazyFrame, lookup: Lookup) -> str:
    """What Polars says of a rule, up to the first value; empty where it comes to an end, or the rows do not."""
    try:
        compiled = compile_rules([rule], rows, lookup)
        rows.select(_outcome(one) for one in compiled).collect(engine="streaming")
    except pl.exceptions.PolarsError as error:
        return _BEFORE_VALUES.split(str(error), maxsplit=1)[0] if _come_to_an_end(rows) else ""
    return ""


def _outcome(compiled: CompiledRule) -> pl.Expr:
    return (compiled.holds.all() if compiled.measure is None else compiled.measure).alias(
        compiled.rule.rule_id
    )


def _come_to_an_end(rows: pl.LazyFrame) -> bool:
    try:
        rows.select(pl.all().count()).collect(engine="streaming")
    except pl.exceptions.PolarsError:
        return False
    return True
