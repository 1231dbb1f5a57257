"""How the files of a dataset write values that are not text, as its attributes declare it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from lake_assets.declarations.names import declared_fault
from lake_assets.model import ColumnType, check_layout

__all__ = ["Layout", "LayoutsSpec", "checked_layout", "to_layouts"]

_KINDS = {
    "number": (ColumnType.INT, ColumnType.FLOAT),
    "bool": (ColumnType.BOOL,),
    "date": (ColumnType.DATE,),
    "datetime": (ColumnType.DATETIME,),
}


def _joined(layout: object) -> object:
    """Several layouts, tried in their order, as the one text that they are in the model."""
    is_words = isinstance(layout, list) and all(isinstance(each, str) for each in layout)
    return "|".join(layout) if isinstance(layout, list) and is_words else layout


Layout = Annotated[str, BeforeValidator(_joined, json_schema_input_type=str | list[str])]


class LayoutsSpec(BaseModel):
    """How values are written in the files of a dataset, where a column does not say it for itself."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: Layout = Field(default="", description="How the files write 1234.5, such as 1.234,5.")
    bool: Layout = Field(default="", description="Words for true, a slash, words for false: ja|j/nein|n.")
    date: Layout = Field(default="", description="One or several, such as %d.%m.%Y; ISO is ISO 8601.")
    datetime: Layout = Field(default="", description="Likewise, such as %d.%m.%Y %H:%M.")

    @field_validator("*")
    @classmethod
    def _has_use(cls, layout: str, field: ValidationInfo) -> str:
        return checked_layout(_KINDS[str(field.field_name)][0], layout) if layout else layout


def checked_layout(kind: ColumnType, layout: str) -> str:
    """The layout, which columns of the type can have.

    Raises:
        PydanticCustomError: When they cannot.
    """
    try:
        check_layout(kind, layout)
    except ValueError as error:
        raise declared_fault(
            f"the layout {layout!r} is none of {kind}: {error}", "correct it, or drop it"
        ) from error
    return layout


def to_layouts(spec: LayoutsSpec) -> tuple[tuple[ColumnType, str], ...]:
    """The layouts by type."""
    declared = ((kind, str(getattr(spec, name))) for name, kinds in _KINDS.items() for kind in kinds)
    return tuple((kind, layout) for kind, layout in declared if layout)
