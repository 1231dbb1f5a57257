"""The attributes of an exploitation table, as its SQL or the decorator of its function declares them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, field_validator

from lake_assets.declarations.declared_rules import DeclaredRules
from lake_assets.declarations.names import (
    ColumnName,
    ColumnNames,
    Every,
    Owner,
    TableName,
    Words,
    declared_fault,
)
from lake_assets.errors import near_names
from lake_assets.extensions import installed_kinds

__all__ = ["FunctionSpec", "MeaningSpec", "TableSpec"]


class MeaningSpec(BaseModel):
    """What a column means; `the day` is short for `{description: the day}`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    description: str = Field(default="", description="What it means.")
    unit: str = Field(default="", description="The unit of its values.")


def _long_form(value: object) -> object:
    return {"description": value} if isinstance(value, str) else value


_Meaning = Annotated[MeaningSpec, BeforeValidator(_long_form, json_schema_input_type=str | MeaningSpec)]


class TableSpec(BaseModel):
    """What an exploitation table means, what holds of it, and how it is kept up to date."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    description: str = Field(default="", description="What the table means.")
    grain: str = Field(default="", description="What one row stands for.")
    key: ColumnNames = Field(default=(), description="The columns that identify a row.")
    owner: Owner = Field(default="", description="The team that answers for it.")
    consumers: Words = Field(default=(), description="Who uses it.")
    columns: dict[ColumnName, _Meaning] = Field(default={}, description="Meaning of its columns, by name.")
    rules: DeclaredRules = Field(default=(), description="What its rows must keep.")
    incremental_on: TableName | None = Field(
        default=None, description="The input whose new rows alone are worked through."
    )
    is_profiled: bool = Field(
        default=True, alias="profile", description="Whether each new version is profiled."
    )
    fresh_within_s: Every = Field(
        default=0,
        alias="fresh_within",
        description="How long it may stay as it is, such as 1d; default: for ever.",
    )
    engine: str = Field(default="polars", description="Which engine runs it.")

    @field_validator("engine")
    @classmethod
    def _is_installed(cls, engine: str) -> str:
        kinds = installed_kinds("engines")
        if engine not in kinds:
            raise declared_fault(f"no engine is of the kind {engine!r}", near_names(engine, kinds))
        return engine

    @field_validator("incremental_on")
    @classmethod
    def _has_a_key(cls, table: str | None, so_far: ValidationInfo) -> str | None:
        if table and so_far.data.get("key") == ():
            raise declared_fault("an incremental table needs a key", "add key: [...], or drop incremental_on")
        return table


class FunctionSpec(TableSpec):
    """As `TableSpec`, with the tables that the parameters of a function stand for."""

    inputs: dict[str, TableName] = Field(
        default={}, description="Tables by parameter; the default is trusted.<parameter>."
    )
