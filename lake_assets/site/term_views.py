"""The terms of the analysts: on the page of the vocabulary, and beside the columns that mean them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lake_assets.declarations import Declarations
from lake_assets.model import TableRef, Term
from lake_assets.site.paths import anchor, table_page, told_place
from lake_assets.site.views import ColumnView, Link, TableView

__all__ = ["TermView", "term_link", "term_views", "with_terms"]


@dataclass(frozen=True)
class TermView:
    """A term as the page of the vocabulary shows it.

    Args:
        term: The term.
        href: Where it stands.
        place: Where it is declared.
        columns: Those that mean it; one that is not there yet leads nowhere.
    """

    term: Term
    href: str
    place: str
    columns: tuple[Link, ...]


def term_link(term: Term) -> Link:
    """Where a term is explained, with what it means."""
    return Link(term.name, f"vocabulary.html#{anchor('term', term.name)}", term.definition)


def with_terms(
    columns: Iterable[ColumnView], declarations: Declarations, ref: TableRef
) -> tuple[ColumnView, ...]:
    """The columns of a table, each with the terms that it is bound to.

    Args:
        columns: Of the table.
        declarations: Of the lake.
        ref: The table.
    """
    bound = declarations.terms_of(ref)
    return tuple(replace(each, terms=tuple(map(term_link, bound.get(each.name, ())))) for each in columns)


def term_views(terms: Iterable[Term], tables: Sequence[TableView]) -> tuple[TermView, ...]:
    """The terms in the order of the alphabet.

    Args:
        terms: Of the lake.
        tables: Those that have a page.
    """
    there = {(table.ref, column.name) for table in tables for column in table.columns}
    return tuple(_view(each, there) for each in sorted(terms, key=lambda term: term.name.casefold()))


def _view(term: Term, there: set[tuple[TableRef, str]]) -> TermView:
    columns = tuple(
        Link(str(each), f"{table_page(each.table)}#{anchor('column', each.column)}")
        if (each.table, each.column) in there
        else Link(str(each), note="not there yet")
        for each in term.binds
    )
    return TermView(term, term_link(term).href, told_place(term.place), columns)
