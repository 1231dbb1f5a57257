"""What can be found: a table, a column, a term, an artefact of governance."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Entry", "Kept", "Subject"]


@dataclass(frozen=True)
class Entry:
    """One thing that can be found.

    Args:
        kind: `table`, `column` or `term`.
        ref: What it is called: `zone.table`, `zone.table.column`, or the term.
        name: The last part of it, which counts most.
        place: The zone and the table that it is in.
        terms: Terms and their synonyms that it means.
        description: What it means.
        tags: Free words, its unit, its type.
        owner: The team that answers for it.
        values: Frequent values; never of a personal column.
        is_personal: Whether its values are never shown.
    """

    kind: str
    ref: str
    name: str
    place: str = ""
    terms: str = ""
    description: str = ""
    tags: str = ""
    owner: str = ""
    values: str = ""
    is_personal: bool = False


@dataclass(frozen=True)
class Subject:
    """What is replaced as a whole when it changed: a table with its columns, or the vocabulary.

    Args:
        name: `zone.table`, or `vocabulary`.
        stamp: Changes when the table does.
        declared: JSON: what is declared of it, so that it can be told anew without reading declarations.
        entries: What can be found of it.
    """

    name: str
    stamp: int
    declared: str
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Kept:
    """What an index remembers of what it was made of.

    Args:
        declarations: The stamp of the folders of declarations; empty where there is no index.
        profiled_at: When the newest profile was made that is in it.
        stamps: Of the subjects, by name.
        declared: What was declared of them, by name.
    """

    declarations: str = ""
    profiled_at: str = ""
    stamps: dict[str, int] = field(default_factory=dict)
    declared: dict[str, str] = field(default_factory=dict)
