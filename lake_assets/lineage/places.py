"""What somebody means who names a table, a column of it, or an element of a source's files."""

from __future__ import annotations

from collections.abc import Iterable

from lake_assets.errors import UnknownTableError, near_names
from lake_assets.lineage.of_lake import LakeLineage
from lake_assets.model import ALL_ROWS, ColumnRef, TableRef, Zone

__all__ = ["columns_named"]

_LANDING = {Zone.TEMPORARY_LANDING, Zone.PERSISTENT_LANDING}


def columns_named(lineage: LakeLineage, text: str) -> list[ColumnRef]:
    """The columns that a name stands for.

    `zone.table` stands for all columns of a table and for its rows, `zone.table.column` for one column. Outside of a
    zone, `dataset.element` and `source.dataset.element` stand for an element of a dataset's files, and `dataset` or
    `source` for all of them.

    Args:
        lineage: Of the lake.
        text: The name.

    Raises:
        UnknownTableError: When there is no such table, dataset or column.
    """
    first, _, rest = text.partition(".")
    if first in set(Zone):
        name, _, column = rest.partition(".")
        return _of_table(lineage, TableRef.parse(f"{first}.{name}"), column)
    datasets = {dataset.name for dataset in lineage.declarations.datasets}
    if first in datasets:
        return _of_table(lineage, TableRef(Zone.PERSISTENT_LANDING, first), rest)
    return _of_source(lineage, first, rest)


def _of_source(lineage: LakeLineage, name: str, rest: str) -> list[ColumnRef]:
    sources = {source.name: source for source in lineage.declarations.sources}
    if name not in sources:
        known = [*sources, *(str(ref) for ref in lineage.tables())]
        what = f"no zone, source or dataset is named {name!r}"
        raise UnknownTableError(what, place=f"{name}.{rest}".strip("."), mend=near_names(name, known))
    datasets = [dataset.name for dataset in sources[name].datasets]
    dataset, _, element = rest.partition(".")
    if dataset in datasets:
        return _of_table(lineage, TableRef(Zone.PERSISTENT_LANDING, dataset), element)
    refs = [TableRef(Zone.PERSISTENT_LANDING, each) for each in datasets]
    if not rest:
        return [column for ref in refs for column in _of_table(lineage, ref, "")]
    found = [ColumnRef(ref, rest) for ref in refs if rest in lineage.columns(ref)]
    if not found:
        elements = [*datasets, *(element for ref in refs for element in lineage.columns(ref))]
        _refuse(f"the source {name}", rest, elements)
    return found


def _of_table(lineage: LakeLineage, ref: TableRef, column: str) -> list[ColumnRef]:
    if ref.zone in _LANDING:
        ref = TableRef(Zone.PERSISTENT_LANDING, ref.name)
    if ref not in lineage.tables():
        what = f"nothing is declared of a table {ref}"
        mend = near_names(str(ref), [str(each) for each in lineage.tables()])
        raise UnknownTableError(what, place=str(ref), mend=mend)
    columns = lineage.columns(ref)
    if not column:
        return [*(ColumnRef(ref, each) for each in columns), ColumnRef(ref, ALL_ROWS)]
    if column != ALL_ROWS and column not in columns:
        _refuse(str(ref), column, columns)
    return [ColumnRef(ref, column)]


def _refuse(where: str, column: str, known: Iterable[str]) -> None:
    what = f"{where} has no column or element {column!r}"
    raise UnknownTableError(what, place=f"{where}.{column}", mend=near_names(column, known))
