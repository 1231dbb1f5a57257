"""Many sources declared in one place."""

from __future__ import annotations

from pathlib import Path

from lake_assets.declarations.faults import noting, raise_noted
from lake_assets.declarations.places import Places
from lake_assets.declarations.source_files import sources_in_files
from lake_assets.declarations.sources_spec import SourcesSpec, placed_sources
from lake_assets.errors import DeclarationError
from lake_assets.model import Source

__all__ = ["sources_of"]


def sources_of(spec: SourcesSpec, folder: Path, places: Places | str) -> list[Source]:
    """The sources of one `lake_assets.Sources`, those in files of their own included.

    Args:
        spec: Its attributes.
        folder: The folder that `files` starts from.
        places: Where the attributes stand, or just the file that declares them.

    Raises:
        DeclarationError: When a glob fits no file or a file is not valid, with every fault.
    """
    known = Places(places) if isinstance(places, str) else places
    sources = placed_sources(spec, known)
    faults: list[DeclarationError] = []
    for number, glob in enumerate(spec.files):
        with noting(faults):
            sources += sources_in_files(folder, glob, known.text(("files", number)))
    raise_noted(faults)
    return sources
