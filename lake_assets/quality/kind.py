"""What a kind of rule is: how it is declared, and what it asks of a row or of a table."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from lake_assets.model import Rule, RuleValue, Severity, TableRef
from lake_assets.quality.options import Options

__all__ = ["Kind", "Lookup", "Reading", "RowKind", "Scope"]

Lookup = Callable[[TableRef], pl.LazyFrame]
"""Opens a table of the lake."""

Reading = tuple[tuple[str, ...], dict[str, RuleValue]]
"""The columns and the parameters of a rule."""


@dataclass(frozen=True)
class Scope:
    """What a rule may look at when it is compiled.

    Args:
        batch: The rows to be judged.
        schema: Their schema.
        lookup: Opens the other tables of the lake.
        known: Rows that the table already holds; None when they do not matter.
    """

    batch: pl.LazyFrame
    schema: pl.Schema
    lookup: Lookup
    known: pl.LazyFrame | None = None


class Kind(ABC):
    """A kind of rule; subclass `RowKind` or `kind_of_table.TableKind`, and add the subclass to `quality.kinds.KINDS`.

    Attributes:
        name: The key that declares it.
        summary: One line: what must hold.
        example: How it is written in YAML.
        options: The options it takes; empty takes any.
        severity: What a breach does unless the rule says otherwise.
        looks_beside: Whether a row is judged by other rows, so that these must be settled first.
    """

    name: ClassVar[str]
    summary: ClassVar[str]
    example: ClassVar[str]
    options: ClassVar[tuple[str, ...]]
    severity: ClassVar[Severity] = Severity.QUARANTINE
    looks_beside: ClassVar[bool] = False

    def of_value(self, value: object) -> Mapping[str, object] | None:
        """Spread `kind: value` into options; None when the kind has no such short form."""
        return None if value is not None else {}

    def of_column(self, column: str, value: object) -> Mapping[str, object] | None:
        """Spread `kind: {column: value}` into options; None when the kind has no such short form."""
        return {"column": column, **value} if isinstance(value, Mapping) else None

    @abstractmethod
    def read(self, given: Options) -> Reading:
        """Check the options.

        Raises:
            DeclarationError: When one is missing or wrong.
        """

    def rule_id(self, columns: tuple[str, ...], parameters: Mapping[str, RuleValue]) -> str:  # noqa: ARG002  (see `Check`)
        """The name of a rule that declares none."""
        return "_".join((*columns, self.name))

    @abstractmethod
    def sentence(self, rule: Rule) -> str:
        """What must hold, for people."""


class RowKind(Kind):
    """A kind that is judged row by row."""

    @abstractmethod
    def holds(self, rule: Rule, scope: Scope) -> pl.Expr:
        """Whether the rule holds for a row: true, false, or null where SQL would not know.

        Every column of the rule is in the scope. The expression must judge each row by itself.

        Raises:
            SchemaError: When a column has a type that the rule cannot judge.
        """
