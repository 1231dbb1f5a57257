"""The attributes of many sources in one declaration, and of a folder of exploitation tables."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lake_assets.declarations.names import Name, Owner, Words, declared_fault
from lake_assets.declarations.places import Places
from lake_assets.declarations.source_spec import SourceSpec, placed_source
from lake_assets.model import Source

__all__ = ["ExploitationSpec", "SourcesSpec", "placed_sources"]


class SourcesSpec(BaseModel):
    """Sources by name, here or in files of their own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sources: dict[Name, SourceSpec] = Field(default={}, description="Sources by name.")
    files: Words = Field(
        default=(), description="Globs of files beside this one; each holds one source, or sources by name."
    )

    @model_validator(mode="after")
    def _name_some(self) -> Self:
        if not self.sources and not self.files:
            raise declared_fault("no source is declared", "add sources: {name: ...} or files: sources/*.yaml")
        return self


def placed_sources(spec: SourcesSpec, places: Places) -> list[Source]:
    """The sources that stand in the declaration itself, with their places."""
    return [placed_source(one, name, places, ("sources", name)) for name, one in spec.sources.items()]


class ExploitationSpec(BaseModel):
    """A folder of SQL files and Python functions, each of which makes a table of the exploitation zone."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    folder: str = Field(default=".", description="The folder, from the one of this file on.")
    owner: Owner = Field(default="", description="The team that answers for the tables that name no owner.")
