"""What can be found of a table, by what is declared of it, the columns that it has, and their frequent values."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypedDict

from lake_assets.catalog.artefacts import ARTEFACTS
from lake_assets.catalog.columns import column_facts, owner_of, tags_of
from lake_assets.declarations import Declarations
from lake_assets.model import PROVENANCE, TableRef, Term, Zone
from lake_assets.search import Entry

__all__ = ["DeclaredTable", "as_text", "declared_table", "declared_tables", "entries_of", "term_entries"]

Values = Mapping[str, str]
"""Frequent values of the columns that are not personal, by column."""

Columns = Mapping[str, tuple[str, str]]
"""Type and description of the columns of a table, by name."""


class DeclaredColumn(TypedDict):
    """What is declared of a column; see `ColumnFacts`."""

    description: str
    unit: str
    is_personal: bool
    terms: str


_UNNAMED = {*PROVENANCE, "_rescued"}
"""Columns that every table has: nobody looks for them."""

_UNSAID = DeclaredColumn(description="", unit="", is_personal=False, terms="")


class DeclaredTable(TypedDict):
    """What is declared of a table, in a form that an index can keep."""

    description: str
    owner: str
    tags: str
    columns: dict[str, DeclaredColumn]


def declared_tables(declarations: Declarations) -> Iterator[TableRef]:
    """Every table that is declared, whether it is there yet or not."""
    for dataset in declarations.tables:
        zones = (Zone.TRUSTED,) if dataset.parent else (Zone.FORMATTED, Zone.TRUSTED)
        yield from (dataset.table(zone) for zone in zones)
    yield from (each.target for each in declarations.transformations)


def declared_table(declarations: Declarations, ref: TableRef, hidden: Collection[str] = ()) -> DeclaredTable:
    """What is declared of a table.

    Args:
        declarations: Of the lake.
        ref: The table.
        hidden: Its columns that are personal, as far as its code was followed.
    """
    facts = column_facts(declarations, ref, hidden)
    return DeclaredTable(
        description=_description(declarations, ref),
        owner=owner_of(declarations, ref),
        tags=" ".join(tags_of(declarations, ref)),
        columns={
            name: DeclaredColumn(
                description=each.description,
                unit=each.unit,
                is_personal=each.is_personal,
                terms=" · ".join(map(_called, each.terms)),
            )
            for name, each in facts.items()
        },
    )


def _description(declarations: Declarations, ref: TableRef) -> str:
    if ref.zone is Zone.EXPLOITATION:
        made = declarations.find_transformation(ref.name)
        return made.description if made else ""
    if ref.zone is Zone.GOVERNANCE:
        return next((f"{each.title}. {each.description}" for each in ARTEFACTS if each.ref == ref), "")
    dataset = declarations.find_dataset(ref.name)
    if ref.zone is Zone.QUARANTINE:
        return f"What was set aside of {ref.name}."
    return dataset.description if dataset else ""


def entries_of(ref: TableRef, declared: DeclaredTable, columns: Columns, values: Values) -> Iterator[Entry]:
    """The entries of a table and of its columns.

    Args:
        ref: The table.
        declared: What is declared of it.
        columns: Those that it has; empty when it is not there yet.
        values: Of its columns.
    """
    owner, facts = declared["owner"], declared["columns"]
    names = columns or dict.fromkeys(facts, ("", ""))
    shown = {name: told for name, told in names.items() if name not in _UNNAMED}
    yield Entry(
        kind="table",
        ref=str(ref),
        name=ref.name,
        place=ref.zone.value,
        description=declared["description"],
        tags=declared["tags"],
        owner=owner,
        is_personal=any(name in facts and facts[name]["is_personal"] for name in shown),
    )
    for name, (kind, comment) in shown.items():
        yield _column(ref, name, kind, comment, facts.get(name, _UNSAID), owner, values.get(name, ""))


def _column(
    ref: TableRef, name: str, kind: str, comment: str, facts: DeclaredColumn, owner: str, values: str
) -> Entry:
    return Entry(
        kind="column",
        ref=f"{ref}.{name}",
        name=name,
        place=f"{ref.zone.value} {ref.name}",
        terms=facts["terms"],
        description=comment or facts["description"],
        tags=f"{kind} {facts['unit']}".strip(),
        owner=owner,
        values="" if facts["is_personal"] else values,
        is_personal=facts["is_personal"],
    )


def term_entries(terms: Iterable[Term]) -> Iterator[Entry]:
    """The entries of the words of the analysts."""
    for term in terms:
        bound = " ".join(map(str, term.binds))
        yield Entry("term", term.name, term.name, bound, _called(term), term.definition, "", term.owner)


def _called(term: Term) -> str:
    return ", ".join((term.name, *term.synonyms))


def as_text(declared: DeclaredTable) -> str:
    """What is declared, as an index keeps it."""
    return json.dumps(declared, ensure_ascii=False)
