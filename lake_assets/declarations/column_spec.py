"""The columns of a dataset as its attributes declare them."""

from __future__ import annotations

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

from lake_assets.declarations.names import Name, declared_fault
from lake_assets.model import Column, ColumnType

__all__ = ["ColumnSpec", "ColumnSpecs", "to_columns"]

_WITH_LAYOUT = {ColumnType.DATE, ColumnType.DATETIME}


class ColumnSpec(BaseModel):
    """One column; `int` is short for `{type: int}`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: ColumnType = Field(alias="type", description="Its type in the canonical model.")
    source_name: str = Field(
        default="", alias="from", description="Its name in the files; the default is its own name."
    )
    layout: str = Field(
        default="", description="How a date or datetime is written, such as %d/%m/%Y; default ISO 8601."
    )
    unit: str = Field(default="", description="The unit of its values.")
    description: str = Field(default="", description="What it means.")
    is_personal: bool = Field(
        default=False, alias="personal", description="Whether its values are never shown."
    )

    @field_validator("layout")
    @classmethod
    def _has_use(cls, layout: str, so_far: ValidationInfo) -> str:
        if layout and so_far.data.get("kind", ColumnType.DATE) not in _WITH_LAYOUT:
            raise declared_fault("only a date or datetime has a layout", "drop it, or change the type")
        return layout


def to_columns(specs: dict[str, ColumnSpec]) -> tuple[Column, ...]:
    """The columns in the order in which they are declared."""
    return tuple(_column(name, spec) for name, spec in specs.items())


def _column(name: str, spec: ColumnSpec) -> Column:
    return Column(
        name=name,
        source_name=spec.source_name or name,
        kind=spec.kind,
        layout=spec.layout,
        unit=spec.unit,
        description=spec.description,
        is_personal=spec.is_personal,
    )


def _long_form(value: object) -> object:
    return {"type": value} if isinstance(value, str) else value


def _distinct(specs: dict[str, ColumnSpec]) -> dict[str, ColumnSpec]:
    taken: dict[str, str] = {}
    for name, spec in specs.items():
        source_name = spec.source_name or name
        other = taken.setdefault(source_name, name)
        if other != name:
            what = f"the columns {other!r} and {name!r} are both made from {source_name!r}"
            raise declared_fault(what, "give each its own `from`")
    return specs


_Column = Annotated[ColumnSpec, BeforeValidator(_long_form, json_schema_input_type=ColumnType | ColumnSpec)]

ColumnSpecs = Annotated[dict[Name, _Column], AfterValidator(_distinct)]
"""Columns by name; those that are not declared are inferred from the files."""
