"""A contract as a new source among the declarations."""

from __future__ import annotations

from pathlib import Path

from lake_assets.declarations.checked import checked
from lake_assets.declarations.contract_file import ContractFile, read_contract
from lake_assets.declarations.places import Places
from lake_assets.declarations.source_spec import SourceSpec
from lake_assets.declarations.source_text import source_text
from lake_assets.declarations.writing import write_declaration

__all__ = ["declare_contract"]


def declare_contract(path: Path, folder: Path) -> tuple[Path, ContractFile]:
    """Write the source that a contract describes to `NAME/defs.yaml`; nothing is overwritten.

    Args:
        path: Of the contract.
        folder: Of declarations; it is made where there is none.

    Returns:
        The path of the declaration, and the contract with what the declaration does not hold.

    Raises:
        DeclarationError: When the contract is not valid, says what no declaration may, or a name is taken.
        StorageError: When the declaration cannot be written.
    """
    found = read_contract(path)
    checked(SourceSpec, found.attributes, Places(str(path)))
    notes = [
        f"From the contract {path.name}.",
        *(f"Not held: {place}: {what}" for place, what in found.remarks),
    ]
    text = source_text(found.attributes, [note.replace("\n", " ") for note in notes])
    return write_declaration(text, str(found.attributes["name"]), found.datasets, folder), found
