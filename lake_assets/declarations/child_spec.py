"""The attributes of a child table: the elements of a list column as a trusted table of their own."""

from __future__ import annotations

from collections.abc import Mapping as Named
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from lake_assets.declarations.column_spec import ColumnSpec
from lake_assets.declarations.declared_rules import DeclaredRules, owned
from lake_assets.declarations.names import Name, Owner, Words, declared_fault
from lake_assets.declarations.rule_functions import with_functions
from lake_assets.model import POSITION, ColumnType, Dataset, Mapping, WriteMode

__all__ = ["ChildSpecs", "checked_children", "to_children"]


class ChildSpec(BaseModel):
    """One child table; `lines` is short for `{of: lines}`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    of: Name = Field(description="The column of lists; each element becomes a row.")
    rules: DeclaredRules = Field(default=(), description="What its rows must keep.")
    description: str = Field(default="", description="What it is.")
    grain: str = Field(default="", description="What one row stands for; default: one element of the list.")
    owner: Owner = Field(default="", description="The team that answers for it; default: the dataset's.")
    tags: Words = Field(default=(), description="Free words for search.")


def _long_form(value: object) -> object:
    return {"of": value} if isinstance(value, str) else value


_Child = Annotated[ChildSpec, BeforeValidator(_long_form, json_schema_input_type=str | ChildSpec)]

ChildSpecs = dict[Name, _Child]
"""Child tables by name, unique in the lake like the names of datasets."""


def checked_children(
    specs: dict[str, ChildSpec], columns: Named[str, ColumnSpec], key: Sequence[str]
) -> dict[str, ChildSpec]:
    """Child tables, each held against what is declared of its column.

    Raises:
        PydanticCustomError: When a column cannot be one of lists, or is personal.
    """
    for name, spec in specs.items():
        column = columns.get(spec.of)
        if spec.of in key or (column and column.kind is not ColumnType.NESTED):
            what = f"the child table {name!r} is made of {spec.of!r}, which holds no lists"
            raise declared_fault(what, "name a column of lists, declared as nested or not at all")
        if column and column.is_personal:
            what = f"the child table {name!r} is made of {spec.of!r}, which is personal"
            raise declared_fault(what, "keep it nested, where its values are never shown")
    return specs


def to_children(specs: Named[str, ChildSpec], parent: Dataset) -> Dataset:
    """A dataset with the child tables that are declared of it."""
    return replace(parent, children=tuple(_child(spec, name, parent) for name, spec in specs.items()))


def _child(spec: ChildSpec, name: str, parent: Dataset) -> Dataset:
    """A child table: identified by the key of the parent and the position; replaced where the parent's row is."""
    owner = spec.owner or parent.owner
    usual = {WriteMode.APPEND: WriteMode.APPEND, WriteMode.UPSERT: WriteMode.UPSERT}
    return Dataset(
        name=name,
        source=parent.source,
        origin=spec.of,
        format=parent.format,
        mapping=Mapping(tuple(column for column in parent.mapping.columns if column.name in parent.key)),
        key=(*parent.key, POSITION) if parent.key else (),
        write_mode=usual.get(parent.write_mode, WriteMode.REPLACE),
        rules=with_functions(owned(spec.rules, owner), parent.place),
        description=spec.description,
        grain=spec.grain or f"one element of {spec.of}",
        owner=owner,
        tags=spec.tags or parent.tags,
        place=parent.place,
        parent=parent.name,
    )
