"""Workbooks of Excel and OpenDocument, read by calamine."""

# pyarrow.compute makes its functions when it is imported, where pyright does not see them.
# pyright: reportAttributeAccessIssue=false

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from io import FileIO

import fastexcel
import pyarrow as pa
import pyarrow.compute as pc

from lake_assets.formats.apart.contents import Contents, NotThisFormatError
from lake_assets.formats.apart.limits import Expansion
from lake_assets.formats.apart.workbook_cells import narrowed, with_faults

__all__ = ["open_file"]

_SHEET = "_sheet"
_BLOCK_ROWS = 65_536


@dataclass(frozen=True)
class _Sheet:
    name: str
    cells: pa.RecordBatch


def open_file(stream: FileIO, options: dict[str, object]) -> Contents:
    """Read the sheets that are wanted; a workbook is always in memory as a whole.

    Raises:
        NotThisFormatError: When there is no such sheet, or none has a column.
    """
    _check_size(stream, int(str(options["ratio"])))
    book = fastexcel.read_excel(stream.readall())
    names = _wanted(book.sheet_names, options["sheet"])
    read = [_Sheet(name, _cells(book, name, options)) for name in names]
    sheets = [each for each in read if each.cells.num_columns]
    if not sheets:
        raise NotThisFormatError("the sheet is empty" if len(names) == 1 else "its sheets are empty")
    schema = _schema(sheets, with_name=options["sheet"] == "all")
    rows = sum(each.cells.num_rows for each in sheets)
    return Contents(schema, _blocks(sheets, schema), rows, {"sheets": names})


def _check_size(stream: FileIO, ratio: int) -> None:
    """Look at what a zipped workbook says it holds, before anything is unpacked."""
    if not zipfile.is_zipfile(stream):
        stream.seek(0)
        return
    expansion = Expansion(stream.seek(0, 2), ratio)
    stream.seek(0)
    with zipfile.ZipFile(stream) as archive:
        expansion.add(sum(each.file_size for each in archive.infolist()))
    stream.seek(0)


def _wanted(names: list[str], sheet: object) -> list[str]:
    if sheet == "all":
        return names
    if isinstance(sheet, int) and sheet <= len(names):
        return [names[sheet - 1]]
    if sheet in names:
        return [str(sheet)]
    raise NotThisFormatError(f"it has no sheet {sheet!r}; its sheets are {', '.join(names)}")


def _cells(book: fastexcel.ExcelReader, name: str, options: dict[str, object]) -> pa.RecordBatch:
    """The cells of a sheet below its header, without rows that hold nothing."""
    header = int(str(options["header_row"]))
    sheet = book.load_sheet(name, header_row=header - 1 if header else None, schema_sample_rows=None)
    batch, faults = sheet.to_arrow_with_errors()
    if not batch.num_columns:
        return batch
    columns = with_faults([narrowed(column) for column in batch.columns], faults.errors if faults else [])
    cells = pa.RecordBatch.from_arrays(columns, names=_names(batch.schema.names))
    is_empty = reduce(pc.and_, (column.is_null() for column in columns))
    return cells.filter(pc.invert(is_empty))


def _names(found: list[str]) -> list[str]:
    return ["" if name.startswith("__UNNAMED__") else name for name in found]


def _schema(sheets: list[_Sheet], *, with_name: bool) -> pa.Schema:
    """All elements of all sheets; text where they differ in type."""
    kinds: dict[str, pa.DataType] = {_SHEET: pa.string()} if with_name else {}
    if len(sheets) == 1 and not with_name:
        return sheets[0].cells.schema
    for sheet in sheets:
        for field in sheet.cells.schema:
            known = kinds.get(field.name, field.type)
            kinds[field.name] = field.type if known == field.type else pa.string()
    return pa.schema(list(kinds.items()))


def _blocks(sheets: list[_Sheet], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for sheet in sheets:
        whole = _aligned(sheet, schema)
        for start in range(0, whole.num_rows, _BLOCK_ROWS):
            yield whole.slice(start, _BLOCK_ROWS)


def _aligned(sheet: _Sheet, schema: pa.Schema) -> pa.RecordBatch:
    if sheet.cells.schema == schema:
        return sheet.cells
    rows = sheet.cells.num_rows
    known = dict(zip(sheet.cells.schema.names, sheet.cells.columns, strict=True))
    known.setdefault(_SHEET, pa.array([sheet.name] * rows, pa.string()))
    columns = [
        known[field.name].cast(field.type) if field.name in known else pa.nulls(rows, field.type)
        for field in schema
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)
