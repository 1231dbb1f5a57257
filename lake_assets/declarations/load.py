"""Everything that is declared in some folders."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lake_assets.declarations.bound_terms import term_faults
from lake_assets.declarations.checked import checked
from lake_assets.declarations.declarations import Declarations
from lake_assets.declarations.distinct import repeated_names
from lake_assets.declarations.faults import noting, raise_noted
from lake_assets.declarations.flow import check_flow
from lake_assets.declarations.source_spec import SourceSpec, placed_source
from lake_assets.declarations.sources_of import sources_of
from lake_assets.declarations.sources_spec import ExploitationSpec, SourcesSpec
from lake_assets.declarations.terms_spec import PlacedTerm, VocabularySpec, placed_terms
from lake_assets.declarations.transformations import load_transformations
from lake_assets.declarations.yaml_documents import Document, read_documents
from lake_assets.errors import DeclarationError, near_names
from lake_assets.model import Source, Transformation

__all__ = ["load_declarations"]

_FILE = "defs.yaml"


@dataclass
class _Found:
    """What has been read so far."""

    sources: list[Source] = field(default_factory=list)
    transformations: list[Transformation] = field(default_factory=list)
    terms: list[PlacedTerm] = field(default_factory=list)
    faults: list[DeclarationError] = field(default_factory=list)


def load_declarations(folders: Sequence[Path]) -> Declarations:
    """Read every `defs.yaml` of some folders, at any depth, and hold the declarations against each other.

    Components of other packages are passed over. Python files beside an exploitation declaration are run.

    Args:
        folders: Searched in order; a file that is found twice counts once.

    Returns:
        The sources in the order of their files, the transformations each after those whose tables it reads.

    Raises:
        DeclarationError: When anything is not valid, with every fault of every file.
    """
    found = _Found()
    for path in dict.fromkeys(path for folder in folders for path in _files(folder)):
        for document in read_documents(path, found.faults):
            with noting(found.faults):
                _reader(document)(document, path, found)
    found.faults += repeated_names(found.sources, found.transformations)
    found.faults += term_faults(found.terms, found.sources, found.transformations)
    raise_noted(found.faults)
    ordered = check_flow(found.transformations, found.sources)
    return Declarations(tuple(found.sources), ordered, tuple(each.term for each in found.terms))


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        raise DeclarationError(
            "there is no such folder of declarations", place=str(folder), mend="correct LAKE_DEFS"
        )
    for inner, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        if _FILE in files:
            yield Path(inner) / _FILE


def _reader(document: Document) -> Callable[[Document, Path, _Found], None]:
    if document.kind not in _READERS:
        place, mend = document.positions.text(), near_names(document.kind, _READERS)
        raise DeclarationError(f"nothing is declared by the type {document.kind!r}", place=place, mend=mend)
    return _READERS[document.kind]


def _source(document: Document, path: Path, found: _Found) -> None:
    spec = checked(SourceSpec, document.attributes, document.positions)
    found.sources.append(placed_source(spec, path.absolute().parent.name, document.positions))


def _sources(document: Document, path: Path, found: _Found) -> None:
    spec = checked(SourcesSpec, document.attributes, document.positions)
    found.sources += sources_of(spec, path.parent, document.positions)


def _exploitation(document: Document, path: Path, found: _Found) -> None:
    spec = checked(ExploitationSpec, document.attributes, document.positions)
    folder = path.parent / spec.folder
    if not folder.is_dir():
        place = document.positions.text(("folder",))
        raise DeclarationError(f"there is no folder {folder}", place=place, mend="correct the path")
    found.transformations += load_transformations(folder, spec.owner)


def _vocabulary(document: Document, _path: Path, found: _Found) -> None:
    spec = checked(VocabularySpec, document.attributes, document.positions)
    found.terms += placed_terms(spec, document.positions)


_READERS: dict[str, Callable[[Document, Path, _Found], None]] = {
    "lake_assets.Source": _source,
    "lake_assets.Sources": _sources,
    "lake_assets.Exploitation": _exploitation,
    "lake_assets.Vocabulary": _vocabulary,
}
