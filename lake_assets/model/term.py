"""A term: a word of the analysts, what it means, and the columns that mean it."""

from __future__ import annotations

from dataclasses import dataclass, field

from lake_assets.model.dataset import Place
from lake_assets.model.table_ref import TableRef

__all__ = ["BoundColumn", "Term"]


@dataclass(frozen=True, order=True)
class BoundColumn:
    """A column of a table, written `zone.table.column`.

    Args:
        table: The table.
        column: The column.
    """

    table: TableRef
    column: str

    def __str__(self) -> str:
        """Write `zone.table.column`."""
        return f"{self.table}.{self.column}"


@dataclass(frozen=True)
class Term:
    """A word of the day-by-day vocabulary.

    Args:
        name: The word, as people write it.
        definition: What it means.
        synonyms: What else people call it.
        owner: The team that answers for the definition, as `team:name`.
        binds: The columns that mean it.
        place: Where it is declared.
    """

    name: str
    definition: str
    synonyms: tuple[str, ...] = ()
    owner: str = ""
    binds: tuple[BoundColumn, ...] = ()
    place: Place = field(default_factory=Place)
