"""The columns of a dataset as its attributes declare them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)

from lake_assets.declarations.layouts_spec import Layout, checked_layout
from lake_assets.declarations.names import Name, Words, declared_fault
from lake_assets.model import Column, ColumnType

__all__ = ["ColumnSpec", "ColumnSpecs", "to_columns"]


class ColumnSpec(BaseModel):
    """One column; `int` is short for `{type: int}`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: ColumnType = Field(alias="type", description="Its type in the canonical model.")
    source_names: Words = Field(
        default=(),
        alias="from",
        description="Its name in the files, or all its names; the default is its own.",
    )
    layout: Layout = Field(
        default="",
        description="How its values are written, such as %d/%m/%Y, 1.234,5 or ja/nein; default ISO 8601.",
    )
    unit: str = Field(default="", description="The unit of its values.")
    description: str = Field(default="", description="What it means.")
    is_personal: bool = Field(
        default=False, alias="personal", description="Whether its values are never shown."
    )

    @field_validator("layout")
    @classmethod
    def _has_use(cls, layout: str, so_far: ValidationInfo) -> str:
        return checked_layout(so_far.data["kind"], layout) if layout and "kind" in so_far.data else layout


def to_columns(
    specs: dict[str, ColumnSpec], layouts: Sequence[tuple[ColumnType, str]] = ()
) -> tuple[Column, ...]:
    """The columns in the order in which they are declared.

    Args:
        specs: Their attributes.
        layouts: How values of a type are written where a column does not say it.
    """
    return tuple(_column(name, spec, dict(layouts)) for name, spec in specs.items())


def _names(name: str, spec: ColumnSpec) -> tuple[str, ...]:
    return spec.source_names or (name,)


def _column(name: str, spec: ColumnSpec, layouts: dict[ColumnType, str]) -> Column:
    return Column(
        name=name,
        source_name=_names(name, spec)[0],
        other_names=_names(name, spec)[1:],
        kind=spec.kind,
        layout=spec.layout or layouts.get(spec.kind, ""),
        unit=spec.unit,
        description=spec.description,
        is_personal=spec.is_personal,
    )


def _long_form(value: object) -> object:
    return {"type": value} if isinstance(value, str) else value


def _distinct(specs: dict[str, ColumnSpec]) -> dict[str, ColumnSpec]:
    taken: dict[str, str] = {}
    for name, spec in specs.items():
        for source_name in _names(name, spec):
            other = taken.setdefault(source_name, name)
            if other != name:
                what = f"the columns {other!r} and {name!r} are both made from {source_name!r}"
                raise declared_fault(what, "give each its own `from`")
    return specs


_Column = Annotated[ColumnSpec, BeforeValidator(_long_form, json_schema_input_type=ColumnType | ColumnSpec)]

ColumnSpecs = Annotated[dict[Name, _Column], AfterValidator(_distinct)]
"""Columns by name; those that are not declared are inferred from the files."""
