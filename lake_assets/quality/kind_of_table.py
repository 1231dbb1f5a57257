"""The kinds of rule that are judged on a number of a whole table, such as its mean."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

import polars as pl

from lake_assets.model import Rule, RuleValue, Severity
from lake_assets.quality.kind import Kind, Reading
from lake_assets.quality.literals import refuse_type
from lake_assets.quality.options import Options
from lake_assets.quality.spans import within

__all__ = [
    "OVER",
    "BoundedKind",
    "Measured",
    "TableKind",
    "is_over_table",
    "numeric",
    "read_over",
    "spell_over",
]

OVER = "over"
"""The option that says which rows are judged: those that a `run` keeps, or the whole `table` after it."""


@dataclass(frozen=True)
class Measured:
    """What a rule about a table finds.

    Args:
        value: The number; None where the rows have none, such as the mean of no rows.
        last: What it was when the table changed last; None when that is not known.
        at: When it is judged.
    """

    value: float | None
    last: float | None
    at: datetime


class TableKind(Kind):
    """A kind that is judged on one number; no single row can break it, so none is set aside."""

    severity: ClassVar[Severity] = Severity.WARN

    @abstractmethod
    def measure(self, rule: Rule, schema: pl.Schema) -> pl.Expr:
        """The number, of all rows together.

        Raises:
            SchemaError: When a column has a type that has no such number.
        """

    @abstractmethod
    def breach(self, rule: Rule, found: Measured) -> str:
        """What is wrong with the number; empty when nothing is."""


class BoundedKind(TableKind):
    """A kind whose number lies between two bounds, both included.

    Attributes:
        noun: What the number is, such as `the mean of {}`.
    """

    noun: ClassVar[str]
    options: ClassVar[tuple[str, ...]] = ("column", "min", "max", OVER)

    def of_column(self, column: str, value: object) -> Mapping[str, object] | None:
        """Take `[min, max]`; null leaves a side open."""
        if isinstance(value, list | tuple) and len(value) == 2:  # noqa: PLR2004  (a pair)
            return {"column": column, "min": value[0], "max": value[1]}
        return super().of_column(column, value)

    def read(self, given: Options) -> Reading:
        """Check the bounds."""
        return (given.text("column"),), {**given.numbers("min", "max"), **read_over(given)}

    def breach(self, rule: Rule, found: Measured) -> str:
        """Compare with the bounds; where there is no number, nothing is wrong with it."""
        if found.value is None or within(found.value, rule.parameters):
            return ""
        return f"{self.noun.format(*rule.columns)} is {found.value:g}, {self._bounds(rule)} wanted"

    def sentence(self, rule: Rule) -> str:
        """Say the bounds that are given."""
        return f"{self.noun.format(*rule.columns)} of {spell_over(rule)} is {self._bounds(rule)}"

    def _bounds(self, rule: Rule) -> str:
        words = {"min": "at least", "max": "at most"}
        return " and ".join(
            f"{word} {rule.parameters[name]}" for name, word in words.items() if name in rule.parameters
        )


def read_over(given: Options) -> dict[str, RuleValue]:
    """Which rows are judged, where it is not those of a run.

    Raises:
        DeclarationError: When it is neither `run` nor `table`.
    """
    over = given.text(OVER) if given.has(OVER) else "run"
    if over not in {"run", "table"}:
        raise given.refusal(f"over is run or table, found {over!r}")
    return {OVER: over} if over == "table" else {}


def is_over_table(rule: Rule) -> bool:
    """Whether all rows of the table are judged, not those of a run alone."""
    return rule.parameters.get(OVER) == "table"


def spell_over(rule: Rule) -> str:
    """Which rows are judged, for people."""
    return "the table" if is_over_table(rule) else "a run"


def numeric(column: str, schema: pl.Schema) -> pl.Expr:
    """A column that can be reckoned with.

    Raises:
        SchemaError: When it holds no numbers.
    """
    if not schema[column].is_numeric():
        raise refuse_type(column, schema[column], "has no such number")
    return pl.col(column)
