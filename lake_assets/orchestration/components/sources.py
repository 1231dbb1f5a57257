"""`type: lake_assets.Sources`: many sources in one component, which loads far quicker than one component for each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import dagster as dg
from dagster._core.definitions.metadata.source_code import CodeReference
from dagster_shared.yaml_utils.source_position import SourcePosition
from pydantic import BaseModel

from lake_assets import model
from lake_assets.declarations import SourcesSpec, sources_of
from lake_assets.orchestration.source_assets import source_assets

__all__ = ["Sources"]


class Sources(dg.Component):
    """Many sources by name, listed here or in files of their own."""

    def __init__(self, declared: Sequence[model.Source]) -> None:
        """Keep the sources."""
        self._declared = declared

    @classmethod
    def get_model_cls(cls) -> type[BaseModel]:
        """The attributes that its YAML may have."""
        return SourcesSpec

    @classmethod
    def load(cls, attributes: BaseModel | None, context: dg.ComponentLoadContext) -> Self:
        """Make it of checked attributes."""
        spec = SourcesSpec.model_validate(attributes)
        return cls(sources_of(spec, context.path, str(context.path / "defs.yaml")))

    @classmethod
    def get_code_references_for_yaml(
        cls,
        yaml_path: Path,  # noqa: ARG003 - Dagster's signature
        source_position: SourcePosition,  # noqa: ARG003 - Dagster's signature
        context: dg.ComponentLoadContext,  # noqa: ARG003 - Dagster's signature
    ) -> Sequence[CodeReference]:
        """None: every asset links to its own dataset."""
        return []

    def build_defs(self, context: dg.ComponentLoadContext) -> dg.Definitions:  # noqa: ARG002 - Dagster's signature
        """Their assets."""
        return dg.Definitions(assets=[asset for source in self._declared for asset in source_assets(source)])
