"""The tables of an HTML page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import FileIO
from itertools import islice, takewhile
from typing import TypeAlias

import pyarrow as pa
from lxml import etree  # type: ignore[import-untyped]

from lake_assets.formats.apart.contents import Contents, NotThisFormatError

__all__ = ["open_file"]

_MOST_SPANNED = 1_000
_MOST_CELLS = 20_000_000
_MOST_COLUMNS = 16_384
_BLOCK_ROWS = 16_384
_TABLE = "_table"
_HIDDEN = {"script", "style", "template", "table"}
_Cell: TypeAlias = "tuple[str | None, bool]"
"""The text of a cell, and whether it is a heading."""


@dataclass(frozen=True)
class _Table:
    """A table as a grid: cells that span several places stand in each of them.

    Args:
        number: From 1, in the order of the page.
        names: Of its columns.
        rows: Below the header.
    """

    number: int
    names: list[str]
    rows: list[list[str | None]]


def open_file(stream: FileIO, options: dict[str, object]) -> Contents:
    """Parse the page and find the tables that are wanted.

    Raises:
        NotThisFormatError: When the page has no such table.
    """
    found = list(_page(stream.readall(), str(options["encoding"])).iter("table"))
    wanted = options["table"]
    chosen = [
        (number, each) for number, each in enumerate(found, start=1) if _is_wanted(number, each, wanted)
    ]
    if not chosen:
        raise NotThisFormatError(f"its {len(found)} tables have none that is {wanted!r}")
    tables = [_table(number, each, options["header"]) for number, each in chosen]
    names = list(dict.fromkeys(name for table in tables for name in table.names))
    if not names:
        raise NotThisFormatError("the table is empty")
    columns = ([_TABLE] if wanted == "all" else []) + names
    rows = (row for table in tables for row in _rows(table, names, with_number=wanted == "all"))
    schema = pa.schema([pa.field(name, pa.string()) for name in columns])
    count = sum(len(table.rows) for table in tables)
    return Contents(schema, _blocks(rows, schema), count, {"tables": len(found)})


def _page(content: bytes, encoding: str) -> etree._Element:
    parser = etree.HTMLParser(
        encoding=encoding or _encoding(content),
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    page = etree.fromstring(content, parser) if content.strip() else None
    if page is None:
        raise NotThisFormatError("it holds no element")
    return page


def _encoding(content: bytes) -> str | None:
    """UTF-8 where the bytes are that; else what the page says of itself."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _is_wanted(number: int, element: etree._Element, wanted: object) -> bool:
    if wanted in {"all", number}:
        return True
    captions = (_words(each) or "" for each in element.iterchildren("caption"))
    return isinstance(wanted, str) and (element.get("id") == wanted or wanted in captions)


def _table(number: int, element: etree._Element, has_header: object) -> _Table:
    grid = _grid(element)
    width = max(map(len, grid), default=0)
    heads = _header_rows(grid, has_header)
    names = _names([[text for text, _ in row] for row in grid[:heads]], width)
    rows = [[text for text, _ in row] + [None] * (width - len(row)) for row in grid[heads:]]
    return _Table(number, names, rows)


def _header_rows(grid: list[list[_Cell]], has_header: object) -> int:
    """How many rows at the start are the header: as declared, else those of headings alone."""
    if has_header is not None:
        return int(bool(has_header))
    heads = list(takewhile(lambda row: bool(row) and all(is_heading for _, is_heading in row), grid))
    return len(heads) if len(heads) < len(grid) or len(heads) <= 1 else 1


def _names(heads: list[list[str | None]], width: int) -> list[str]:
    """The headings above each column, each once; columns that share them are numbered."""
    names: list[str] = []
    for column in range(width):
        parts = [head[column] for head in heads if column < len(head)]
        name = " ".join(dict.fromkeys(part for part in parts if part)) or f"column_{column + 1}"
        numbered = (f"{name}_{number}" for number in range(2, width + 2))
        names.append(name if name not in names else next(each for each in numbered if each not in names))
    return names


def _grid(table: etree._Element) -> list[list[_Cell]]:
    """The rows, with cells that span rows or columns repeated."""
    grid: list[list[_Cell]] = []
    open_cells: dict[int, tuple[int, _Cell]] = {}
    cells = 0
    for row in _own_rows(table):
        line = _line(row, open_cells)
        cells += len(line)
        if cells > _MOST_CELLS:
            raise NotThisFormatError("a table has more cells than memory should hold")
        if any(text for text, _ in line):
            grid.append(line)
    return grid


def _line(row: etree._Element, open_cells: dict[int, tuple[int, _Cell]]) -> list[_Cell]:
    line: list[_Cell] = []
    for element in row.iterchildren("td", "th"):
        _fill(line, open_cells)
        cell = (_words(element), element.tag == "th" or _is_in_head(row))
        wide, high = _span(element, "colspan"), _span(element, "rowspan")
        for _ in range(wide):
            if high > 1:
                open_cells[len(line)] = (high - 1, cell)
            line.append(cell)
        if len(line) > _MOST_COLUMNS:
            raise NotThisFormatError(f"a table has more than {_MOST_COLUMNS:,} columns")
    _fill(line, open_cells)
    return line


def _fill(line: list[_Cell], open_cells: dict[int, tuple[int, _Cell]]) -> None:
    """Take over the cells that reach down into this place."""
    while len(line) in open_cells:
        left, cell = open_cells.pop(len(line))
        if left > 1:
            open_cells[len(line)] = (left - 1, cell)
        line.append(cell)


def _is_in_head(row: etree._Element) -> bool:
    parent = row.getparent()
    return parent is not None and parent.tag == "thead"


def _own_rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table, not those of a table inside of it."""
    for child in table.iterchildren("tr", "thead", "tbody", "tfoot"):
        if child.tag == "tr":
            yield child
        else:
            yield from child.iterchildren("tr")


def _span(element: etree._Element, name: str) -> int:
    text = element.get(name, "1").strip()
    return min(max(1, int(text)), _MOST_SPANNED) if text.isascii() and text.isdigit() else 1


def _words(element: etree._Element) -> str | None:
    """The words that a reader sees, with single blanks between them."""
    return " ".join(" ".join(_texts(element)).split()) or None


def _texts(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag not in _HIDDEN:
            yield from _texts(child)
        yield child.tail or ""


def _rows(table: _Table, names: list[str], *, with_number: bool) -> Iterator[list[str | None]]:
    for row in table.rows:
        cells = dict(zip(table.names, row, strict=True))
        yield [*([str(table.number)] if with_number else []), *map(cells.get, names)]


def _blocks(rows: Iterator[list[str | None]], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    while head := list(islice(rows, _BLOCK_ROWS)):
        columns = [pa.array(column, pa.string()) for column in zip(*head, strict=True)]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)
