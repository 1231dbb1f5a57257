"""The vocabulary of a lake: what its columns are called and mean, the words that are allowed, the tags.

Terms that are bound to columns belong here too: they are words of their own kind, with the columns that mean them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lake_assets.model import PROVENANCE, Dataset, Zone
from lake_assets.site.paths import anchor, table_page
from lake_assets.site.views import ColumnView, Link, TableView

__all__ = ["Word", "allowed_words", "column_words", "tag_words"]

_ZONES = {Zone.FORMATTED, Zone.TRUSTED, Zone.EXPLOITATION}
_VOCABULARY = "vocabulary"
_MOST_WORDS = 200


@dataclass(frozen=True)
class Word:
    """A word and where it is used.

    Args:
        name: The word.
        meanings: What it means; several where tables differ.
        places: Where it is used.
    """

    name: str
    meanings: tuple[str, ...]
    places: tuple[Link, ...]


def column_words(tables: Iterable[TableView]) -> tuple[Word, ...]:
    """The names of columns that somebody gave a meaning, in the order of the alphabet.

    Args:
        tables: Of the lake.
    """
    found: dict[str, tuple[dict[str, None], list[Link]]] = {}
    for table, column in _columns(tables):
        meanings, places = found.setdefault(column.name, ({}, []))
        places.append(Link(str(table.ref), f"{table_page(table.ref)}#{anchor('column', column.name)}"))
        if meaning := _meaning(column):
            meanings[meaning] = None
    return tuple(
        Word(name, tuple(meanings), tuple(places))
        for name, (meanings, places) in sorted(found.items())
        if meanings
    )


def _columns(tables: Iterable[TableView]) -> Iterator[tuple[TableView, ColumnView]]:
    for table in tables:
        if table.ref.zone in _ZONES:
            yield from ((table, each) for each in table.columns if each.name not in {*PROVENANCE, "_rescued"})


def _meaning(column: ColumnView) -> str:
    return f"{column.meaning} [{column.unit}]".strip() if column.unit else column.meaning


def allowed_words(datasets: Iterable[Dataset]) -> tuple[Word, ...]:
    """The words that columns may hold, by the vocabularies of their cleaning; those of personal columns are left out.

    Args:
        datasets: Of the lake.
    """
    return tuple(
        Word(f"{dataset.name}.{column}", _words(settings), (_place(dataset, column),))
        for dataset in datasets
        for step in dataset.clean
        if step.kind == _VOCABULARY
        for column, settings in step.settings.items()
        if column not in {each.name for each in dataset.mapping.columns if each.is_personal}
    )


def _words(settings: Mapping[str, object]) -> tuple[str, ...]:
    """The words themselves, or the column of another table that holds them."""
    listed = settings.get("of")
    if isinstance(listed, list | tuple):
        more = ("…",) if len(listed) > _MOST_WORDS else ()
        return (*map(str, listed[:_MOST_WORDS]), *more)
    return (f"the values of {listed}",) if listed else ()


def _place(dataset: Dataset, column: str) -> Link:
    ref = dataset.table(Zone.TRUSTED)
    return Link(str(ref), f"{table_page(ref)}#{anchor('column', column)}")


def tag_words(tables: Iterable[TableView]) -> tuple[Word, ...]:
    """The tags, each with the tables that carry it."""
    found: dict[str, list[Link]] = {}
    for table in tables:
        for tag in table.tags if table.ref.zone is not Zone.QUARANTINE else ():
            found.setdefault(tag, []).append(Link(str(table.ref), table_page(table.ref)))
    return tuple(Word(tag, (), tuple(places)) for tag, places in sorted(found.items()))
