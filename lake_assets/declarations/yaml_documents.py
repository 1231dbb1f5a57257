"""The declarations of a YAML file: type, attributes and where each attribute stands."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from yaml import MappingNode, Node, ScalarNode

from lake_assets.declarations.faults import noting, raise_noted
from lake_assets.declarations.places import KEY
from lake_assets.declarations.positions import Positions
from lake_assets.declarations.yaml_text import build_yaml, compose_yaml, read_text
from lake_assets.errors import DeclarationError, near_names

__all__ = ["Document", "load_yaml", "read_documents"]

# Near misses are ours as well: a misspelt type must not pass for one of another package.
_OURS = re.compile(r"lake.?assets?\.", re.IGNORECASE)
_BESIDE = {"type", "attributes", "requirements", "template_vars_module", "post_processing"}


class Document(NamedTuple):
    """One declaration of a YAML file.

    Args:
        kind: Its `type`, such as `lake_assets.Source`.
        attributes: Its `attributes` as plain values, not checked; an empty mapping when there are none.
        positions: Where they stand, from the attributes on.
    """

    kind: str
    attributes: object
    positions: Positions


def load_yaml(path: Path) -> list[Document]:
    """The declarations of a YAML file that are ours; those of other packages are passed over.

    Args:
        path: A file of one or more documents, each with `type` and `attributes`.

    Raises:
        DeclarationError: When the file cannot be read, is not YAML, or declares a name twice.
    """
    faults: list[DeclarationError] = []
    documents = read_documents(path, faults)
    raise_noted(faults)
    return documents


def read_documents(path: Path, faults: list[DeclarationError]) -> list[Document]:
    """As `load_yaml`, but what is wrong is noted among the faults and the rest is read."""
    documents: list[Document] = []
    with noting(faults):
        text = read_text(path)
        # Parsing is what costs: a file that does not name us is not ours to judge.
        nodes = compose_yaml(text, str(path)) if _OURS.search(text) else []
        for node in nodes:
            with noting(faults):
                documents += _documents(node, str(path), faults)
    return documents


def _documents(node: Node, file: str, faults: list[DeclarationError]) -> list[Document]:
    entries = _entries(node)
    kind = entries.get("type")
    if not isinstance(kind, ScalarNode):
        place = Positions(node, file).text()
        raise DeclarationError(
            "the declaration has no type", place=place, mend="add type: lake_assets.Source"
        )
    if not _OURS.match(kind.value):
        return []
    _check_names(node, file, faults)
    attributes = entries.get("attributes", node)
    value, repeated = build_yaml(attributes, file)
    faults += repeated
    value = {} if attributes is node or value is None else value
    return [Document(kind.value, value, Positions(attributes, file))]


def _entries(node: Node) -> dict[str, Node]:
    return {str(name.value): value for name, value in node.value} if isinstance(node, MappingNode) else {}


def _check_names(node: Node, file: str, faults: list[DeclarationError]) -> None:
    for name in _entries(node).keys() - _BESIDE:
        place = Positions(node, file).text((name, KEY))
        faults.append(DeclarationError(f"unknown name {name!r}", place=place, mend=near_names(name, _BESIDE)))
