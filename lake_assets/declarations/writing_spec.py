"""The attributes of a dataset that say how its rows enter the trusted table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from lake_assets.declarations.column_spec import ColumnSpec
from lake_assets.declarations.names import Name, Names, declared_fault
from lake_assets.model import ColumnType, Deletions, WriteMode

__all__ = ["WritingSpec"]

_ONLY = {
    "order_by": WriteMode.UPSERT,
    "valid_from": WriteMode.SCD2,
    "deletions": WriteMode.SNAPSHOT,
    "empty_deletes": WriteMode.SNAPSHOT,
}
_INSTANTS = {ColumnType.DATE, ColumnType.DATETIME}


class WritingSpec(BaseModel):
    """How rows are merged, and by which columns."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Names = Field(default=(), description="The columns that identify a row.")
    write_mode: WriteMode | None = Field(
        default=None, alias="write", description="Default: upsert with a key, else append."
    )
    order_by: Name | None = Field(
        default=None, description="For upsert: the column whose greatest value makes the latest row of a key."
    )
    valid_from: Name | None = Field(
        default=None,
        description="For scd2: the column that says since when a row holds; default: when its file was ingested.",
    )
    deletions: Deletions | None = Field(
        default=None, description="For snapshot: remove or mark what it no longer has; default: remove."
    )
    empty_deletes: bool = Field(
        default=False, description="For snapshot: whether one without a row deletes every row."
    )

    @property
    def mode(self) -> WriteMode:
        """How rows are written, declared or not."""
        return self.write_mode or (WriteMode.UPSERT if self.key else WriteMode.APPEND)

    @property
    def writing(self) -> dict[str, Any]:
        """The attributes of the model's dataset that say it."""
        return {
            "key": self.key,
            "write_mode": self.mode,
            "order_by": self.order_by or "",
            "valid_from": self.valid_from or "",
            "deletions": self.deletions or Deletions.REMOVE,
            "empty_deletes": self.empty_deletes,
        }

    @field_validator("write_mode")
    @classmethod
    def _has_a_key(cls, mode: WriteMode | None, so_far: ValidationInfo) -> WriteMode | None:
        if mode is not None and mode.needs_a_key and so_far.data.get("key") == ():
            named = "an upsert" if mode is WriteMode.UPSERT else f"write: {mode.value}"
            raise declared_fault(f"{named} needs a key", "add key: [...], or write: append")
        return mode

    @field_validator("order_by", "valid_from", "deletions", "empty_deletes")
    @classmethod
    def _fits_the_mode(cls, declared: object, so_far: ValidationInfo) -> object:
        mode, name = _mode(so_far.data), str(so_far.field_name)
        if declared and mode is not None and mode is not _ONLY[name]:
            what = f"{name} means nothing where rows are written by {mode.value}"
            raise declared_fault(what, f"drop it, or declare write: {_ONLY[name].value}")
        return declared

    @field_validator("columns", check_fields=False)
    @classmethod
    def _can_be_since(cls, columns: dict[str, ColumnSpec], so_far: ValidationInfo) -> dict[str, ColumnSpec]:
        named = so_far.data.get("valid_from")
        if named in columns and columns[named].kind not in _INSTANTS:
            what = f"valid_from names {named!r}, which is declared as {columns[named].kind.value}"
            raise declared_fault(what, "declare it as a datetime or a date")
        return columns


def _mode(so_far: Mapping[str, Any]) -> WriteMode | None:
    """How rows are written; None where what was declared of it is itself not valid."""
    if not {"key", "write_mode"} <= so_far.keys():
        return None
    usual = WriteMode.UPSERT if so_far["key"] else WriteMode.APPEND
    return so_far["write_mode"] or usual
