"""From a file, a folder or a URL to the declaration of a source."""

from lake_assets.inference.document import as_document
from lake_assets.inference.draft import DatasetDraft, SourceDraft
from lake_assets.inference.infer import infer_source
from lake_assets.inference.writing import write_source
from lake_assets.inference.yaml_text import yaml_text

__all__ = ["DatasetDraft", "SourceDraft", "as_document", "infer_source", "write_source", "yaml_text"]
