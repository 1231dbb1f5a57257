"""`type: lake_assets.Vocabulary`: the words of the analysts, bound to the columns that mean them."""

from __future__ import annotations

from typing import Self

import dagster as dg
from pydantic import BaseModel

from lake_assets.declarations import VocabularySpec

__all__ = ["Vocabulary"]


class Vocabulary(dg.Component):
    """Terms by name; no asset of its own: columns are described by them, and the catalogue is searched for them."""

    @classmethod
    def get_model_cls(cls) -> type[BaseModel]:
        """The attributes that its YAML may have."""
        return VocabularySpec

    @classmethod
    def load(cls, attributes: BaseModel | None, context: dg.ComponentLoadContext) -> Self:  # noqa: ARG003 - Dagster's signature
        """Check the attributes; the terms are read where they are used."""
        VocabularySpec.model_validate(attributes)
        return cls()

    def build_defs(self, context: dg.ComponentLoadContext) -> dg.Definitions:  # noqa: ARG002 - Dagster's signature
        """Nothing."""
        return dg.Definitions()
