"""YAML text to plain values, fast, and to the places of these values."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import ClassVar

import yaml
from yaml import MappingNode, Node, ScalarNode
from yaml.constructor import SafeConstructor

from lake_assets.declarations.faults import together
from lake_assets.errors import DeclarationError

__all__ = ["build_yaml", "compose_yaml", "read_text"]

_NULL = "tag:yaml.org,2002:null"
_TIMESTAMP = "tag:yaml.org,2002:timestamp"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_text(path: Path) -> str:
    """The text of a declaration file.

    Raises:
        DeclarationError: When it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DeclarationError(f"cannot be read: {error.strerror}", place=str(path)) from error
    except UnicodeDecodeError as error:
        what = f"not UTF-8 text: byte {error.object[error.start]:#04x} at offset {error.start}"
        raise DeclarationError(what, place=str(path), mend="save the file as UTF-8") from error


def compose_yaml(text: str, file: str) -> list[Node]:
    """Parse the documents of a text; empty ones are left out.

    Raises:
        DeclarationError: When the text is not YAML.
    """
    try:
        return [node for node in yaml.compose_all(text, Loader=_LOADER) if node.tag != _NULL]
    except yaml.YAMLError as error:
        raise _syntax_error(error, file) from error


def build_yaml(node: Node, file: str) -> tuple[object, list[DeclarationError]]:
    """The plain value of a parsed document, and a fault for each name that is declared twice.

    Dates stay text, as they do in Dagster's own loader.

    Raises:
        DeclarationError: When the document holds a tag or a name that has no plain value.
    """
    builder = _Builder(file)
    try:
        return builder.construct_document(node), builder.faults
    except yaml.YAMLError as error:
        raise together([*builder.faults, _syntax_error(error, file)]) from error


class _Builder(SafeConstructor):
    yaml_constructors: ClassVar = {
        **SafeConstructor.yaml_constructors,
        _TIMESTAMP: SafeConstructor.construct_yaml_str,
    }

    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = file
        self.faults: list[DeclarationError] = []

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Hashable, object]:  # noqa: FBT001, FBT002 - PyYAML's signature
        self._note_repeated(node)
        return super().construct_mapping(node, deep)

    def _note_repeated(self, node: MappingNode) -> None:
        seen: dict[tuple[str, str], Node] = {}
        for name, _ in node.value:
            if isinstance(name, ScalarNode):
                first = seen.setdefault((name.tag, name.value), name)
                if first is not name:
                    self.faults.append(_repeated(name, first, self.file))


def _repeated(name: ScalarNode, first: Node, file: str) -> DeclarationError:
    place = f"{file}:{name.start_mark.line + 1}:{name.start_mark.column + 1}"
    what = f"{name.value!r} is declared twice, first in line {first.start_mark.line + 1}"
    return DeclarationError(what, place=place, mend="keep one of them")


def _syntax_error(error: yaml.YAMLError, file: str) -> DeclarationError:
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return DeclarationError(f"not valid YAML: {error}", place=file)
    mark = error.problem_mark
    problem = ", ".join(part for part in (error.context, error.problem) if part)
    mend = "indent with spaces, not tabs; put a text with : # { [ % @ or ` in quotes"
    return DeclarationError(
        f"not valid YAML: {problem}", place=f"{file}:{mark.line + 1}:{mark.column + 1}", mend=mend
    )
