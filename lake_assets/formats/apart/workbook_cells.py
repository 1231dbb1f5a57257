"""The cells of workbooks, which know numbers and moments only, as people mean them."""

# pyarrow.compute makes its functions when it is imported, where pyright does not see them.
# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["narrowed", "with_faults"]

_EXACT = 2.0**53
_FAULTS = {
    "Div0": "#DIV/0!",
    "NA": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
    "GettingData": "#GETTING_DATA",
}


def narrowed(column: pa.Array) -> pa.Array:
    """Whole numbers as integers and days as dates, where all cells are; an empty text as none.

    >>> narrowed(pa.array([1.0, None])).type, narrowed(pa.array(["", "a"])).to_pylist()
    (DataType(int64), [None, 'a'])
    """
    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return pc.if_else(pc.equal(column, ""), pa.scalar(None, kind), column)
    if pa.types.is_floating(kind) and _are_all(_is_whole(column)):
        return column.cast(pa.int64())
    if pa.types.is_timestamp(kind) and _are_all(pc.equal(pc.floor_temporal(column, unit="day"), column)):
        return column.cast(pa.date32())
    return column


def _is_whole(column: pa.Array) -> pa.Array:
    return pc.and_(pc.equal(column, pc.floor(column)), pc.less_equal(pc.abs(column), _EXACT))


def _are_all(holds: pa.Array) -> bool:
    """Whether something holds for all cells that have a value, and any has."""
    return holds.null_count < len(holds) and bool(pc.all(holds).as_py())


def with_faults(columns: Sequence[pa.Array], faults: Iterable[fastexcel.CellError]) -> list[pa.Array]:
    """The columns with what formulas that failed show; such a column is text.

    Args:
        columns: Of a sheet.
        faults: The cells that are null only because no type holds them.
    """
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for each in faults:
        row, column = each.offset_position
        found[column][row] = _shown(each.detail)
    return [
        _filled(column, found[index]) if index in found else column for index, column in enumerate(columns)
    ]


def _shown(detail: str) -> str:
    named = detail.rpartition("Error(")[2].partition(")")[0]
    return _FAULTS.get(named, detail)


def _filled(column: pa.Array, shown: dict[int, str]) -> pa.Array:
    cells = column.cast(pa.string()).to_pylist()
    return pa.array([shown.get(row, cell) for row, cell in enumerate(cells)], pa.string())
