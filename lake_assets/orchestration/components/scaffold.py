"""What `dg scaffold defs lake_assets.Source NAME` writes: a source that is complete but for its data."""

from __future__ import annotations

from dagster.components.scaffold.scaffold import Scaffolder, ScaffoldRequest
from pydantic import BaseModel, Field

__all__ = ["SourceParams", "SourceScaffolder"]

_SOURCE = """\
type: {type_name}
attributes:
  connector: {{kind: filesystem}}
  datasets:
    {dataset}:
      from: {files}
      key: [{key}]
      rules:
        - not_null: {key}
"""


class SourceParams(BaseModel):
    """What the new source is to be.

    Args:
        files: Glob of its files.
        key: The column that identifies a row.
    """

    files: str = Field(
        default="", description="Glob of the files, from the project's folder on; default inbox/NAME/*.csv"
    )
    key: str = Field(default="id", description="The column that identifies a row")


class SourceScaffolder(Scaffolder[SourceParams]):
    """Writes the `defs.yaml` of a new source."""

    @classmethod
    def get_scaffold_params(cls) -> type[SourceParams]:
        """The options of the command."""
        return SourceParams

    def scaffold(self, request: ScaffoldRequest[SourceParams]) -> None:
        """Write it, named after its folder."""
        params = request.params
        name = request.target_path.name
        files = params.files or f"inbox/{name}/*.csv"
        text = _SOURCE.format(type_name=request.type_name, dataset=name, files=files, key=params.key)
        request.target_path.mkdir(parents=True, exist_ok=True)
        (request.target_path / "defs.yaml").write_text(text)
