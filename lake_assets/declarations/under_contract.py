"""A dataset whose attributes a contract holds: `contract: path` among the attributes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lake_assets.declarations.checked import checked
from lake_assets.declarations.column_spec import ColumnSpec
from lake_assets.declarations.contract_file import ContractFile, read_contract
from lake_assets.declarations.places import Places
from lake_assets.errors import DeclarationError, near_names
from lake_assets.model import Place

if TYPE_CHECKING:
    from lake_assets.declarations.dataset_spec import DatasetSpec

__all__ = ["under_contract"]

_COLLECTED = {"origin", "format", "options", "contract"}
"""What is the declaration's to say: how the data is collected."""


def under_contract(spec: DatasetSpec, name: str, place: Place) -> DatasetSpec:
    """The attributes of a dataset with those that its contract holds.

    What is declared beside the contract wins, column by column; key, types and rules must not contradict it.

    Args:
        spec: As declared.
        name: The dataset's name.
        place: Where it is declared; the path of the contract starts from there.

    Raises:
        DeclarationError: When the contract is not valid, has no such table, or is contradicted.
    """
    file = read_contract(Path(place.file).absolute().parent / spec.contract)
    held = _held(spec, _attributes(file, name, place), file)
    conflicts = [*_conflicts(spec, held)]
    if conflicts:
        mend = f"say it in one place: drop it here, or change {file.path}"
        raise DeclarationError(conflicts[0], place=f"{place}, dataset {name}", mend=mend)
    taken = held.model_fields_set - spec.model_fields_set - _COLLECTED
    merged = {
        "columns": _columns(spec, held),
        "rules": (*held.rules, *(rule for rule in spec.rules if rule not in held.rules)),
    }
    return spec.model_copy(update={**{each: getattr(held, each) for each in taken}, **merged})


def _attributes(file: ContractFile, name: str, place: Place) -> dict[str, object]:
    """Those of the table that bears the dataset's name, or of the only one."""
    tables = file.datasets
    if name not in tables and len(tables) > 1:
        what = f"the contract {file.path} has no table {name!r}"
        raise DeclarationError(what, place=str(place), mend=near_names(name, tables))
    return file.table(name)


def _held(spec: DatasetSpec, attributes: dict[str, object], file: ContractFile) -> DatasetSpec:
    """What the contract says of a dataset."""
    ours = {each: value for each, value in attributes.items() if each not in _COLLECTED}
    return checked(type(spec), {**ours, "from": spec.origin}, Places(str(file.path)))


def _conflicts(spec: DatasetSpec, held: DatasetSpec) -> Iterator[str]:
    if spec.key and held.key and spec.key != held.key:
        yield f"the key is {', '.join(spec.key)} here and {', '.join(held.key)} in the contract"
    for name, column in spec.columns.items():
        other = held.columns.get(name)
        if other is not None and other.kind is not column.kind:
            yield f"the column {name!r} is {column.kind} here and {other.kind} in the contract"
    rules = {rule.rule_id: rule for rule in held.rules}
    for rule in spec.rules:
        if rules.get(rule.rule_id, rule) != rule:
            yield f"the rule {rule.rule_id!r} is another one in the contract"


def _columns(spec: DatasetSpec, held: DatasetSpec) -> dict[str, ColumnSpec]:
    """The columns in the order of the contract, then those that it does not tell of."""
    together = {name: _column(spec.columns.get(name), column) for name, column in held.columns.items()}
    return {**together, **{name: column for name, column in spec.columns.items() if name not in together}}


def _column(declared: ColumnSpec | None, held: ColumnSpec) -> ColumnSpec:
    said = {each: getattr(declared, each) for each in declared.model_fields_set} if declared else {}
    return held.model_copy(update=said)
