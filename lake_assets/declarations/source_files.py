"""Sources declared in files of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lake_assets.declarations.checked import checked
from lake_assets.declarations.faults import noting, raise_noted
from lake_assets.declarations.positions import Positions
from lake_assets.declarations.source_spec import SourceSpec, placed_source
from lake_assets.declarations.sources_spec import SourcesSpec, placed_sources
from lake_assets.declarations.yaml_text import build_yaml, compose_yaml, read_text
from lake_assets.errors import DeclarationError
from lake_assets.model import Source

__all__ = ["sources_in_files"]


def sources_in_files(folder: Path, glob: str, place: str) -> list[Source]:
    """The sources of every file that fits a glob; each holds one source, or sources by name.

    Args:
        folder: The folder that the glob starts from.
        glob: Which files.
        place: Where the glob is declared.

    Raises:
        DeclarationError: When no file fits or one is not valid, with every fault.
    """
    faults: list[DeclarationError] = []
    sources: list[Source] = []
    for path in _files(folder, glob, place):
        with noting(faults):
            sources += _sources_in(path)
    raise_noted(faults)
    return sources


def _files(folder: Path, glob: str, place: str) -> Sequence[Path]:
    try:
        paths = sorted(folder.glob(glob))
    except (NotImplementedError, ValueError) as error:
        mend = "write it from the folder of this file on"
        raise DeclarationError(f"{glob!r} is not a glob: {error}", place=place, mend=mend) from error
    if not paths:
        raise DeclarationError(f"no file fits {glob!r} in {folder}", place=place, mend="correct the glob")
    return paths


def _sources_in(path: Path) -> list[Source]:
    faults: list[DeclarationError] = []
    sources: list[Source] = []
    for node in compose_yaml(read_text(path), str(path)):
        with noting(faults):
            value, repeated = build_yaml(node, str(path))
            faults += repeated
            sources += _one_or_many(value, path.stem, Positions(node, str(path)))
    raise_noted(faults)
    return sources


def _one_or_many(value: object, name: str, positions: Positions) -> list[Source]:
    """One source where an attribute of a source stands at the top, otherwise sources by name."""
    attributes = {field.alias or name for name, field in SourceSpec.model_fields.items()}
    if not isinstance(value, dict) or attributes & value.keys():
        return [placed_source(checked(SourceSpec, value, positions), name, positions)]
    named = positions.under("sources")
    return placed_sources(checked(SourcesSpec, {"sources": value}, named), named)
