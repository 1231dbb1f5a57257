"""From the attributes of an exploitation table and its code to the transformation that makes it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from lake_assets.declarations.declared_rules import owned
from lake_assets.declarations.rule_functions import with_functions
from lake_assets.declarations.table_spec import TableSpec
from lake_assets.errors import DeclarationError, near_names
from lake_assets.model import Place, TableRef, Transformation, Zone

__all__ = ["Code", "to_transformation"]


@dataclass(frozen=True)
class Code:
    """The code of a transformation.

    Args:
        inputs: The tables it reads, by the names it uses.
        texts: Everything that changes when it changes.
        sql: The query, for one written in SQL.
        function: The function, for one written in Python.
    """

    inputs: dict[str, TableRef]
    texts: tuple[str, ...]
    sql: str = ""
    function: Callable[..., object] | None = None

    def hash_of(self, spec: TableSpec) -> str:
        """Changes with the code, and with what the attributes say of how it is run."""
        parts = (*self.texts, spec.engine, *spec.key, spec.incremental_on or "")
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def to_transformation(
    name: str, spec: TableSpec, code: Code, owner: str, place: Place, at: str
) -> Transformation:
    """The transformation of one exploitation table.

    Args:
        name: Of the table.
        spec: Its attributes.
        code: Its code.
        owner: Who answers for it where the attributes name nobody.
        place: Where it is declared.
        at: Where `incremental_on` is declared, for the error.

    Raises:
        DeclarationError: When it is incremental on a table that it does not read.
    """
    return Transformation(
        target=TableRef(Zone.EXPLOITATION, name),
        inputs=code.inputs,
        sql=code.sql,
        function=code.function,
        code_hash=code.hash_of(spec),
        engine=spec.engine,
        key=spec.key,
        incremental_on=_incremental_on(spec, code, at),
        columns={column: meaning.description for column, meaning in spec.columns.items()},
        units={column: meaning.unit for column, meaning in spec.columns.items() if meaning.unit},
        description=spec.description,
        grain=spec.grain,
        owner=spec.owner or owner,
        consumers=spec.consumers,
        rules=with_functions(owned(spec.rules, spec.owner or owner), place),
        is_profiled=spec.is_profiled,
        fresh_within_s=spec.fresh_within_s,
        place=place,
    )


def _incremental_on(spec: TableSpec, code: Code, at: str) -> TableRef | None:
    if spec.incremental_on is None:
        return None
    table, inputs = TableRef.parse(spec.incremental_on), code.inputs.values()
    if table not in inputs:
        mend = near_names(str(table), map(str, inputs))
        raise DeclarationError(f"{table} is not one of the inputs", place=at, mend=mend)
    return table
