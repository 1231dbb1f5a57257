"""What a kind of cleaning step is: how it is declared, what it makes of a type, what it makes of a cell."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import polars as pl

from lake_assets.cleaning.given import Given
from lake_assets.errors import SchemaError

__all__ = ["Cell", "CellKind", "HidingKind", "Kind", "Scope", "Settings"]

Settings = dict[str, object]
"""What a kind has to know for one column, JSON values."""


@dataclass(frozen=True)
class Scope:
    """What steps may look at when they are compiled.

    Args:
        place: What is cleaned, for errors.
        rescued: The column that keeps, as JSON, the cells that no column can hold.
        elements: By column, the names of its cells in that JSON, the usual one first.
    """

    place: str = ""
    rescued: str = "_rescued"
    elements: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def names(self, column: str) -> tuple[str, ...]:
        """The names of the cells of a column where they are kept as JSON, the usual one first."""
        return self.elements.get(column) or (column,)


@dataclass(frozen=True, eq=False)
class Cell:
    """A cell that is cleaned.

    Args:
        column: Its column.
        found: The type that the column has before the step.
        settings: Of the step, for this column.
        place: Which step and column, for errors.
        scope: What else the step may look at.
    """

    column: str
    found: pl.DataType
    settings: Settings
    place: str = ""
    scope: Scope = field(default_factory=Scope)

    @property
    def value(self) -> pl.Expr:
        """The cell itself."""
        return pl.col(self.column)

    def refusal(self, what: str, mend: str) -> SchemaError:
        """The error for a column of a type that the step cannot clean."""
        return SchemaError(f"{self.column} is {self.found}, {what}", place=self.place, mend=mend)

    def must_be_text(self) -> pl.DataType:
        """Refuse whatever is not text.

        Raises:
            SchemaError: When the column is of another type.
        """
        if self.found != pl.String():
            raise self.refusal("not text", f"cast {self.column} to text before, or leave it out of the step")
        return self.found


class Kind(ABC):
    """A kind of step; subclass `CellKind`, and add the subclass to `cleaning.kinds.KINDS`.

    Attributes:
        name: The key that declares it.
        summary: One line: what it makes of a cell.
        example: How it is written in YAML.
        options: The options it takes for one column.
        takes_every_text: Whether `*` may stand for all columns of text.
        loses: Whether it may find a cell of which nothing can be made; such cells are kept in `_rescued`.
    """

    name: ClassVar[str]
    summary: ClassVar[str]
    example: ClassVar[str]
    options: ClassVar[tuple[str, ...]] = ()
    takes_every_text: ClassVar[bool] = False
    loses: ClassVar[bool] = False

    def of_column(self, value: object) -> Mapping[str, object] | None:
        """Spread `column: value` into options; None when the kind has no such short form."""
        return value if isinstance(value, Mapping) else None

    @abstractmethod
    def read(self, given: Given) -> Settings:
        """Check the options for one column.

        Raises:
            DeclarationError: When one is missing or wrong.
        """


class CellKind(Kind):
    """A kind that makes one cell of one cell."""

    @abstractmethod
    def becomes(self, cell: Cell) -> pl.DataType:
        """The type of the column after the step.

        Raises:
            SchemaError: When the step cannot clean the type that it finds.
        """

    @abstractmethod
    def cleaned(self, cell: Cell) -> pl.Expr:
        """What the cell becomes. The expression looks at this cell alone, and gives the same for the same.

        Raises:
            SettingsError: When the environment lacks what the step needs.
        """

    @abstractmethod
    def sentence(self, column: str, settings: Settings) -> str:
        """What the step makes of a column, for people."""


class HidingKind(CellKind):
    """A kind after which nobody reads the value; it hides also the cells that are kept as text beside the row."""

    @abstractmethod
    def hidden(self, text: str, cell: Cell) -> str:
        """What stands for a value from now on.

        Raises:
            SettingsError: When the environment lacks what the step needs.
        """
