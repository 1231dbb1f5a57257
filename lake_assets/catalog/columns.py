"""What is declared of the columns of a table: unit, terms, whether they are personal."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from lake_assets.declarations import Declarations, hidden_columns
from lake_assets.model import TableRef, Term, Zone

__all__ = ["ColumnFacts", "column_facts", "owner_of", "tags_of"]

_OF_DATASETS = {Zone.FORMATTED, Zone.TRUSTED, Zone.QUARANTINE}


@dataclass(frozen=True)
class ColumnFacts:
    """What is declared of a column, beside its description.

    Args:
        description: What it means.
        unit: The unit of its values.
        is_personal: Whether its values are never shown.
        terms: The words of the analysts that it means.
    """

    description: str = ""
    unit: str = ""
    is_personal: bool = False
    terms: tuple[Term, ...] = field(default=())

    @property
    def of_terms(self) -> str:
        """The terms with their definitions, for people; empty when it is bound to none."""
        return " ".join(f"{term.name}: {term.definition}" for term in self.terms)

    @property
    def tags(self) -> dict[str, str]:
        """The same as tags: what a catalogue is filtered by."""
        unit = {"unit": self.unit} if self.unit else {}
        personal = {"personal": "true"} if self.is_personal else {}
        terms = {"term": ", ".join(term.name for term in self.terms)} if self.terms else {}
        return {**personal, **unit, **terms}


def column_facts(
    declarations: Declarations, ref: TableRef, hidden: Collection[str] = ()
) -> Mapping[str, ColumnFacts]:
    """What is declared of the columns of a table, by name; those of which nothing is are left out.

    Args:
        declarations: Of the lake.
        ref: The table, of any zone.
        hidden: Columns that are known to be personal beside those that are declared so; see `hidden_in`.
    """
    meanings, units = _described(declarations, ref)
    personal = hidden_columns(declarations, ref).union(hidden)
    terms = declarations.terms_of(ref)
    names = dict.fromkeys([*meanings, *units, *sorted(personal), *terms])
    return {
        name: ColumnFacts(
            meanings.get(name, ""), units.get(name, ""), name in personal, tuple(terms.get(name, ()))
        )
        for name in names
    }


def _described(declarations: Declarations, ref: TableRef) -> tuple[dict[str, str], dict[str, str]]:
    """Meaning and unit of the columns, by name."""
    if ref.zone is Zone.EXPLOITATION:
        made = declarations.find_transformation(ref.name)
        return (dict(made.columns), dict(made.units)) if made else ({}, {})
    dataset = declarations.find_dataset(ref.name) if ref.zone in _OF_DATASETS else None
    columns = dataset.mapping.columns if dataset else ()
    return (
        {each.name: each.description for each in columns},
        {each.name: each.unit for each in columns if each.unit},
    )


def owner_of(declarations: Declarations, ref: TableRef) -> str:
    """The team that answers for a table; empty where nobody is named."""
    if ref.zone is Zone.EXPLOITATION:
        made = declarations.find_transformation(ref.name)
        return made.owner if made else ""
    dataset = declarations.find_dataset(ref.name) if ref.zone in _OF_DATASETS else None
    return dataset.owner if dataset else ""


def tags_of(declarations: Declarations, ref: TableRef) -> tuple[str, ...]:
    """The free words of a table."""
    dataset = declarations.find_dataset(ref.name) if ref.zone in _OF_DATASETS else None
    return dataset.tags if dataset else ()
