"""`type: lake_assets.Source`: one place data comes from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import dagster as dg
from dagster._core.definitions.metadata.source_code import CodeReference
from dagster.components.scaffold.scaffold import scaffold_with
from dagster_shared.yaml_utils.source_position import SourcePosition
from pydantic import BaseModel

from lake_assets import model
from lake_assets.declarations import SourceSpec, to_source
from lake_assets.orchestration.components.scaffold import SourceScaffolder
from lake_assets.orchestration.source_assets import source_assets

__all__ = ["Source"]


@scaffold_with(SourceScaffolder)
class Source(dg.Component):
    """A place data comes from, and the datasets collected there; each flows through all zones."""

    def __init__(self, declared: model.Source) -> None:
        """Keep the source."""
        self._declared = declared

    @classmethod
    def get_model_cls(cls) -> type[BaseModel]:
        """The attributes that its YAML may have."""
        return SourceSpec

    @classmethod
    def load(cls, attributes: BaseModel | None, context: dg.ComponentLoadContext) -> Self:
        """Make it of checked attributes; it has the name of its folder unless they give another."""
        spec = SourceSpec.model_validate(attributes)
        return cls(to_source(spec, context.path.name, model.Place(str(context.path / "defs.yaml"), 1)))

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
        """Its assets."""
        return dg.Definitions(assets=source_assets(self._declared))
