"""The attributes of a vocabulary: terms by name, each with its meaning and the columns that mean it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from lake_assets.declarations.names import Owner, Words, declared_fault, lake_fault, snake_case
from lake_assets.declarations.places import KEY, Loc, Places
from lake_assets.errors import LakeError
from lake_assets.model import BoundColumn, TableRef, Term

__all__ = ["PlacedTerm", "TermSpec", "VocabularySpec", "placed_terms"]

_PARTS = 3


def _bound(text: str) -> str:
    table, _, column = text.rpartition(".")
    if text.count(".") != _PARTS - 1 or not column:
        mend = "write it as zone.table.column, for example exploitation.flight_facts.arrival_delay"
        raise declared_fault(f"{text!r} is not a column", mend)
    try:
        TableRef.parse(table)
    except LakeError as error:
        raise lake_fault(error) from error
    return text


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


_Binds = Annotated[
    tuple[Annotated[str, AfterValidator(_bound)], ...],
    BeforeValidator(_listed, json_schema_input_type=str | list[str]),
]


class TermSpec(BaseModel):
    """One term; its name is what people say, and may hold blanks."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    definition: str = Field(min_length=1, description="What it means.")
    synonyms: Words = Field(default=(), description="What else people call it.")
    owner: Owner = Field(
        default="", description="The team that answers for the definition; default: the vocabulary's."
    )
    binds: _Binds = Field(default=(), description="The columns that mean it, as zone.table.column.")


def _told_apart(terms: dict[str, TermSpec]) -> dict[str, TermSpec]:
    taken: dict[str, str] = {}
    for name, spec in terms.items():
        for word in (name, *spec.synonyms):
            other = taken.setdefault(snake_case(word), name)
            if other != name:
                what = f"the terms {other!r} and {name!r} are both called {word!r}"
                raise declared_fault(what, "keep the word with one of them")
    return terms


class VocabularySpec(BaseModel):
    """The words of the analysts, bound to the columns that mean them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    owner: Owner = Field(
        default="", description="The team that answers for the definitions that name no owner."
    )
    terms: Annotated[dict[str, TermSpec], AfterValidator(_told_apart)] = Field(
        min_length=1, description="Terms by name."
    )


@dataclass(frozen=True)
class PlacedTerm:
    """A term, and where each part of it stands.

    Args:
        term: The term.
        at: Where its name stands, for errors.
        binds_at: Where each column that it is bound to stands.
    """

    term: Term
    at: str
    binds_at: tuple[str, ...]


def placed_terms(spec: VocabularySpec, places: Places) -> list[PlacedTerm]:
    """The terms that the attributes declare, each with where it stands."""
    return [_placed(name, each, spec.owner, places) for name, each in spec.terms.items()]


def _placed(name: str, spec: TermSpec, owner: str, places: Places) -> PlacedTerm:
    loc: Loc = ("terms", name)
    term = Term(
        name=name,
        definition=spec.definition,
        synonyms=spec.synonyms,
        owner=spec.owner or owner,
        binds=tuple(map(_column, spec.binds)),
        place=places.place(loc),
    )
    binds_at = tuple(places.text((*loc, "binds", number)) for number in range(len(spec.binds)))
    return PlacedTerm(term, places.text((*loc, KEY)), binds_at)


def _column(text: str) -> BoundColumn:
    table, _, column = text.rpartition(".")
    return BoundColumn(TableRef.parse(table), column)
