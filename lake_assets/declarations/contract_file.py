"""The contract in a file: read, held against the standard, and turned into a declaration."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from yaml import MappingNode

from lake_assets.contracts import contract_model, from_contract
from lake_assets.declarations.checked import checked
from lake_assets.declarations.faults import raise_noted
from lake_assets.declarations.names import snake_case
from lake_assets.declarations.places import KEY
from lake_assets.declarations.positions import Positions
from lake_assets.declarations.yaml_text import build_yaml, compose_yaml, read_text
from lake_assets.errors import DeclarationError

__all__ = ["ContractFile", "nearest_name", "read_contract"]


@dataclass(frozen=True)
class ContractFile:
    """A contract as a declaration.

    Args:
        path: The file.
        attributes: Of a source; see `lake_assets.contracts.Imported`.
        remarks: What the declaration does not hold as the contract says it, each with its place.
    """

    path: Path
    attributes: dict[str, object]
    remarks: tuple[tuple[str, str], ...]

    @property
    def datasets(self) -> Mapping[str, Mapping[str, object]]:
        """The attributes of its datasets, by name."""
        return cast("Mapping[str, Mapping[str, object]]", self.attributes["datasets"])

    def table(self, name: str) -> dict[str, object]:
        """The attributes of the dataset of a name, or else of the first, with the owner and licence of all."""
        of_all = {each: value for each, value in self.attributes.items() if each in {"owner", "licence"}}
        return {**of_all, **(self.datasets.get(name) or next(iter(self.datasets.values())))}


def read_contract(path: Path) -> ContractFile:
    """Read a contract of the Open Data Contract Standard, of any version 3.

    Raises:
        DeclarationError: When it cannot be read, is no such contract, or has no table; with every fault.
    """
    document, positions = _document(path)
    _refuse_other_kinds(document, positions)
    checked(contract_model(), document, positions)
    if not document.get("schema"):
        mend = "add schema: [{name: ..., properties: [...]}]"
        raise DeclarationError("the contract has no table", place=positions.text(), mend=mend)
    found = from_contract(document, nearest_name)
    told = [(positions.at((*remark.loc, KEY)), remark) for remark in found.remarks]
    remarks = tuple(
        (f"{path}:{line}:{column}", remark.what)
        for (line, column), remark in sorted(told, key=lambda each: each[0])
    )
    return ContractFile(path, found.attributes, remarks)


def nearest_name(text: str) -> str:
    """A text as it is where it is a name of ours, else the nearest name.

    >>> nearest_name("hires_"), nearest_name("Web Shop")
    ('hires_', 'web_shop')
    """
    return text if re.fullmatch(r"[a-z][a-z0-9_]*", text) else snake_case(text)


def _document(path: Path) -> tuple[dict[str, object], Positions]:
    nodes = compose_yaml(read_text(path), str(path))
    if len(nodes) != 1 or not isinstance(nodes[0], MappingNode):
        mend = "write one YAML document with kind: DataContract"
        raise DeclarationError("the file is not one contract", place=str(path), mend=mend)
    value, repeated = build_yaml(nodes[0], str(path))
    raise_noted(repeated)
    return cast("dict[str, object]", value), Positions(nodes[0], str(path))


def _refuse_other_kinds(document: Mapping[str, object], positions: Positions) -> None:
    if document.get("kind") != "DataContract":
        mend = "give a contract of the Open Data Contract Standard: kind: DataContract"
        raise DeclarationError(
            f"kind is {document.get('kind')!r}, not DataContract", place=positions.text(("kind",)), mend=mend
        )
    if not str(document.get("apiVersion", "")).startswith("v3."):
        what = f"apiVersion is {document.get('apiVersion')!r}, and only version 3 of the standard is read"
        raise DeclarationError(what, place=positions.text(("apiVersion",)), mend="write apiVersion: v3.1.0")
